import type { ItemOptions, SimulatedItem, Status, WhatsAppChat } from '../item';
import { wamid } from './ids';
import { textContent, type WhatsAppContent } from './whatsapp-content';
import { contactCard, customerOf, identity, inSeconds, peer } from './whatsapp-identity';

export interface WhatsAppStatusOptions extends ItemOptions {
  callbackData?: string;
  /** The form of Graph API versions before 24, with `conversation`. */
  olderForm?: boolean;
  error?: { code: number; title: string; details: string };
}

/** A message the business wrote in its phone app (`smb_message_echoes`). Its `messageId` is what statuses speak of. */
export function echo(chat: WhatsAppChat, said: WhatsAppContent | string, options: ItemOptions = {}): SimulatedItem {
  const { kind, type, body, text, caption } = typeof said === 'string' ? textContent(said) : said;
  const id = options.id ?? wamid(chat.random, peer(chat), 'outbound');
  const sentAt = options.at ?? chat.now();
  const named = identity(chat);
  return {
    id: `whatsapp:${id}`,
    platform: 'whatsapp',
    accountId: chat.account.id,
    kind: `echo_${kind}`,
    messageId: id,
    customer: customerOf(named),
    sentAt,
    effect: { kind: 'message', direction: 'outbound', type, text, caption },
    place: {
      in: 'value',
      field: 'smb_message_echoes',
      list: 'message_echoes',
      account: chat.account,
      ...(named.userId === undefined ? {} : { contact: contactCard(chat, named) }),
    },
    element: {
      from: chat.account.displayPhoneNumber,
      ...(named.waId === undefined ? {} : { to: named.waId }),
      ...(named.userId === undefined ? {} : { to_user_id: named.userId }),
      ...(named.parentUserId === undefined ? {} : { to_parent_user_id: named.parentUserId }),
      id,
      timestamp: inSeconds(sentAt),
      type,
      [type]: body,
    },
  };
}

/** The business deletes one of its own messages in its phone app. */
export function echoRevoke(chat: WhatsAppChat, messageId: string, options: ItemOptions = {}): SimulatedItem {
  const body = { original_message_id: messageId };
  const item = echo(chat, { kind: 'revoke', type: 'revoke', body }, options);
  return { ...item, messageId, effect: { kind: 'deletion', by: 'business' } };
}

/** The business changes the words of one of its own messages in its phone app. */
export function echoEdit(
  chat: WhatsAppChat,
  messageId: string,
  words: string,
  options: ItemOptions = {},
): SimulatedItem {
  const body = { original_message_id: messageId, message: { type: 'text', text: { body: words } } };
  const item = echo(chat, { kind: 'edit', type: 'edit', body }, options);
  return { ...item, messageId, effect: { kind: 'edit', by: 'business', revision: 0, text: words } };
}

const undeliverable = { code: 131026, title: 'Message undeliverable', details: 'Message Undeliverable.' };

/** How far the business's message `messageId` has come. `failed` carries an error. */
export function status(
  chat: WhatsAppChat,
  messageId: string,
  reached: Status,
  options: WhatsAppStatusOptions = {},
): SimulatedItem {
  const sentAt = options.at ?? chat.now();
  const named = identity(chat);
  const recipient = named.userId ?? named.waId;
  return {
    id: `whatsapp:${messageId}:${reached}:${recipient}`,
    platform: 'whatsapp',
    accountId: chat.account.id,
    kind: reached,
    messageId,
    customer: customerOf(named),
    sentAt,
    effect: { kind: 'status', status: reached },
    place: {
      in: 'value',
      field: 'messages',
      list: 'statuses',
      account: chat.account,
      ...(named.userId === undefined ? {} : { contact: contactCard(chat, named) }),
    },
    element: {
      id: messageId,
      status: reached,
      timestamp: inSeconds(sentAt),
      ...(named.waId === undefined ? {} : { recipient_id: named.waId }),
      ...(named.userId === undefined ? {} : { recipient_user_id: named.userId }),
      ...(named.parentUserId === undefined ? {} : { parent_recipient_user_id: named.parentUserId }),
      ...(options.callbackData === undefined ? {} : { biz_opaque_callback_data: options.callbackData }),
      ...(reached === 'failed' ? { errors: [failure(options)] } : paidFor(chat, reached, sentAt, options)),
    },
  };
}

function failure({ error = undeliverable }: WhatsAppStatusOptions): Record<string, unknown> {
  const { code, title, details } = error;
  const href = 'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/';
  return { code, title, message: title, error_data: { details }, href };
}

function paidFor(
  { random }: WhatsAppChat,
  reached: Status,
  sentAt: number,
  { olderForm }: WhatsAppStatusOptions,
): Record<string, unknown> {
  if (!olderForm) {
    return { pricing: { billable: false, pricing_model: 'PMP', type: 'free_customer_service', category: 'service' } };
  }
  const expiry = reached === 'sent' ? { expiration_timestamp: inSeconds(sentAt + 86_400_000) } : {};
  return {
    conversation: { id: random.hex(32).toLowerCase(), ...expiry, origin: { type: 'service' } },
    pricing: { billable: true, pricing_model: 'CBP', category: 'service' },
  };
}
