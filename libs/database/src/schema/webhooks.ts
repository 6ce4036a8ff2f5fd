import { sql } from 'drizzle-orm';
import { bigint, bigserial, index, pgTable, primaryKey, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { at, bytea } from './columns';

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
