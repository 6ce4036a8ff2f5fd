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
  /** WhatsApp: a voice message recorded in the chat, not a file of sound. */
  voice?: boolean;
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
  /** WhatsApp: passed on from another chat; `often` once it has been passed on many times. */
  forwarded?: 'once' | 'often';
  /** WhatsApp: the catalogue item the customer asks about. */
  product?: { catalogId?: string; retailerId?: string };
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

/** The advertisement, link or post that brought a customer, on whichever platform. */
export interface Referral {
  /** Meta's word: `ad`, `post` (WhatsApp); `ADS`, `SHORTLINK`, `CUSTOMER_CHAT_PLUGIN`, … (Messenger, Instagram). */
  source?: string;
  /** Messenger and Instagram: `OPEN_THREAD`. */
  type?: string;
  /** What the link carried: the `ref` of m.me and ig.me. */
  ref?: string;
  /** The advertisement; for a WhatsApp `post` the post. */
  adId?: string;
  /** WhatsApp's click id (`ctwa_clid`), which conversions are reported with. */
  clickId?: string;
  url?: string;
  headline?: string;
  body?: string;
  mediaType?: string;
  mediaUrl?: string;
}

/** Somebody who writes in public, as Meta names them; without the permission to know, nothing. */
export interface PublicAuthor {
  id?: string;
  name?: string;
  username?: string;
}
