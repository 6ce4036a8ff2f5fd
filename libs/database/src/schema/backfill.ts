import { index, integer, json, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { at } from './columns';

/**
 * How far the conversations of a page or Instagram account have been read through the Graph API. One row a channel: its next step is
 * taken by whoever takes the row, which keeps Meta's rate over all processes.
 */
export const channelBackfills = pgTable(
  'channel_backfills',
  {
    channelId: uuid('channel_id').primaryKey(),
    workspaceId: uuid('workspace_id').notNull(),
    state: text('state', { enum: ['running', 'idle'] }).notNull(),
    /** The next call is not made before. */
    nextAt: at('next_at').notNull(),
    /** This run reads back to here. */
    since: at('since').notNull(),
    /** Everything older is known: webhooks brought it, or a run. Null before the first run is done. */
    coveredUntil: at('covered_until'),
    /** Webhooks have been missing since then. */
    silentSince: at('silent_since'),
    /** The newest message, by Meta's clock, that the last run saw. */
    newestSeen: at('newest_seen'),
    /** Where this run goes on; see BackfillPosition. */
    position: json('position').notNull(),
    conversations: integer('conversations').notNull().default(0),
    /** Brought by this run. */
    messages: integer('messages').notNull().default(0),
    attempts: integer('attempts').notNull().default(0),
    /** Why the last step failed. */
    problem: text('problem'),
    startedAt: at('started_at').notNull(),
    finishedAt: at('finished_at'),
  },
  (t) => [index('channel_backfills_next').on(t.nextAt)],
);
