import type { InstagramChat, ItemOptions, MessengerChat, SimulatedItem } from '../item';
import { instagramMid, messengerMid } from './ids';

/** Messenger and Instagram share the `entry[].messaging[]` form; what differs stands in their own files. */
export type MessagingChat = MessengerChat | InstagramChat;

export interface MessagingOptions extends ItemOptions {
  /** mid of the message this one answers. */
  replyTo?: string;
  /** Delivered under `standby`, while another app owns the thread. */
  standby?: boolean;
}

interface Said {
  kind: string;
  type: string;
  text?: string;
  /** What stands in `message` beside the mid. */
  fields: Record<string, unknown>;
}

type Facts = Pick<SimulatedItem, 'id' | 'effect' | 'sentAt'> & Partial<Pick<SimulatedItem, 'messageId' | 'place'>>;

const newMid = ({ account, random }: MessagingChat) =>
  account.platform === 'messenger' ? messengerMid(random) : instagramMid(random, account.id);

/** An element of `messaging[]`. On an echo the business is the sender and the customer the recipient. */
export function event(
  { account, customer }: MessagingChat,
  kind: string,
  facts: Facts,
  fields: Record<string, unknown>,
  by: 'customer' | 'business' = 'customer',
): SimulatedItem {
  const [sender, recipient] = by === 'customer' ? [customer.id, account.id] : [account.id, customer.id];
  return {
    platform: account.platform,
    accountId: account.id,
    kind,
    customer: { userId: customer.id },
    place: { in: 'messaging' },
    ...facts,
    id: `${account.platform}:${facts.id}`,
    element: { sender: { id: sender }, recipient: { id: recipient }, timestamp: facts.sentAt, ...fields },
  };
}

/** An element of `changes[]`, or in the flat form of an entry itself. It changes no message. */
export function change(
  chat: MessagingChat,
  kind: string,
  facts: Omit<Facts, 'effect'> & { place: SimulatedItem['place'] },
  value: Record<string, unknown>,
): SimulatedItem {
  return { ...event(chat, kind, { ...facts, effect: { kind: 'notice' } }, {}), element: value };
}

const repliedTo = (mid?: string) => (mid === undefined ? {} : { reply_to: { mid } });
const placeOf = (options: MessagingOptions) => ({ in: options.standby ? 'standby' : 'messaging' }) as const;

export function message(chat: MessagingChat, said: Said, options: MessagingOptions = {}): SimulatedItem {
  const mid = options.id ?? newMid(chat);
  const facts: Facts = {
    id: mid,
    messageId: mid,
    sentAt: options.at ?? chat.now(),
    effect: { kind: 'message', direction: 'inbound', type: said.type, text: said.text },
    place: placeOf(options),
  };
  return event(chat, said.kind, facts, { message: { mid, ...said.fields, ...repliedTo(options.replyTo) } });
}

export const text = (chat: MessagingChat, body: string, options?: MessagingOptions) =>
  message(chat, { kind: 'text', type: 'text', text: body, fields: { text: body } }, options);

/** Any attachment form: `image`, `template`, `fallback`, `ig_reel`, `like_heart`, …; `caption` is the text beside it. */
export function attachment(
  chat: MessagingChat,
  type: string,
  payload: Record<string, unknown> | null,
  caption?: string,
  options?: MessagingOptions,
): SimulatedItem {
  const fields = { ...(caption === undefined ? {} : { text: caption }), attachments: [{ type, payload }] };
  return message(chat, { kind: type, type, text: caption, fields }, options);
}

export function quickReply(chat: MessagingChat, title: string, payload: string, options?: MessagingOptions) {
  const fields = { text: title, quick_reply: { payload } };
  return message(chat, { kind: 'quick_reply', type: 'text', text: title, fields }, options);
}

/** A tap on a menu entry, an ice breaker or a template's button. */
export function postback(chat: MessagingChat, title: string, payload: string, options: ItemOptions = {}) {
  const mid = options.id ?? newMid(chat);
  const facts: Facts = {
    id: mid,
    messageId: mid,
    sentAt: options.at ?? chat.now(),
    effect: { kind: 'message', direction: 'inbound', type: 'postback', text: title },
  };
  return event(chat, 'postback', facts, { postback: { mid, title, payload } });
}

/** A message the business sent. */
export function echoed(
  chat: MessagingChat,
  body: string,
  fields: Record<string, unknown>,
  options: MessagingOptions = {},
): SimulatedItem {
  const mid = options.id ?? newMid(chat);
  const facts: Facts = {
    id: `${mid}:echo`,
    messageId: mid,
    sentAt: options.at ?? chat.now(),
    effect: { kind: 'message', direction: 'outbound', type: 'text', text: body },
    place: placeOf(options),
  };
  const said = { mid, text: body, is_echo: true, ...fields, ...repliedTo(options.replyTo) };
  return event(chat, 'echo', facts, { message: said }, 'business');
}

/** The customer took back the message `mid`; Meta repeats its mid. */
export function deleted(chat: MessagingChat, mid: string, options: Pick<ItemOptions, 'at'> = {}): SimulatedItem {
  const facts: Facts = {
    id: `${mid}:deleted`,
    messageId: mid,
    sentAt: options.at ?? chat.now(),
    effect: { kind: 'deletion', by: 'customer' },
  };
  return event(chat, 'deleted', facts, { message: { mid, is_deleted: true } });
}

/** A reaction to `mid`; without one it is taken back, and `reaction` and `emoji` are missing. */
export function reacted(
  chat: MessagingChat,
  mid: string,
  reaction: { name: string; emoji: string } | undefined,
  options: Pick<ItemOptions, 'at'> = {},
): SimulatedItem {
  const sentAt = options.at ?? chat.now();
  const action = reaction === undefined ? 'unreact' : 'react';
  const facts: Facts = {
    id: `${mid}:${chat.customer.id}:${action}:${sentAt}`,
    messageId: mid,
    sentAt,
    effect: { kind: 'reaction', emoji: reaction?.emoji },
  };
  const chosen = reaction === undefined ? {} : { reaction: reaction.name, emoji: reaction.emoji };
  return event(chat, reaction === undefined ? 'reaction_removed' : 'reaction', facts, {
    reaction: { mid, action, ...chosen },
  });
}

/** The customer came through a link, `m.me` or `ig.me`, or an advertisement. */
export function referral(
  chat: MessagingChat,
  ref: string,
  options: Pick<ItemOptions, 'at'> & { source?: string } = {},
): SimulatedItem {
  const sentAt = options.at ?? chat.now();
  const id = `${chat.account.id}:${chat.customer.id}:referral:${sentAt}`;
  const source = options.source ?? (chat.account.platform === 'messenger' ? 'SHORTLINK' : 'IGME-SOURCE-LINK');
  return event(
    chat,
    'referral',
    { id, sentAt, effect: { kind: 'notice' } },
    {
      referral: { ref, source, type: 'OPEN_THREAD' },
    },
  );
}

/** The customer changed the words of `mid` for the `revision`th time, from 1. */
export function edited(
  chat: MessagingChat,
  mid: string,
  words: string,
  revision: number,
  options: Pick<ItemOptions, 'at'> = {},
): SimulatedItem {
  const facts: Facts = {
    id: `${mid}:edit:${revision}`,
    messageId: mid,
    sentAt: options.at ?? chat.now(),
    effect: { kind: 'edit', by: 'customer', revision, text: words },
  };
  return event(chat, 'edit', facts, { message_edit: { mid, text: words, num_edit: revision } });
}

/** Another app answers the conversation from now on. */
export function controlPassed(
  chat: MessagingChat,
  newOwner: string,
  options: Pick<ItemOptions, 'at'> = {},
): SimulatedItem {
  const sentAt = options.at ?? chat.now();
  const facts: Facts = {
    id: `${chat.account.id}:${chat.customer.id}:passed:${sentAt}`,
    sentAt,
    effect: { kind: 'notice' },
  };
  return event(chat, 'control_passed', facts, { pass_thread_control: { new_owner_app_id: newOwner } });
}
