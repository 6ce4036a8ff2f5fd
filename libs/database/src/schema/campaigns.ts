import { sql } from 'drizzle-orm';
import {
  bigserial,
  boolean,
  index,
  integer,
  json,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  real,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { at } from './columns';

/** One message to many. What it says and to whom may change until it starts. */
export const campaigns = pgTable(
  'campaigns',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id').notNull(),
    channelId: uuid('channel_id').notNull(),
    name: text('name').notNull(),
    status: text('status', {
      enum: ['draft', 'scheduled', 'running', 'paused', 'completed', 'cancelled', 'failed'],
    })
      .notNull()
      .default('draft'),
    /** Why it is paused or has failed. */
    reason: json('reason'),
    /** Whom it is for; see AudienceDto. */
    audience: json('audience').notNull(),
    /** What is sent, by variant; one where nothing is compared. */
    variants: json('variants').notNull(),
    /** `opt_in`: only to those who have agreed. */
    consent: text('consent', { enum: ['no_opt_out', 'opt_in'] })
      .notNull()
      .default('no_opt_out'),
    /** Time zone, recipients' own time and quiet hours; null: at any time. */
    schedule: json('schedule'),
    /** While it is scheduled. */
    startsAt: at('starts_at'),
    /** Part of what was sent since it began or went on that may fail before it pauses by itself; null: any. */
    failureRatio: real('failure_ratio'),
    /** A customer who writes within so long of their message has replied to the campaign. */
    attributionHours: integer('attribution_hours').notNull().default(72),
    /** Meta's word on the number when it began or went on. */
    qualityBefore: text('quality_before'),
    /** Variants are tried on a part first; see Trial. */
    trial: json('trial'),
    /** When what was tried is decided, and what the rest is sent; see Decision. */
    decideAt: at('decide_at'),
    decision: json('decision'),
    /** The campaign whose failed recipients it is for. */
    retryOf: uuid('retry_of'),
    createdBy: uuid('created_by').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
    updatedAt: at('updated_at').notNull().defaultNow(),
    startedAt: at('started_at'),
    finishedAt: at('finished_at'),
  },
  (t) => [
    index('campaigns_list').on(t.workspaceId, t.id),
    index('campaigns_active').on(t.channelId, t.id).where(sql`status in ('scheduled', 'running', 'paused')`),
  ],
);

/**
 * Whom a campaign is for, frozen when it starts. One row a contact: its key, and not a lock or a job, is what sends to nobody twice. A row
 * that leaves `pending` and the message to its contact are one transaction.
 */
export const campaignRecipients = pgTable(
  'campaign_recipients',
  {
    campaignId: uuid('campaign_id').notNull(),
    contactId: uuid('contact_id').notNull(),
    workspaceId: uuid('workspace_id').notNull(),
    variant: text('variant').notNull(),
    state: text('state', {
      enum: ['pending', 'queued', 'sent', 'delivered', 'read', 'failed', 'unknown', 'cancelled', 'excluded'],
    }).notNull(),
    /** Why they are excluded. */
    reason: text('reason'),
    /** Why their message failed. */
    error: json('error'),
    /** What the message speaks of in the file that they stand in: column → cell. */
    row: json('row'),
    /** Meta's pricing category of their message, or `free`; and where their number is of: four digits. */
    pricing: text('pricing'),
    phonePrefix: text('phone_prefix'),
    /** Theirs, where it is sent by their own time. */
    timeZone: text('time_zone'),
    /** Not before this. */
    dueAt: at('due_at').notNull(),
    messageId: uuid('message_id'),
    /** When their message was given to the channel's queue. */
    queuedAt: at('queued_at'),
    repliedAt: at('replied_at'),
  },
  (t) => [
    primaryKey({ columns: [t.campaignId, t.contactId] }),
    index('campaign_recipients_due').on(t.campaignId, t.dueAt, t.contactId).where(sql`state = 'pending'`),
    index('campaign_recipients_open').on(t.campaignId).where(sql`state in ('queued', 'unknown')`),
    index('campaign_recipients_state').on(t.campaignId, t.state, t.contactId),
    index('campaign_recipients_message').on(t.messageId).where(sql`message_id is not null`),
    index('campaign_recipients_contact').on(t.contactId),
    index('campaign_recipients_sent').on(t.workspaceId, t.queuedAt).where(sql`queued_at is not null`),
  ],
);

/** How many recipients stand where. Changed in the transactions that move recipients, under the lock of this row. */
export const campaignProgress = pgTable(
  'campaign_progress',
  {
    campaignId: uuid('campaign_id').primaryKey(),
    /** See Tally. */
    tally: jsonb('tally').notNull(),
    /** Something has changed that was not told. */
    dirty: boolean('dirty').notNull().default(false),
    toldAt: at('told_at'),
    /** Messages that had left when it was last told. */
    toldLeft: integer('told_left').notNull().default(0),
    /** When, and at how many that had left and failed, it began or went on: what it is paused for by itself counts from there. */
    since: jsonb('since'),
  },
  (t) => [index('campaign_progress_dirty').on(t.toldAt).where(sql`dirty`)],
);

/**
 * Messages of campaigns whose state has moved, and replies to them, written where that happens and counted soon after: so that intake
 * and sending wait for no campaign.
 */
export const campaignSignals = pgTable(
  'campaign_signals',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    campaignId: uuid('campaign_id').notNull(),
    messageId: uuid('message_id'),
    /** Who replied, and when. */
    contactId: uuid('contact_id'),
    at: at('at'),
  },
  (t) => [index('campaign_signals_campaign').on(t.campaignId, t.id)],
);

/** What a workspace says Meta's messages cost; Meta's own prices are in no API. */
export const campaignPrices = pgTable('campaign_prices', {
  workspaceId: uuid('workspace_id').primaryKey(),
  currency: text('currency').notNull(),
  /** By category and calling code; see Price. */
  prices: json('prices').notNull(),
  updatedAt: at('updated_at').notNull().defaultNow(),
});

/** What contacts did elsewhere, each once by its key, and the campaign that it is put down to. */
export const conversions = pgTable(
  'conversions',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id').notNull(),
    /** The sender's own name for it; its id once the contact was erased. */
    key: text('key').notNull(),
    contactId: uuid('contact_id').notNull(),
    campaignId: uuid('campaign_id'),
    /** Its recipient: whom the contact was before a merge. */
    recipientId: uuid('recipient_id'),
    variant: text('variant'),
    name: text('name').notNull(),
    value: numeric('value'),
    currency: text('currency'),
    at: at('at').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('conversions_key').on(t.workspaceId, t.key),
    index('conversions_campaign').on(t.campaignId, t.recipientId).where(sql`campaign_id is not null`),
    index('conversions_contact').on(t.contactId),
  ],
);
