import { sql } from 'drizzle-orm';
import {
  bigint,
  bigserial,
  boolean,
  check,
  customType,
  foreignKey,
  index,
  integer,
  json,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
const count = (name: string) => bigint(name, { mode: 'number' }).notNull().default(0);

/** One row: what this database is. `fingerprint` tells a restored or copied database from the one the epoch was made for. */
export const instance = pgTable(
  'instance',
  {
    id: smallint('id').primaryKey().default(1),
    epoch: text('epoch').notNull(),
    fingerprint: text('fingerprint').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [check('instance_is_one_row', sql`${t.id} = 1`)],
);

export const workspaces = pgTable('workspaces', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  createdAt: at('created_at').notNull().defaultNow(),
});

/** The head of each workspace's event log. Its row lock makes commit order the cursor order. */
export const workspaceHeads = pgTable('workspace_heads', {
  workspaceId: uuid('workspace_id').primaryKey(),
  head: count('head'),
  /** Events up to and including this one are no longer held. */
  floor: count('floor'),
});

/** `isOperator`: runs the instance (Meta apps, channel registration, unowned items), beside any role in a workspace. */
export const users = pgTable('users', {
  id: uuid('id').primaryKey(),
  /** Lower case. */
  email: text('email').unique(),
  name: text('name'),
  /** argon2id; null for a user of an external issuer. */
  passwordHash: text('password_hash'),
  isOperator: boolean('is_operator').notNull().default(false),
  disabledAt: at('disabled_at'),
  createdAt: at('created_at').notNull().defaultNow(),
});

export const externalIdentities = pgTable(
  'external_identities',
  {
    issuer: text('issuer').notNull(),
    subject: text('subject').notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
  },
  (t) => [primaryKey({ columns: [t.issuer, t.subject] }), index('external_identities_user').on(t.userId)],
);

export const memberships = pgTable(
  'memberships',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    role: text('role', { enum: ['owner', 'admin', 'agent', 'viewer'] }).notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.userId] }), index('memberships_user').on(t.userId)],
);

/**
 * Who was removed from a workspace though an external issuer may still vouch for them: their next token must not
 * bring them back.
 */
export const removedMembers = pgTable(
  'removed_members',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    removedAt: at('removed_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.userId] }), index('removed_members_user').on(t.userId)],
);

/** A sign-in of ours, or a session of an external issuer (its id is derived, see `externalSessionId`) once a token of it was seen. */
export const sessions = pgTable(
  'sessions',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id').notNull(),
    workspaceId: uuid('workspace_id').notNull(),
    /** The external issuer; null for a sign-in of ours. */
    issuer: text('issuer'),
    userAgent: text('user_agent'),
    createdAt: at('created_at').notNull().defaultNow(),
    expiresAt: at('expires_at').notNull(),
    endedAt: at('ended_at'),
    endReason: text('end_reason'),
  },
  (t) => [
    foreignKey({
      columns: [t.workspaceId, t.userId],
      foreignColumns: [memberships.workspaceId, memberships.userId],
    }).onDelete('cascade'),
    index('sessions_user').on(t.userId),
  ],
);

/** Refresh tokens by SHA-256. A used one that comes back means theft: the whole session ends. */
export const refreshTokens = pgTable(
  'refresh_tokens',
  {
    hash: bytea('hash').primaryKey(),
    sessionId: uuid('session_id')
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    createdAt: at('created_at').notNull().defaultNow(),
    usedAt: at('used_at'),
  },
  (t) => [index('refresh_tokens_session').on(t.sessionId)],
);

/**
 * What has been revoked, as a log that every process reads each second: `session` (subject: the session id) or `user`
 * (every token issued up to `revokedAt`; subject: the user id, or `userId@workspaceId` for those of one workspace).
 */
export const revocations = pgTable(
  'revocations',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    kind: text('kind', { enum: ['session', 'user'] }).notNull(),
    subject: text('subject').notNull(),
    reason: text('reason').notNull(),
    revokedAt: at('revoked_at').notNull().defaultNow(),
  },
  (t) => [index('revocations_subject').on(t.kind, t.subject), index('revocations_time').on(t.revokedAt)],
);

/** A Meta app whose webhooks this instance accepts. `secrets` is an encrypted JSON list, so that one can be rotated. */
export const metaApps = pgTable('meta_apps', {
  id: uuid('id').primaryKey(),
  /** Meta's app id. */
  appId: text('app_id').notNull().unique(),
  name: text('name').notNull(),
  secrets: text('secrets').notNull(),
  /** SHA-256 of the verify token of the callback handshake. */
  verifyTokenHash: bytea('verify_token_hash').notNull(),
  createdAt: at('created_at').notNull().defaultNow(),
  updatedAt: at('updated_at').notNull().defaultNow(),
});

export const channels = pgTable(
  'channels',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    platform: text('platform', { enum: ['whatsapp', 'messenger', 'instagram'] }).notNull(),
    /** WhatsApp phone number id, Facebook page id, Instagram professional account id. */
    externalId: text('external_id').notNull(),
    /** WhatsApp Business Account id: account and template fields name only this. */
    businessAccountId: text('business_account_id'),
    metaAppId: uuid('meta_app_id')
      .notNull()
      .references(() => metaApps.id),
    name: text('name').notNull(),
    status: text('status', { enum: ['connected', 'disconnected'] })
      .notNull()
      .default('connected'),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('channels_platform_external').on(t.platform, t.externalId),
    index('channels_workspace').on(t.workspaceId, t.id),
    index('channels_business_account').on(t.businessAccountId),
  ],
);

/** Apart from `channels`, so that counting a message does not lock the row that every intake batch reads. */
export const channelCounters = pgTable(
  'channel_counters',
  {
    channelId: uuid('channel_id').primaryKey(),
    workspaceId: uuid('workspace_id').notNull(),
    inboundCount: count('inbound_count'),
  },
  (t) => [index('channel_counters_workspace').on(t.workspaceId)],
);

/** Raw bodies as Meta posted them, committed before the 200. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    receivedAt: at('received_at').notNull().defaultNow(),
    metaAppId: uuid('meta_app_id').notNull(),
    lane: smallint('lane').notNull(),
    body: bytea('body').notNull(),
  },
  (t) => [index('webhook_deliveries_received').using('brin', t.receivedAt)],
);

/** Deliveries not yet taken in: a narrow table, so that finishing one does not rewrite its body. */
export const webhookPending = pgTable(
  'webhook_pending',
  {
    lane: smallint('lane').notNull(),
    deliveryId: bigint('delivery_id', { mode: 'number' }).notNull(),
    receivedAt: at('received_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.lane, t.deliveryId] })],
);

/**
 * Every element of every webhook. `dedupKey` decides that an effect happens once: the first 128 bits of
 * SHA-256 over (Meta app, platform, account, the platform's own key of the fact), so that another app cannot occupy it.
 */
export const webhookItems = pgTable(
  'webhook_items',
  {
    id: uuid('id').primaryKey(),
    dedupKey: uuid('dedup_key').notNull(),
    deliveryId: bigint('delivery_id', { mode: 'number' }).notNull(),
    path: text('path').notNull(),
    metaAppId: uuid('meta_app_id').notNull(),
    workspaceId: uuid('workspace_id'),
    channelId: uuid('channel_id'),
    platform: text('platform'),
    accountId: text('account_id'),
    businessAccountId: text('business_account_id'),
    field: text('field').notNull(),
    kind: text('kind').notNull(),
    /** `unowned`: no channel of that Meta app yet; taken in when one is registered. */
    state: text('state', { enum: ['processed', 'quarantined', 'unowned'] }).notNull(),
    reason: text('reason'),
    /** JSON text, not jsonb: kept as it came, whatever it holds. */
    raw: text('raw').notNull(),
    receivedAt: at('received_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('webhook_items_dedup').on(t.dedupKey),
    index('webhook_items_workspace').on(t.workspaceId, t.id),
    index('webhook_items_unowned').on(t.platform, t.accountId).where(sql`state = 'unowned'`),
    index('webhook_items_unsettled').on(t.state, t.id).where(sql`state <> 'processed'`),
  ],
);

export const contacts = pgTable(
  'contacts',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id').notNull(),
    name: text('name'),
    username: text('username'),
    phone: text('phone'),
    createdAt: at('created_at').notNull().defaultNow(),
    updatedAt: at('updated_at').notNull().defaultNow(),
  },
  (t) => [index('contacts_workspace').on(t.workspaceId, t.id)],
);

/**
 * How platforms know a contact. `scopeId`: the workspace for WhatsApp (a phone or user id means the same person on every number),
 * the channel for Messenger and Instagram (their ids are scoped to the page or account).
 */
export const contactIdentities = pgTable(
  'contact_identities',
  {
    scopeId: uuid('scope_id').notNull(),
    kind: text('kind', { enum: ['wa_user_id', 'wa_id', 'psid', 'igsid'] }).notNull(),
    value: text('value').notNull(),
    contactId: uuid('contact_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.scopeId, t.kind, t.value] }), index('contact_identities_contact').on(t.contactId)],
);

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

/** The transactional outbox and the log clients resume from. `data` is json, not jsonb: it is only ever handed on. */
export const events = pgTable(
  'events',
  {
    workspaceId: uuid('workspace_id').notNull(),
    sequence: bigint('sequence', { mode: 'number' }).notNull(),
    id: uuid('id').notNull(),
    type: text('type').notNull(),
    audience: text('audience').array().notNull(),
    /** The webhook field, for subscriptions by field. */
    field: text('field'),
    /** `webhook.received`: where the raw element is. */
    itemId: uuid('item_id'),
    occurredAt: at('occurred_at').notNull(),
    recordedAt: at('recorded_at').notNull().defaultNow(),
    data: json('data').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.sequence] }), index('events_recorded').using('brin', t.recordedAt)],
);

/** How far each consumer of the log has come in each workspace. */
export const consumerPositions = pgTable(
  'consumer_positions',
  {
    consumer: text('consumer').notNull(),
    workspaceId: uuid('workspace_id').notNull(),
    position: count('position'),
  },
  (t) => [primaryKey({ columns: [t.consumer, t.workspaceId] })],
);
