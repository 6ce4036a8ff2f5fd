import { sql } from 'drizzle-orm';
import { index, integer, json, pgTable, primaryKey, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { at, count, tsvector } from './columns';

// The tables below are written for every message: no foreign keys, whose checks lock the parent row each time.

export const conversations = pgTable(
  'conversations',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id').notNull(),
    /** Channel and contact; both null in an internal conversation, whose platform is `internal`. */
    channelId: uuid('channel_id'),
    contactId: uuid('contact_id'),
    platform: text('platform').notNull(),
    status: text('status', { enum: ['open', 'pending', 'snoozed', 'closed'] })
      .notNull()
      .default('open'),
    snoozedUntil: at('snoozed_until'),
    assigneeId: uuid('assignee_id'),
    /** Here and not in a table of their own: every event of the conversation carries them. */
    labelIds: uuid('label_ids').array().notNull().default(sql`'{}'`),
    /** Counts the changes of status, assignee and labels: who changes a conversation names the version they have seen. */
    version: integer('version').notNull().default(1),
    inboundCount: integer('inbound_count').notNull().default(0),
    /** `inboundCount` when one of ours last read it; the difference is the unread count of the conversation. */
    readCount: integer('read_count').notNull().default(0),
    lastMessageId: uuid('last_message_id'),
    lastMessageType: text('last_message_type'),
    lastMessagePreview: text('last_message_preview'),
    lastMessageDirection: text('last_message_direction'),
    lastMessageAt: at('last_message_at').notNull(),
    lastInboundAt: at('last_inbound_at'),
    /** The campaign that wrote to the customer last: what they write next may be a reply to it. */
    campaignId: uuid('campaign_id'),
    /** The message that opened it again when it was closed or snoozed. */
    reopenedBy: uuid('reopened_by'),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [
    // The contact first: it serves what is asked of a contact too, and every message writes every index of its conversation.
    uniqueIndex('conversations_contact').on(t.contactId, t.channelId),
    // Ascending, read backwards: Drizzle's desc() means NULLS LAST, which ORDER BY … DESC does not, and the index would not serve it.
    // Lists are merged from one index range for each status, so that any filter with a status stays one range (docs/adr/0009).
    index('conversations_inbox').on(t.workspaceId, t.status, t.lastMessageAt, t.id).where(sql`channel_id is not null`),
    index('conversations_channel').on(t.channelId, t.status, t.lastMessageAt, t.id).where(sql`channel_id is not null`),
    index('conversations_assigned')
      .on(t.workspaceId, t.assigneeId, t.status, t.lastMessageAt, t.id)
      .where(sql`assignee_id is not null`),
    index('conversations_unassigned')
      .on(t.workspaceId, t.status, t.lastMessageAt, t.id)
      .where(sql`assignee_id is null and channel_id is not null`),
    index('conversations_unread')
      .on(t.workspaceId, t.status, t.lastMessageAt, t.id)
      .where(sql`inbound_count > read_count and channel_id is not null`),
    index('conversations_labels').using('gin', t.labelIds).where(sql`label_ids <> '{}'`),
    index('conversations_snoozed').on(t.snoozedUntil).where(sql`status = 'snoozed'`),
  ],
);

/**
 * The words of a message: the values in its content without their names, links and escapes. By a regular expression and not by `->>`,
 * which fails on what a customer may well send (NUL, half a surrogate pair). Cut, because a tsvector holds 1 MB at most.
 */
const messageWords = sql`to_tsvector('simple', regexp_replace(left(content::text, 8000), ${sql.raw(
  `'"[A-Za-z_]+":("https?:[^"]*")?|\\\\(u[0-9a-f]{4}|.)'`,
)}, ' ', 'g'))`;

/**
 * With one word more, of the workspace and the three days a message was sent in, counted from PostgreSQL's first: a search goes back from
 * slice to slice, reads in each what the words share with it, and nothing of other workspaces. Of an internal message only the workspace,
 * marked.
 */
const messageSearch = sql`(search || array_to_tsvector(array[case when channel_id is null then 'internal:' || workspace_id::text else workspace_id::text || ':' || (((sent_at at time zone 'UTC')::date - date '4714-11-24 BC') / 3)::text end]))`;

export const messages = pgTable(
  'messages',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id').notNull(),
    channelId: uuid('channel_id'),
    conversationId: uuid('conversation_id').notNull(),
    contactId: uuid('contact_id'),
    platformMessageId: text('platform_message_id'),
    /** `internal`: between users of the workspace, a note (then `type` is `note`) or a message of an internal conversation. */
    direction: text('direction', { enum: ['inbound', 'outbound', 'internal'] }).notNull(),
    author: json('author').notNull(),
    type: text('type').notNull(),
    content: json('content').notNull(),
    status: text('status').notNull(),
    statusRank: smallint('status_rank').notNull(),
    /** Meta's id of the message this one answers. */
    replyTo: text('reply_to'),
    clientId: text('client_id'),
    /** Why it was not sent or delivered. */
    error: json('error'),
    /** Position among the inbound messages of its conversation, of an internal one among all, from 1; else null. */
    inboundSeq: integer('inbound_seq'),
    sentAt: at('sent_at').notNull(),
    deletedAt: at('deleted_at'),
    editedAt: at('edited_at'),
    createdAt: at('created_at').notNull().defaultNow(),
    search: tsvector('search').generatedAlwaysAs(messageWords),
  },
  (t) => [
    uniqueIndex('messages_platform_id').on(t.channelId, t.platformMessageId),
    // Positions stand beside the order, so that how far somebody has read is found without a look at each message of a long conversation.
    index('messages_history').on(t.conversationId, t.sentAt, t.id, t.inboundSeq),
    index('messages_awaiting').on(t.conversationId, t.sentAt).where(sql`direction = 'outbound' and status_rank < 40`),
    index('messages_recent').on(t.workspaceId, t.sentAt, t.id).where(sql`channel_id is not null`),
    index('messages_search').using('gin', messageSearch).with({ fastupdate: true, gin_pending_list_limit: 1024 }),
    // A repeated send of an internal message is one message.
    uniqueIndex('messages_internal_client')
      .on(t.conversationId, sql`(author ->> 'id')`, t.clientId)
      .where(sql`channel_id is null and client_id is not null`),
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
