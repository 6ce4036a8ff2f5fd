import { sql } from 'drizzle-orm';
import { index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { at } from './columns';

/**
 * What Messenger and Instagram say of a customer, whom their webhooks do not name: read through the Graph API, and kept. Whose it is
 * stands in contact_identities: contacts are merged and parted again.
 */
export const contactProfiles = pgTable(
  'contact_profiles',
  {
    channelId: uuid('channel_id').notNull(),
    /** Page-scoped or Instagram-scoped id. */
    customer: text('customer').notNull(),
    workspaceId: uuid('workspace_id').notNull(),
    name: text('name'),
    username: text('username'),
    /** Meta's address of the picture, which ends after some days. */
    pictureUrl: text('picture_url'),
    /** Why Meta does not tell: remembered, so that it is not asked again with every message. */
    hiddenReason: text('hidden_reason'),
    fetchedAt: at('fetched_at'),
    /** When it is to be read; null: not until they write again and it is old. */
    dueAt: at('due_at'),
    attempts: integer('attempts').notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.channelId, t.customer] }),
    index('contact_profiles_due').on(t.channelId, t.dueAt).where(sql`due_at is not null`),
    index('contact_profiles_customer').on(t.customer),
  ],
);

/** When a channel may call a rate-limited part of the Graph API again, whatever process asks. */
export const graphRates = pgTable(
  'graph_rates',
  {
    channelId: uuid('channel_id').notNull(),
    kind: text('kind', { enum: ['profiles', 'mentions'] }).notNull(),
    nextAt: at('next_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.channelId, t.kind] })],
);
