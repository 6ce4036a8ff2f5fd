import type { Platform } from '../../item';
import { Check, type Fields, isFields } from '../check';
import { GraphError } from '../errors';
import { textOf } from '../request';
import { checkTemplatePayload } from './template';

export const check = new Check({
  missing: (name) => GraphError.of(100, { message: `Param ${name} is required` }),
  wrong: (name, rule) => GraphError.of(100, { message: `Param ${name} ${rule}` }),
});

export interface Content {
  /** `text`, `image`, `template/generic`, … */
  kind: string;
  text?: string;
  attachments: Fields[];
  /** Counts against the limit for audio and video. */
  heavy: boolean;
  /** The client wants to use the attachment again. */
  reusable: boolean;
}

type Messaging = Exclude<Platform, 'whatsapp'>;

const attachmentTypes = {
  messenger: ['image', 'audio', 'video', 'file', 'template'],
  instagram: ['image', 'audio', 'video', 'file', 'template', 'like_heart', 'MEDIA_SHARE'],
} as const;

/** Checks `message` against the platform's limits. `hasAttachment`: whether the id of an uploaded attachment is known. */
export function checkMessage(platform: Messaging, message: Fields, hasAttachment: (id: string) => boolean): Content {
  const attachments = attachmentsOf(message);
  if (message.text === undefined && attachments.length === 0) {
    throw GraphError.of(100, {
      message: 'Message cannot be empty, must provide valid attachment or text',
      subcode: 2018007,
    });
  }
  if (message.text !== undefined && attachments.length > 0) {
    throw GraphError.of(100, { message: 'Message must not hold both text and attachment' });
  }
  if (message.quick_replies !== undefined) checkQuickReplies(message.quick_replies);
  check.optionalText(message.metadata, 'message[metadata]', { max: 1_000, min: 0 });
  if (message.text !== undefined) {
    const length = platform === 'messenger' ? { max: 2_000 } : ({ max: 1_000, unit: 'bytes' } as const);
    return {
      kind: 'text',
      text: check.text(message.text, 'message[text]', length),
      attachments,
      heavy: false,
      reusable: false,
    };
  }
  const types = attachments.map((attachment) => checkAttachment(platform, attachment, hasAttachment));
  const [kind = ''] = types;
  if (attachments.length > 1 && types.some((type) => type !== 'image')) {
    throw GraphError.of(100, { message: 'Param message[attachments] may hold several images only' });
  }
  const heavy = types.some((type) => type === 'audio' || type === 'video');
  const reusable = attachments.some(({ payload }) => isFields(payload) && payload.is_reusable === true);
  return { kind, attachments, heavy, reusable };
}

function attachmentsOf({ attachment, attachments }: Fields): Fields[] {
  const several = attachments === undefined ? [] : check.list(attachments, 'message[attachments]', { max: 30 });
  const all = attachment === undefined ? several : [attachment, ...several];
  return all.map((attachment) => check.fields(attachment, 'message[attachment]'));
}

function checkAttachment(
  platform: Messaging,
  { type: given, payload }: Fields,
  hasAttachment: (id: string) => boolean,
): string {
  const type = check.choice(given, 'message[attachment][type]', attachmentTypes[platform]);
  if (type === 'like_heart') return type;
  const fields = check.fields(payload, 'message[attachment][payload]');
  if (type === 'template') return `template/${checkTemplatePayload(fields)}`;
  if (type === 'MEDIA_SHARE') check.text(fields.id, 'payload[id]', { max: 100 });
  else if (fields.attachment_id === undefined) check.url(fields.url, 'message[attachment][payload][url]');
  else if (!hasAttachment(textOf(fields.attachment_id))) {
    throw GraphError.of(100, {
      subcode: 2018008,
      message: `Invalid attachment id: ${textOf(fields.attachment_id).slice(0, 100)}`,
    });
  }
  return type;
}

function checkQuickReplies(given: unknown): void {
  for (const reply of check.list(given, 'message[quick_replies]', { max: 13 })) {
    const { content_type, title, payload } = check.fields(reply, 'message[quick_replies][]');
    const type = check.choice(content_type, 'quick_replies[content_type]', ['text', 'user_phone_number', 'user_email']);
    if (type !== 'text') continue;
    check.text(title, 'quick_replies[title]', { max: 20 });
    check.text(payload, 'quick_replies[payload]', { max: 1_000 });
  }
}
