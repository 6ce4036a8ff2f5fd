import { index, integer, json, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { at } from './columns';

/** The latest edit of a message by its platform id, kept because one may arrive before its message. */
export const messageEdits = pgTable(
  'message_edits',
  {
    channelId: uuid('channel_id').notNull(),
    platformMessageId: text('platform_message_id').notNull(),
    /** Messenger and Instagram number the edits of a message, WhatsApp tells them apart by time: 0. */
    revision: integer('revision').notNull(),
    at: at('at').notNull(),
    by: text('by', { enum: ['customer', 'business'] }).notNull(),
    type: text('type').notNull(),
    content: json('content').notNull(),
  },
  (t) => [primaryKey({ columns: [t.channelId, t.platformMessageId] })],
);

/** The advertisements and links that brought contacts to a channel, each time they did. */
export const referrals = pgTable(
  'referrals',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id').notNull(),
    channelId: uuid('channel_id').notNull(),
    contactId: uuid('contact_id').notNull(),
    /** Meta's id of the message that carried it; null where the contact has only come, and not written. */
    platformMessageId: text('platform_message_id'),
    source: text('source'),
    ref: text('ref'),
    adId: text('ad_id'),
    /** WhatsApp's click id. */
    clickId: text('click_id'),
    /** As `libs/meta` reads it. */
    referral: json('referral').notNull(),
    at: at('at').notNull(),
  },
  (t) => [index('referrals_contact').on(t.channelId, t.contactId, t.id)],
);
