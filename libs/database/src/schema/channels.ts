import { sql } from 'drizzle-orm';
import { index, integer, json, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { at, bytea, count } from './columns';
import { workspaces } from './identity';

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
    status: text('status', { enum: ['connecting', 'connected', 'disconnected', 'reconnecting', 'failed'] })
      .notNull()
      .default('connected'),
    /** Why it is not connected, for people. */
    statusReason: text('status_reason'),
    /** How often a connection has been tried since the last success. */
    statusAttempt: integer('status_attempt').notNull().default(0),
    statusAt: at('status_at').notNull().defaultNow(),
    /** What the Graph API says of the account; see ChannelDetails. */
    details: json('details').notNull().default({}),
    /** When that is to be read again; null while there is no token. */
    detailsDueAt: at('details_due_at'),
    /** WhatsApp: when its templates were last read whole; null before the first time. */
    templatesSyncedAt: at('templates_synced_at'),
    templatesDueAt: at('templates_due_at'),
    /** Given up by its workspace, which keeps the history: the account is free to be registered again. */
    releasedAt: at('released_at'),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('channels_platform_external').on(t.platform, t.externalId).where(sql`released_at is null`),
    index('channels_workspace').on(t.workspaceId, t.id),
    index('channels_business_account').on(t.businessAccountId),
    index('channels_details_due').on(t.detailsDueAt).where(sql`details_due_at is not null`),
    index('channels_templates_due').on(t.templatesDueAt).where(sql`templates_due_at is not null`),
    index('channels_connecting').on(t.statusAt).where(sql`status in ('connecting', 'reconnecting')`),
    index('channels_meta_app').on(t.metaAppId),
  ],
);

/** How the Graph API is called for a channel. Apart from `channels`, so that no list of channels can bring a token along. */
export const channelCredentials = pgTable(
  'channel_credentials',
  {
    channelId: uuid('channel_id').primaryKey(),
    workspaceId: uuid('workspace_id').notNull(),
    /** Sealed; see SecretBox. */
    token: text('token').notNull(),
    /** As far as Meta says; null where it does not end or Meta does not say. */
    tokenExpiresAt: at('token_expires_at'),
    /** When it is to be renewed; null where it cannot be. */
    tokenRenewAt: at('token_renew_at'),
    /** Instagram has two ways in, with different hosts and tokens. */
    login: text('login', { enum: ['facebook', 'instagram'] })
      .notNull()
      .default('facebook'),
    /** Origin of the Graph API where not the login's own. */
    graphHost: text('graph_host'),
    /** `v26.0`; the instance's where null. */
    graphVersion: text('graph_version'),
    updatedAt: at('updated_at').notNull().defaultNow(),
  },
  (t) => [
    index('channel_credentials_workspace').on(t.workspaceId),
    index('channel_credentials_renew').on(t.tokenRenewAt).where(sql`token_renew_at is not null`),
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
