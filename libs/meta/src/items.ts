import type { AccountEffect, ErrorEffect, PhoneNumberEffect, TemplateEffect } from './effects/account-effects';
import type {
  AddressBookEffect,
  GroupEffect,
  HistoryEffect,
  IdentityChangeEffect,
  PreferenceEffect,
} from './effects/contact-effects';
import type {
  AccountLinkEffect,
  CallEffect,
  ConversionEffect,
  DeletionEffect,
  EditEffect,
  HandoverEffect,
  LinkClickEffect,
  MessageEffect,
  OptinEffect,
  ReactionEffect,
  ReferralEffect,
  SeenEffect,
  StatusEffect,
  WatermarkEffect,
  WelcomeEffect,
} from './effects/conversation-effects';
import type {
  CommentEffect,
  LeadEffect,
  MentionEffect,
  PostEffect,
  PostReactionEffect,
  ReviewEffect,
  StoryInsightsEffect,
} from './effects/public-effects';

export * from './effects/account-effects';
export * from './effects/contact-effects';
export * from './effects/content';
export * from './effects/conversation-effects';
export * from './effects/public-effects';

/** The platforms of Meta that a webhook can speak for. */
export const platforms = ['whatsapp', 'messenger', 'instagram'] as const;
export type Platform = (typeof platforms)[number];

/** While another app or agent of Meta's answers the conversation: told, and nothing is done. */
export interface StandbyEffect {
  kind: 'standby';
  /** What it would have done; `undefined` where it could not be read. */
  told?: ItemEffect;
}

/**
 * What an item says happened, and so what it does to stored state. `notice`: a kind, field or word that was not known when this
 * was written, or names of fields without their values; it is told as `webhook.received` like everything else.
 */
export type ItemEffect =
  | MessageEffect
  | StatusEffect
  | WatermarkEffect
  | SeenEffect
  | ReactionEffect
  | DeletionEffect
  | EditEffect
  | ReferralEffect
  | OptinEffect
  | HandoverEffect
  | AccountLinkEffect
  | CallEffect
  | WelcomeEffect
  | LinkClickEffect
  | ConversionEffect
  | IdentityChangeEffect
  | PreferenceEffect
  | AddressBookEffect
  | HistoryEffect
  | GroupEffect
  | TemplateEffect
  | AccountEffect
  | PhoneNumberEffect
  | ErrorEffect
  | CommentEffect
  | MentionEffect
  | PostEffect
  | PostReactionEffect
  | ReviewEffect
  | LeadEffect
  | StoryInsightsEffect
  | StandbyEffect
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
