import type { ItemOptions, SimulatedItem, WhatsAppChat } from '../item';
import { wamid } from './ids';
import { customerOf, identity, inSeconds, peer } from './whatsapp-identity';

/** An element of a list of a value that is no message and changes none. */
function listed(
  chat: WhatsAppChat,
  kind: string,
  place: { field: string; list: string },
  fact: string,
  element: Record<string, unknown>,
  options: ItemOptions = {},
): SimulatedItem {
  const named = identity(chat);
  return {
    id: `whatsapp:${chat.account.id}:${kind}:${fact}`,
    platform: 'whatsapp',
    accountId: chat.account.id,
    kind,
    customer: customerOf(named),
    sentAt: options.at ?? chat.now(),
    effect: { kind: 'notice' },
    place: { in: 'value', ...place, account: chat.account },
    element,
  };
}

/** A message of WhatsApp's own about the customer. Meta leaves `contacts` out. */
function system(chat: WhatsAppChat, body: Record<string, unknown>, options: ItemOptions): SimulatedItem {
  const id = options.id ?? wamid(chat.random, peer(chat), 'inbound');
  const sentAt = options.at ?? chat.now();
  const { waId, userId } = identity(chat);
  const place = { field: 'messages', list: 'messages' };
  const sender = { ...(waId ? { from: waId } : {}), ...(userId ? { from_user_id: userId } : {}) };
  const element = { ...sender, id, timestamp: inSeconds(sentAt), type: 'system', system: body };
  return listed(chat, `system_${body.type}`, place, id, element, { at: sentAt });
}

/** The customer writes from another number from now on; with it their user id may change. */
export const numberChanged = (
  chat: WhatsAppChat,
  next: { waId: string; userId?: string },
  options: ItemOptions = {},
): SimulatedItem =>
  system(
    chat,
    {
      body: `User ${chat.customer.name} changed from ${chat.customer.waId} to ${next.waId}`,
      wa_id: next.waId,
      ...(next.userId === undefined ? {} : { user_id: next.userId, previous_user_id: chat.customer.userId }),
      type: 'user_changed_number',
    },
    options,
  );

/** The same person has another user id from now on (field `user_id_update`). */
export function userIdChanged(chat: WhatsAppChat, next: string, options: ItemOptions = {}): SimulatedItem {
  const sentAt = options.at ?? chat.now();
  const { waId } = identity(chat);
  const place = { field: 'user_id_update', list: 'user_id_update' };
  return listed(
    chat,
    'user_id_update',
    place,
    next,
    {
      ...(waId === undefined ? {} : { wa_id: waId }),
      detail: `User id for ${chat.customer.name} has been updated.`,
      user_id: { previous: chat.customer.userId, current: next },
      timestamp: inSeconds(sentAt),
    },
    { at: sentAt },
  );
}

/** The customer's word on marketing messages. */
export function preference(chat: WhatsAppChat, value: 'stop' | 'resume', options: ItemOptions = {}): SimulatedItem {
  const sentAt = options.at ?? chat.now();
  const { waId, userId } = identity(chat);
  const place = { field: 'user_preferences', list: 'user_preferences' };
  return listed(
    chat,
    `preference_${value}`,
    place,
    `${userId ?? waId}:${sentAt}`,
    {
      ...(waId === undefined ? {} : { wa_id: waId }),
      ...(userId === undefined ? {} : { user_id: userId }),
      detail: `User requested to ${value} marketing messages`,
      category: 'marketing_messages',
      value,
      timestamp: Math.floor(sentAt / 1000),
    },
    { at: sentAt },
  );
}

/** How far a message of the past had come, in the words of `history_context`. */
export type PastStatus = 'SENT' | 'DELIVERED' | 'READ' | 'PLAYED' | 'ERROR' | 'PENDING';

/** A message as it was, made with `text`, `image` … or `echo`, for `history`. */
export interface PastMessage {
  item: SimulatedItem;
  status?: PastStatus;
}

/**
 * A chunk of the history of a phone that joined the platform (coexistence): conversations with the messages they had. Only messages
 * of the business name whom they went to.
 */
export function history(
  threads: readonly { chat: WhatsAppChat; messages: readonly PastMessage[] }[],
  chunk: { phase?: number; order?: number; progress?: number } = {},
): SimulatedItem {
  const { phase = 0, order = 1, progress = 100 } = chunk;
  const [first] = threads;
  if (!first) throw new RangeError('A history has at least one thread');
  const listedThreads = threads.map(({ chat, messages }) => ({
    ...(chat.customer.phone === 'hidden'
      ? { context: { user_id: chat.customer.userId, username: chat.customer.username } }
      : { id: chat.customer.waId }),
    messages: messages.map(({ item, status = 'READ' }) => ({ ...item.element, history_context: { status } })),
  }));
  const place = { field: 'history', list: 'history' };
  const metadata = { phase, chunk_order: order, progress };
  return listed(first.chat, 'history', place, `${phase}:${order}`, { metadata, threads: listedThreads });
}

/** A photo that a history had only announced, under the id of the message that it belongs to. */
export const historyMedia = (item: SimulatedItem): SimulatedItem => besideHistory(item, 'media');

/** A state that a message of the past had reached, in a list of its own. */
export const historyStatus = (item: SimulatedItem): SimulatedItem => besideHistory(item, 'past');

function besideHistory(item: SimulatedItem, what: string): SimulatedItem {
  if (item.place.in !== 'value') throw new TypeError('Only WhatsApp has a history');
  return { ...item, id: `${item.id}:${what}`, effect: { kind: 'notice' }, place: { ...item.place, field: 'history' } };
}

/** By this a history announces a photo or document that it brings later. */
export const announced = (item: SimulatedItem): SimulatedItem => {
  const { [item.element.type as string]: _, ...element } = item.element;
  return { ...item, element: { ...element, type: 'media_placeholder' } };
};
