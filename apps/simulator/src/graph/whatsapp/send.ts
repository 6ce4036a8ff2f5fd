import { wamid } from '../../forms/ids';
import type { Fields } from '../check';
import { GraphError } from '../errors';
import type { StoredFile } from '../files';
import { textOf } from '../request';
import { type Call, success } from '../world';
import { check, checkContent, type MessageType, param, types } from './content';
import type { WhatsAppNumber } from './number';
import { checkTemplate } from './template-send';
import type { Template } from './templates';

type NumberCall = Call<{ number: WhatsAppNumber }>;

/** `POST /{phone-number-id}/messages`, and `/marketing_messages`. */
export function sendMessage(call: NumberCall): Fields {
  const { number } = call.node;
  const { body } = call.request;
  param.choice(body.messaging_product, 'messaging_product', ['whatsapp']);
  if (body.status !== undefined) return markRead(call);
  if (number.settings.status === 'DISCONNECTED') throw GraphError.of(133010);
  const { recipient, input, isGroup } = recipientOf(number, body);
  const type = param.choice(body.type ?? 'text', 'type', types);
  const kind = checkContent(type, body[type], (id, type) => fits(call.world.files.get(id), number, type));
  const callbackData = param.optionalText(body.biz_opaque_callback_data, 'biz_opaque_callback_data', { max: 512 });
  const template = type === 'template' ? checkTemplate(number.businessAccount, body.template as Fields) : undefined;
  const marketing = call.request.path[1] === 'marketing_messages';
  if (marketing && template?.category !== 'MARKETING')
    throw GraphError.of(131009, { details: 'A marketing template is needed' });
  if (type === 'reaction') checkReaction(call, body.reaction as Fields);
  const refusal = isGroup ? undefined : refusalOf(call, recipient, template);
  if (refusal !== undefined && number.settings.recipientErrors === 'answered') throw refusal;
  throttle(call, recipient, template);
  const id = wamid(call.world.random, recipient, 'outbound');
  const account = { platform: 'whatsapp', accountId: number.id } as const;
  if (refusal !== undefined) call.world.onRefused({ ...account, id, recipient, callbackData }, refusal);
  else call.world.send(call, { ...account, id, recipient, kind, callbackData }, { held: template?.held });
  return answer(id, recipient, input, template);
}

function answer(id: string, recipient: string, input: string, template: Template | undefined): Fields {
  const status = template?.held ? 'held_for_quality_assessment' : 'accepted';
  return {
    messaging_product: 'whatsapp',
    contacts: [{ input, ...(isPhone(recipient) ? { wa_id: recipient } : { user_id: recipient }) }],
    messages: [{ id, ...(template === undefined ? {} : { message_status: status }) }],
  };
}

const isPhone = (recipient: string) => /^\d{5,15}$/.test(recipient);
const isUserId = (recipient: string) => /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/.test(recipient);

/** `to` wins over `recipient`; a phone number may be written with `+`, spaces and dashes. */
function recipientOf(number: WhatsAppNumber, { to, recipient, recipient_type, type, template }: Fields) {
  const kind = param.choice(recipient_type ?? 'individual', 'recipient_type', ['individual', 'group']);
  const input = textOf(to) || textOf(recipient);
  if (input === '') throw GraphError.of(100, { message: 'The parameter to is required.' });
  if (kind === 'group') return { recipient: input, input, isGroup: true };
  const digits = input.replace(/[\s()+-]/g, '');
  if (isPhone(digits)) {
    if (digits === number.account.displayPhoneNumber) throw GraphError.of(131021);
    return { recipient: digits, input, isGroup: false };
  }
  if (!isUserId(input)) throw GraphError.of(131009, { details: 'Recipient phone number not valid' });
  const name = (template as Fields | undefined)?.name;
  const authentication = [...number.businessAccount.templates.values()].some(
    (known) => known.name === name && known.category === 'AUTHENTICATION',
  );
  if (type === 'template' && authentication) throw GraphError.of(131062);
  return { recipient: input, input, isGroup: false };
}

/** What keeps a message from this recipient, if anything. */
function refusalOf(
  { world, node: { number } }: NumberCall,
  recipient: string,
  template?: Template,
): GraphError | undefined {
  const customer = number.findCustomer(recipient);
  if (customer?.unreachable) return GraphError.of(131026, { details: 'Message Undeliverable.' });
  if (template === undefined && !number.windowOpen(recipient, world.now())) {
    const details =
      'Message failed to send because more than 24 hours have passed since the customer last replied to this number.';
    return GraphError.of(131047, { details });
  }
  if (template?.category === 'MARKETING' && customer?.stoppedMarketing) {
    return GraphError.of(131050, {
      details:
        'Unable to deliver the message. This recipient has chosen to stop receiving marketing messages on WhatsApp from your business',
    });
  }
  return undefined;
}

function throttle({ world, node: { number } }: NumberCall, recipient: string, template: Template | undefined): void {
  const now = world.now();
  if (!number.throughput.take(now)) {
    const details =
      'Message failed to send because there were too many messages sent from this phone number in a short period of time';
    throw GraphError.of(130429, { details });
  }
  if (!number.pairs.take(recipient, now)) {
    const details =
      'Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time.';
    throw GraphError.of(131056, { details });
  }
  const outside = template !== undefined && !number.windowOpen(recipient, now);
  if (outside && !number.businessAccount.reached.take(recipient, now)) {
    const details =
      'Message failed to send because there are restrictions on how many messages can be sent from this phone number.';
    throw GraphError.of(131048, { details });
  }
}

const mediaTypes: Partial<Record<MessageType, RegExp>> = {
  image: /^image\/(jpeg|png)$/,
  video: /^video\//,
  audio: /^audio\//,
  sticker: /^image\/webp$/,
};

function fits(file: StoredFile | undefined, number: WhatsAppNumber, type: MessageType): boolean {
  return file?.ownerId === number.id && (mediaTypes[type]?.test(file.mimeType) ?? true);
}

function checkReaction({ world, node: { number } }: NumberCall, { message_id, emoji }: Fields): void {
  const id = check.text(message_id, 'reaction[message_id]', { max: 512 });
  check.optionalText(emoji, 'reaction[emoji]', { min: 0, max: 32 });
  if (number.heard.has(id) || world.messages.get(id)?.accountId === number.id) return;
  throw GraphError.of(131009, { details: 'Message id to react to was not found' });
}

/** Blue ticks for a message and all before it, and with `typing_indicator` the dots. */
function markRead({ world, request, node: { number } }: NumberCall): Fields {
  const { status, message_id, typing_indicator } = request.body;
  param.choice(status, 'status', ['read']);
  const id = param.text(message_id, 'message_id', { max: 512 });
  if (!number.heard.has(id)) throw GraphError.of(131009, { details: 'Message id to mark as read was not found' });
  if (typing_indicator !== undefined) {
    param.choice(param.fields(typing_indicator, 'typing_indicator').type, 'typing_indicator[type]', ['text']);
  }
  const signal = { platform: 'whatsapp', accountId: number.id, messageId: id, at: world.now() } as const;
  world.signals.push({ kind: 'mark_seen', ...signal });
  if (typing_indicator !== undefined) world.signals.push({ kind: 'typing_on', ...signal });
  return success;
}
