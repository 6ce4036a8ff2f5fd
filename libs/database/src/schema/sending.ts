import { sql } from 'drizzle-orm';
import { bigserial, index, integer, json, pgTable, primaryKey, real, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { at, bytea } from './columns';

/**
 * Messages on their way out. `sending`: handed to Meta, the answer is not here yet; after a crash it becomes `unknown`, never `queued`
 * again. `paused`: its campaign is. A row goes once Meta has accepted its message; one that failed is kept for a retry by hand.
 */
export const outboundMessages = pgTable(
  'outbound_messages',
  {
    messageId: uuid('message_id').primaryKey(),
    workspaceId: uuid('workspace_id').notNull(),
    channelId: uuid('channel_id').notNull(),
    conversationId: uuid('conversation_id').notNull(),
    contactId: uuid('contact_id').notNull(),
    /** Order in which messages were given to be sent; those of a conversation leave in it. */
    sequence: bigserial('sequence', { mode: 'number' }).notNull(),
    /** 0: by a person; 1: by a flow; 2: bulk. The lower goes first. */
    priority: smallint('priority').notNull(),
    state: text('state', { enum: ['held', 'queued', 'paused', 'sending', 'unknown', 'failed'] }).notNull(),
    /** Which of the channel's rates it counts against. */
    rate: text('rate', { enum: ['message', 'media', 'private_reply'] }).notNull(),
    /** What is sent and to whom; see SendRequest. */
    request: json('request').notNull(),
    attempts: integer('attempts').notNull().default(0),
    nextAt: at('next_at').notNull().defaultNow(),
    /** When it was handed to Meta. */
    sendingSince: at('sending_since'),
    unknownSince: at('unknown_since'),
    /** How often Meta's own history was searched for it. */
    lookups: integer('lookups').notNull().default(0),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [
    index('outbound_due').on(t.channelId, t.priority, t.sequence).where(sql`state = 'queued'`),
    index('outbound_order').on(t.conversationId, t.sequence).where(sql`state in ('held', 'queued', 'sending')`),
    index('outbound_unsettled').on(t.state, t.sendingSince).where(sql`state in ('sending', 'unknown')`),
    index('outbound_held').on(t.channelId).where(sql`state = 'held'`),
    index('outbound_conversation').on(t.conversationId),
    index('outbound_contact').on(t.contactId),
  ],
);

/**
 * What was asked of Meta in messages that it took and may yet fail by a status (WhatsApp), for a retry by hand: until they are delivered, at
 * most 30 days. Ids begin with the time, so that the primary key serves that too.
 */
export const sentRequests = pgTable('sent_requests', {
  messageId: uuid('message_id').primaryKey(),
  workspaceId: uuid('workspace_id').notNull(),
  contactId: uuid('contact_id').notNull(),
  /** As in outbound_messages. */
  request: json('request').notNull(),
});

/** How fast campaigns send on a channel where Meta spoke against the whole rate: lowered by it, and regained with time. */
export const bulkRates = pgTable('bulk_rates', {
  channelId: uuid('channel_id').primaryKey(),
  workspaceId: uuid('workspace_id').notNull(),
  /** Part of the channel's rate, as of `since`. */
  pace: real('pace').notNull(),
  since: at('since').notNull(),
  /** Of the next bulk message, while the pace is not whole. */
  nextSlot: at('next_slot').notNull(),
});

/**
 * What may leave a channel when. One row a channel and rate: its lock puts the claims of all workers in a row, so that they share the
 * rate exactly. `nextSlot` is the moment of the first send not yet given away (generic cell rate algorithm).
 */
export const sendRates = pgTable(
  'send_rates',
  {
    channelId: uuid('channel_id').notNull(),
    rate: text('rate', { enum: ['message', 'media', 'private_reply'] }).notNull(),
    workspaceId: uuid('workspace_id').notNull(),
    nextSlot: at('next_slot').notNull().defaultNow(),
    /** Meta has throttled the channel: nothing before this. */
    blockedUntil: at('blocked_until'),
    /** Throttled in a row. */
    throttled: integer('throttled').notNull().default(0),
    /** Part of the rate that the last throttling left, of 1; regained since. */
    pace: real('pace').notNull().default(1),
  },
  (t) => [primaryKey({ columns: [t.channelId, t.rate] })],
);

/** WhatsApp's limit for one recipient of a number; see sendRates. */
export const sendPairs = pgTable(
  'send_pairs',
  {
    channelId: uuid('channel_id').notNull(),
    contactId: uuid('contact_id').notNull(),
    nextSlot: at('next_slot').notNull(),
    blockedUntil: at('blocked_until'),
    throttled: integer('throttled').notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.channelId, t.contactId] }), index('send_pairs_next').on(t.nextSlot)],
);

/** A request with an `Idempotency-Key` and the message it made: the same request again makes no other. Kept 7 days. */
export const sendKeys = pgTable(
  'send_keys',
  {
    workspaceId: uuid('workspace_id').notNull(),
    /** The user or API key that sent it: keys of two clients do not meet. */
    actorId: uuid('actor_id').notNull(),
    key: text('key').notNull(),
    /** SHA-256 of the request: another request under the same key is refused. */
    requestHash: bytea('request_hash').notNull(),
    messageId: uuid('message_id').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.actorId, t.key] }), index('send_keys_created').on(t.createdAt)],
);
