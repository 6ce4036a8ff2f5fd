import type { Random } from './random';

export const platforms = ['whatsapp', 'messenger', 'instagram'] as const;
export type Platform = (typeof platforms)[number];

export const statuses = ['sent', 'delivered', 'read', 'played', 'failed'] as const;
export type Status = (typeof statuses)[number];

/** A business phone number; `id` is its phone number id. */
export interface WhatsAppAccount {
  platform: 'whatsapp';
  id: string;
  businessAccountId: string;
  displayPhoneNumber: string;
}

/** A Facebook page. */
export interface MessengerAccount {
  platform: 'messenger';
  id: string;
}

/** An Instagram professional account. */
export interface InstagramAccount {
  platform: 'instagram';
  id: string;
}

export type Account = WhatsAppAccount | MessengerAccount | InstagramAccount;

interface Person {
  name: string;
  /** A key of the vocabulary. */
  language: string;
}

export interface WhatsAppCustomer extends Person {
  platform: 'whatsapp';
  /** Phone digits. */
  waId: string;
  /** Business-scoped user id; absent on webhooks from before 2026. */
  userId?: string;
  parentUserId?: string;
  /** With a username Meta may leave the phone number out. */
  username?: string;
  phone: 'shown' | 'hidden' | 'sometimes';
}

export interface MessengerCustomer extends Person {
  platform: 'messenger';
  /** Page-scoped id. */
  id: string;
}

export interface InstagramCustomer extends Person {
  platform: 'instagram';
  /** Instagram-scoped id. */
  id: string;
  username: string;
}

export type Customer = WhatsAppCustomer | MessengerCustomer | InstagramCustomer;

/** One customer talking to one account: what every builder of `forms/` needs. */
export interface Chat<A extends Account = Account, C extends Customer = Customer> {
  account: A;
  customer: C;
  random: Random;
  /** Meta's clock, milliseconds since the epoch. Never twice the same value: Meta's times tell states of one chat apart. */
  now(): number;
}

export type WhatsAppChat = Chat<WhatsAppAccount, WhatsAppCustomer>;
export type MessengerChat = Chat<MessengerAccount, MessengerCustomer>;
export type InstagramChat = Chat<InstagramAccount, InstagramCustomer>;

/** What a receiver must make of an item. `notice`: no state changes, it is only told on. */
export type Effect =
  /** `caption` belongs to an attachment (WhatsApp); Messenger and Instagram send `text` beside theirs. */
  | { kind: 'message'; direction: 'inbound' | 'outbound'; type: string; text?: string; caption?: string }
  | { kind: 'status'; status: Status }
  /** Everything sent to this customer up to `watermark` (ms) has reached the status. */
  | { kind: 'watermark'; status: 'delivered' | 'read'; watermark: number }
  /** The item's message and all before it have been read. */
  | { kind: 'seen' }
  /** Without `emoji` the reaction is taken back. */
  | { kind: 'reaction'; emoji?: string }
  | { kind: 'deletion'; by: 'customer' | 'business' }
  /** The item's message says something else now; the highest revision counts, then the latest. */
  | { kind: 'edit'; by: 'customer' | 'business'; revision: number; text: string }
  | { kind: 'notice' };

/** Where in a body an element stands, with what WhatsApp keeps around it. */
export type Place =
  | {
      in: 'value';
      field: string;
      list: string;
      account: WhatsAppAccount;
      contact?: Record<string, unknown>;
    }
  | { in: 'messaging' | 'standby' }
  | { in: 'changes' | 'flat'; field: string };

/** One element of a webhook and what is true about it. */
export interface SimulatedItem {
  /** Unique for each fact; the same fact sent again has the same id. */
  id: string;
  platform: Platform;
  accountId: string;
  /** The form it was built from: `text`, `image`, `delivered`, `reaction_removed`, … */
  kind: string;
  /** The platform's id of the message this item is, or speaks of; the comment's or media's id for a comment or mention. */
  messageId?: string;
  /** As this item names the customer; WhatsApp may name either id or both. */
  customer: { userId?: string; waId?: string };
  /** Milliseconds since the epoch, by Meta's clock. */
  sentAt: number;
  effect: Effect;
  place: Place;
  /** As it stands in the body. */
  element: Record<string, unknown>;
}

/** Each builder's optional facts; what is left out is drawn from the chat. */
export interface ItemOptions {
  /** The platform's id of the message. */
  id?: string;
  /** Milliseconds since the epoch. */
  at?: number;
}
