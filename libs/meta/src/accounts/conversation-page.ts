import { readPage } from '../graph/pages';
import type { AttachmentContent, CustomerRef, MessageEffect } from '../items';
import { asId, asList, asObject, asText, type JsonObject } from '../reading';
import { timeOf } from './answer';

/** A message as the conversations API tells it. */
export interface PastMessage {
  messageId: string;
  /** Milliseconds since the epoch. */
  sentAt: number;
  /** `undefined` where only id and time are told: Instagram tells the content of the latest 20 of a conversation. */
  effect?: MessageEffect;
}

export interface PastThread {
  id: string;
  updatedAt: number;
  messages: PastMessage[];
  /** Its older messages. */
  after?: string;
}

const messageFields = 'id,created_time,from,to,message,attachments,reply_to';

/** `fields` of `GET /{account}/conversations`. */
export const conversationFields = `id,updated_time,messages.limit(25){${messageFields}}`;
/** `fields` of `GET /{conversation}/messages`. */
export const pastMessageFields = messageFields;

/** Reads a page of conversations; total. @param ours ids of the page and the account: what they wrote is outbound */
export function readConversations(body: unknown, ours: ReadonlySet<string>): { threads: PastThread[]; after?: string } {
  const { items, after } = readPage(body);
  const threads = items.flatMap((value): PastThread[] => {
    const thread = asObject(value);
    const id = asId(thread?.id);
    const updatedAt = timeOf(thread?.updated_time);
    if (id === undefined || updatedAt === undefined) return [];
    return [{ id, updatedAt, ...readPastMessages(thread?.messages, ours) }];
  });
  return { threads, ...(after === undefined ? {} : { after }) };
}

/** Reads a page of one conversation's messages; total. */
export function readPastMessages(body: unknown, ours: ReadonlySet<string>): Pick<PastThread, 'messages' | 'after'> {
  const { items, after } = readPage(body);
  const messages = items.flatMap((value): PastMessage[] => {
    const message = asObject(value);
    const messageId = asId(message?.id);
    const sentAt = timeOf(message?.created_time);
    if (message === undefined || messageId === undefined || sentAt === undefined) return [];
    const effect = effectOf(message, messageId, sentAt, ours);
    return [{ messageId, sentAt, ...(effect ? { effect } : {}) }];
  });
  return { messages, ...(after === undefined ? {} : { after }) };
}

function effectOf(
  message: JsonObject,
  messageId: string,
  sentAt: number,
  ours: ReadonlySet<string>,
): MessageEffect | undefined {
  const from = asId(asObject(message.from)?.id);
  if (from === undefined) return undefined;
  const outbound = ours.has(from);
  const to = asList(asObject(message.to)?.data)
    .map((one) => asId(asObject(one)?.id))
    .find((id) => id !== undefined && !ours.has(id));
  const userId = outbound ? to : from;
  if (userId === undefined) return undefined;
  const customer: CustomerRef = { userId };
  const text = asText(message.message)?.replaceAll('\0', '');
  const attachments = asList(asObject(message.attachments)?.data).map(attachmentOf);
  const replyToMessageId = asId(asObject(message.reply_to)?.mid);
  return {
    kind: 'message',
    direction: outbound ? 'outbound' : 'inbound',
    ...{ messageId, customer, sentAt },
    type: attachments[0]?.type ?? (text === undefined ? 'unsupported' : 'text'),
    content: { ...(text ? { text } : {}), ...(attachments.length > 0 ? { attachments } : {}) },
    ...(replyToMessageId === undefined ? {} : { replyToMessageId }),
  };
}

/** The conversations API has forms of its own for what webhooks bring as `payload.url`. */
function attachmentOf(value: unknown): AttachmentContent {
  const given = asObject(value) ?? {};
  const image = asText(asObject(given.image_data)?.url);
  if (image !== undefined) return { type: 'image', url: image };
  const video = asText(asObject(given.video_data)?.url);
  if (video !== undefined) return { type: 'video', url: video };
  const url = asText(given.file_url) ?? asText(asObject(given.payload)?.url);
  const mimeType = asText(given.mime_type);
  const filename = asText(given.name);
  const type = asText(given.type) ?? (mimeType?.startsWith('audio/') ? 'audio' : 'file');
  return {
    type,
    ...(url === undefined ? {} : { url }),
    ...(mimeType === undefined ? {} : { mimeType }),
    ...(filename === undefined ? {} : { filename }),
  };
}
