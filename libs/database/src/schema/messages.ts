import { sql } from 'drizzle-orm';
import { index, integer, json, pgTable, primaryKey, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { at, count } from './columns';

// The tables below are written for every message: no foreign keys, whose checks lock the parent row each time.

export const conversations = pgTable(
  'conversations',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id').notNull(),
    channelId: uuid('channel_id').notNull(),
    contactId: uuid('contact_id').notNull(),
    platform: text('platform').notNull(),
    status: text('status', { enum: ['open', 'pending', 'snoozed', 'closed'] })
      .notNull()
      .default('open'),
    inboundCount: integer('inbound_count').notNull().default(0),
    /** `inboundCount` when one of ours last read it; the difference is the unread count of the conversation. */
    readCount: integer('read_count').notNull().default(0),
    lastMessageId: uuid('last_message_id'),
    lastMessageType: text('last_message_type'),
    lastMessagePreview: text('last_message_preview'),
    lastMessageDirection: text('last_message_direction'),
    lastMessageAt: at('last_message_at').notNull(),
    lastInboundAt: at('last_inbound_at'),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('conversations_channel_contact').on(t.channelId, t.contactId),
    index('conversations_contact').on(t.contactId),
    index('conversations_inbox').on(t.workspaceId, t.lastMessageAt.desc(), t.id.desc()),
  ],
);

export const messages = pgTable(
  'messages',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id').notNull(),
    channelId: uuid('channel_id').notNull(),
    conversationId: uuid('conversation_id').notNull(),
    contactId: uuid('contact_id').notNull(),
    platformMessageId: text('platform_message_id'),
    direction: text('direction', { enum: ['inbound', 'outbound'] }).notNull(),
    author: json('author').notNull(),
    type: text('type').notNull(),
    content: json('content').notNull(),
    status: text('status').notNull(),
    statusRank: smallint('status_rank').notNull(),
    /** Meta's id of the message this one answers. */
    replyTo: text('reply_to'),
    clientId: text('client_id'),
    /** Position among the inbound messages of its conversation, from 1; null when outbound. */
    inboundSeq: integer('inbound_seq'),
    sentAt: at('sent_at').notNull(),
    deletedAt: at('deleted_at'),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('messages_platform_id').on(t.channelId, t.platformMessageId),
    index('messages_history').on(t.conversationId, t.sentAt.desc(), t.id.desc()),
    index('messages_awaiting').on(t.conversationId, t.sentAt).where(sql`direction = 'outbound' and status_rank < 40`),
  ],
);

/** What Meta said of a message by its platform id, kept whether or not the message is known here yet. */
export const messageStatuses = pgTable(
  'message_statuses',
  {
    channelId: uuid('channel_id').notNull(),
    platformMessageId: text('platform_message_id').notNull(),
    /** A group member; empty for the message as a whole. */
    participant: text('participant').notNull().default(''),
    status: text('status').notNull(),
    rank: smallint('rank').notNull(),
    at: at('at').notNull(),
    errors: json('errors'),
  },
  (t) => [primaryKey({ columns: [t.channelId, t.platformMessageId, t.participant, t.status] })],
);

/** How far a customer has received or read, where the platform speaks of everything up to a time. Kept by the platform's id of the customer. */
export const messageWatermarks = pgTable(
  'message_watermarks',
  {
    channelId: uuid('channel_id').notNull(),
    customer: text('customer').notNull(),
    status: text('status', { enum: ['delivered', 'read'] }).notNull(),
    watermark: at('watermark').notNull(),
  },
  (t) => [primaryKey({ columns: [t.channelId, t.customer, t.status] })],
);

/** The latest reaction of each side to a message; `emoji` null = taken back. */
export const messageReactions = pgTable(
  'message_reactions',
  {
    channelId: uuid('channel_id').notNull(),
    platformMessageId: text('platform_message_id').notNull(),
    actor: text('actor').notNull(),
    emoji: text('emoji'),
    name: text('name'),
    at: at('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.channelId, t.platformMessageId, t.actor] })],
);

/** Deletions by platform id, kept because one may arrive before its message. */
export const messageDeletions = pgTable(
  'message_deletions',
  {
    channelId: uuid('channel_id').notNull(),
    platformMessageId: text('platform_message_id').notNull(),
    by: text('by', { enum: ['customer', 'business'] }).notNull(),
    at: at('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.channelId, t.platformMessageId] })],
);

/** How many inbound messages of a conversation a user has read. */
export const readPositions = pgTable(
  'read_positions',
  {
    userId: uuid('user_id').notNull(),
    conversationId: uuid('conversation_id').notNull(),
    channelId: uuid('channel_id').notNull(),
    readCount: integer('read_count').notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.conversationId] })],
);

/** Sum of `read_positions` by channel: a user's unread count is the channel's inbound count less this. */
export const userReadCounters = pgTable(
  'user_read_counters',
  {
    userId: uuid('user_id').notNull(),
    channelId: uuid('channel_id').notNull(),
    readCount: count('read_count'),
  },
  (t) => [primaryKey({ columns: [t.userId, t.channelId] })],
);
