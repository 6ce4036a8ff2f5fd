/** The platforms of Meta that a webhook can speak for. */
export const platforms = ['whatsapp', 'messenger', 'instagram'] as const;
export type Platform = (typeof platforms)[number];

/** The kinds of delivery state a message can be told of, lowest first. `failed` outranks nothing that was delivered. */
export const deliveryStatuses = ['sent', 'delivered', 'read', 'played', 'failed'] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/**
 * Who an item is about on the other side of a channel: the customer, never the business.
 * WhatsApp knows a person by `userId` (business-scoped user id, 2026) and, unless a username hides it, by `waId` (phone digits);
 * Messenger by a page-scoped id and Instagram by an Instagram-scoped id, both in `userId`.
 */
export interface CustomerRef {
  userId?: string;
  waId?: string;
  name?: string;
  username?: string;
}

export interface AttachmentContent {
  /** Meta's own type word: `image`, `video`, `audio`, `document`, `file`, `sticker`, `template`, `fallback`, `story_mention`, … */
  type: string;
  /** Media id to fetch through the Graph API (WhatsApp). */
  id?: string;
  /** Direct URL; short-lived. */
  url?: string;
  /** Our id of the file, where it was one of ours that was sent. */
  mediaId?: string;
  mimeType?: string;
  sha256?: string;
  filename?: string;
  caption?: string;
  title?: string;
  latitude?: number;
  longitude?: number;
}

/** What a message says, reduced to what every platform can fill; the raw form stays with the item. */
export interface MessageContent {
  text?: string;
  attachments?: AttachmentContent[];
  /** Postbacks, quick replies, template buttons, interactive replies. */
  reply?: { payload?: string; title?: string; description?: string };
  /** WhatsApp contact cards, orders, flow replies, Messenger templates …: Meta's object as it came. */
  structured?: unknown;
  /** The ad, link or post the customer came from: Meta's object as it came. */
  referral?: unknown;
  /** Instagram: the story this replies to. */
  story?: { id?: string; url?: string };
  /** Why WhatsApp could not bring the message whole (type `unsupported`). */
  errors?: MetaErrorContent[];
}

export interface MetaErrorContent {
  code?: number;
  subcode?: number;
  title?: string;
  message?: string;
  details?: string;
}

/** What an item does to stored state. `notice` does nothing beyond being told as `webhook.received`. */
export type ItemEffect =
  | {
      kind: 'message';
      direction: 'inbound' | 'outbound';
      /** wamid or mid, the platform's own id. */
      messageId: string;
      customer: CustomerRef;
      /** WhatsApp group the message was written in; `customer` is the member who wrote it. */
      groupId?: string;
      /** `text`, `image`, …, `postback`, `interactive`, `button`, `location`, `unsupported`; Meta's word where it has one. */
      type: string;
      content: MessageContent;
      /** Milliseconds since the epoch, by Meta's clock. */
      sentAt: number;
      replyToMessageId?: string;
      /** Outbound only: the app that sent it and the metadata it attached (Messenger echoes). */
      echo?: { appId?: string; metadata?: string };
    }
  | {
      kind: 'status';
      messageId: string;
      status: DeliveryStatus;
      at: number;
      /** Empty where Meta names no recipient; `messageId` says enough. In a group: the member. */
      customer: CustomerRef;
      /** A group member's own state, where the message went to a group. */
      participantId?: string;
      /** The WhatsApp group the message went to. */
      groupId?: string;
      callbackData?: string;
      errors?: MetaErrorContent[];
    }
  /** Messenger: everything sent to this customer up to `watermark` (ms) has reached that state. */
  | { kind: 'watermark'; status: 'delivered' | 'read'; customer: CustomerRef; watermark: number; messageIds?: string[] }
  /** Instagram `messaging_seen`: this message, and so everything before it, has been read. */
  | { kind: 'seen'; customer: CustomerRef; messageId: string; at: number }
  | {
      kind: 'reaction';
      messageId: string;
      customer: CustomerRef;
      by: 'customer' | 'business';
      /** `undefined` when the reaction was taken back. */
      emoji?: string;
      /** Meta's name of the reaction (`love`, `smile`, …) where it gives one. */
      name?: string;
      at: number;
    }
  | { kind: 'deletion'; messageId: string; customer: CustomerRef; by: 'customer' | 'business'; at: number }
  | { kind: 'notice' };

/** One element of a webhook: a message, a status, a comment, a template update … */
export interface WebhookItem {
  /** Where it stood in the body, e.g. `entry[0].changes[1].value.messages[0]`. Unique within the body. */
  path: string;
  /** `undefined` for an object of Meta's that is none of the three platforms (`user`, `permissions`, …). */
  platform?: Platform;
  /**
   * The connected account it belongs to: WhatsApp phone number id, Facebook page id, Instagram professional account id.
   * `undefined` where Meta names none (WhatsApp account and template fields: see `businessAccountId`).
   */
  accountId?: string;
  /** WhatsApp Business Account id. */
  businessAccountId?: string;
  /** Meta's subscription field in its canonical spelling: `messages`, `statuses`, `message_reactions`, `message_postbacks`, `message_seen`, `comments`, … */
  field: string;
  /**
   * Same key = the same fact told again (meta-platform.md §A). Unique within (Meta app, platform, account), at most 64 KB,
   * built from the fields §A names, else `sha256:` of the item's canonical JSON.
   */
  dedupKey: string;
  /** Milliseconds since the epoch, by Meta's clock: its own time, else its entry's; `undefined` where neither gives one. */
  occurredAt?: number;
  /** As `webhook.received` tells it. */
  sender?: { id: string; username?: string };
  /** A short, human reading of the item for `webhook.received` (text of a message or comment …). */
  content?: unknown;
  effect: ItemEffect;
  /**
   * The element as Meta sent it. For an element of a WhatsApp list the value reduced to it:
   * `{ messaging_product, metadata, contacts: [its own], messages: [it] }`.
   */
  raw: unknown;
}

/** A part of a body that could not be read as an item, with the reason and what was there. */
export interface UnreadablePart {
  path: string;
  reason: string;
  raw: unknown;
  platform?: Platform;
  accountId?: string;
}

export interface ParsedWebhook {
  items: WebhookItem[];
  unreadable: UnreadablePart[];
}
