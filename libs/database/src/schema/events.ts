import { sql } from 'drizzle-orm';
import { bigint, check, integer, json, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { at, count } from './columns';

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

/** The head of each workspace's event log. Its row lock makes commit order the cursor order. */
export const workspaceHeads = pgTable('workspace_heads', {
  workspaceId: uuid('workspace_id').primaryKey(),
  head: count('head'),
  /** Events up to and including this one are no longer held. */
  floor: count('floor'),
});

/**
 * The transactional outbox and the log clients resume from. `data` is json, not jsonb: it is only ever handed on. Partitioned by
 * `partition` into `events_0`, `events_1` …, each with the primary key (workspace_id, sequence). The whole has none: a key of it would have
 * to hold the partition, and the row lock on the head gives each sequence once.
 */
export const events = pgTable('events', {
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
  partition: integer('partition').notNull(),
});

/** The partitions of `events`. The highest that is opened takes what is recorded; one more stands ready. */
export const eventPartitions = pgTable('event_partitions', {
  number: integer('number').primaryKey(),
  /** When the partition had been attached: a transaction that began before may not know of it. */
  attachedAt: at('attached_at').notNull().default(sql`clock_timestamp()`),
  openedAt: at('opened_at'),
});

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
