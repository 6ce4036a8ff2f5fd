import { sql } from 'drizzle-orm';
import {
  bigint,
  bigserial,
  boolean,
  index,
  integer,
  json,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { at } from './columns';

/** What answers by itself. `draft` may change at any time; what runs is a version. */
export const flows = pgTable(
  'flows',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id').notNull(),
    name: text('name').notNull(),
    state: text('state', { enum: ['draft', 'published', 'off'] })
      .notNull()
      .default('draft'),
    /** See FlowDefinition. */
    draft: json('draft').notNull(),
    /** The version that was published last. */
    versionId: uuid('version_id'),
    version: integer('version').notNull().default(0),
    /** That version has a schedule. */
    scheduled: boolean('scheduled').notNull().default(false),
    createdBy: uuid('created_by').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
    updatedAt: at('updated_at').notNull().defaultNow(),
    publishedAt: at('published_at'),
  },
  (t) => [
    index('flows_list').on(t.workspaceId, t.id),
    index('flows_published').on(t.workspaceId).where(sql`state = 'published'`),
    index('flows_scheduled').on(t.id).where(sql`state = 'published' and scheduled`),
  ],
);

/** What executions run, never changed. One without a number is a draft as it was when somebody tried it. */
export const flowVersions = pgTable(
  'flow_versions',
  {
    id: uuid('id').primaryKey(),
    flowId: uuid('flow_id').notNull(),
    workspaceId: uuid('workspace_id').notNull(),
    number: integer('number'),
    definition: json('definition').notNull(),
    createdBy: uuid('created_by').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [uniqueIndex('flow_versions_number').on(t.flowId, t.number).where(sql`number is not null`)],
);

const live = sql`state in ('running', 'waiting')`;

/**
 * One way of one contact through a flow. `running` and `waiting` are live: what is to be done with them is due at `due_at`. Its row lock
 * gives a step to one worker.
 */
export const flowExecutions = pgTable(
  'flow_executions',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id').notNull(),
    flowId: uuid('flow_id').notNull(),
    versionId: uuid('version_id').notNull(),
    /** Runs a draft. */
    test: boolean('test').notNull().default(false),
    state: text('state', {
      enum: ['running', 'waiting', 'completed', 'failed', 'cancelled', 'handed_over'],
    }).notNull(),
    /** Which worker's turn it is, of as many as there are lanes. */
    lane: smallint('lane').notNull(),
    /** See ExecutionState. */
    machine: json('machine').notNull(),
    /** The step it is at. */
    atStep: text('at_step').notNull(),
    /** Of its history. */
    n: integer('n').notNull().default(0),
    /** What started it. */
    trigger: json('trigger').notNull(),
    /** What the contact wrote last. */
    message: json('message'),
    contactId: uuid('contact_id'),
    conversationId: uuid('conversation_id'),
    channelId: uuid('channel_id'),
    /** When it goes on by itself; null: only when something happens. */
    dueAt: at('due_at'),
    /** When it would be due but for a person who has taken over; see flow_holds. */
    heldDueAt: at('held_due_at'),
    /** See Wait. */
    wait: json('wait'),
    /** What ends the waiting: `message`, `call`, or the name of an event; null once it has come. */
    waitsFor: text('waits_for'),
    /** The head of the log when it began to wait: what was told before is no answer. */
    waitsAfter: bigint('waits_after', { mode: 'number' }),
    /** What has ended the waiting. See Arrival. */
    arrival: json('arrival'),
    /** The step is being done outside of the database. Who finds it so when it is due knows that a process has ended meanwhile. */
    outside: boolean('outside').notNull().default(false),
    /** Grows with every transaction that moves it. */
    turn: integer('turn').notNull().default(0),
    outcome: text('outcome'),
    error: json('error'),
    /** The execution whose step `call` waits for it. */
    parentId: uuid('parent_id'),
    /** Of calls. */
    depth: smallint('depth').notNull().default(0),
    replayOf: uuid('replay_of'),
    startedAt: at('started_at').notNull(),
    updatedAt: at('updated_at').notNull(),
    finishedAt: at('finished_at'),
  },
  (t) => [
    uniqueIndex('flow_executions_live').on(t.flowId, t.contactId).where(sql`state in ('running', 'waiting')`),
    index('flow_executions_due').on(t.lane, t.dueAt).where(live),
    index('flow_executions_waits').on(t.contactId).where(sql`state = 'waiting' and waits_for is not null`),
    index('flow_executions_conversation').on(t.conversationId).where(live),
    index('flow_executions_here').on(t.flowId, t.atStep).where(live),
    index('flow_executions_parent').on(t.parentId).where(sql`parent_id is not null`),
    index('flow_executions_contact').on(t.contactId, t.flowId, t.startedAt),
    index('flow_executions_author').on(sql`(trigger ->> 'author')`).where(sql`contact_id is null`),
    index('flow_executions_list').on(t.workspaceId, t.id),
    index('flow_executions_flow').on(t.flowId, t.id),
    index('flow_executions_finished').on(t.finishedAt).where(sql`finished_at is not null`),
  ],
);

/** What an execution did, a row each time it comes to a step. */
export const flowExecutionSteps = pgTable(
  'flow_execution_steps',
  {
    executionId: uuid('execution_id').notNull(),
    n: integer('n').notNull(),
    step: text('step').notNull(),
    kind: text('kind').notNull(),
    /** `unknown`: it may have been done, and is not done again. */
    state: text('state', {
      enum: ['begun', 'waiting', 'completed', 'failed', 'unknown', 'cancelled'],
    }).notNull(),
    input: json('input'),
    output: json('output'),
    error: json('error'),
    /** What it sent. */
    messageId: uuid('message_id'),
    startedAt: at('started_at').notNull(),
    finishedAt: at('finished_at'),
  },
  (t) => [
    primaryKey({ columns: [t.executionId, t.n] }),
    index('flow_execution_steps_message').on(t.messageId).where(sql`message_id is not null`),
  ],
);

/** How often each step of a version was come to, done and failed. */
export const flowStepCounts = pgTable(
  'flow_step_counts',
  {
    versionId: uuid('version_id').notNull(),
    step: text('step').notNull(),
    entered: bigint('entered', { mode: 'number' }).notNull(),
    completed: bigint('completed', { mode: 'number' }).notNull(),
    failed: bigint('failed', { mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.versionId, t.step] })],
);

/** What is still to be added to the counts: executions of one flow would wait for each other at its row there. */
export const flowStepMoves = pgTable('flow_step_moves', {
  id: bigserial('id', { mode: 'number' }).primaryKey(),
  versionId: uuid('version_id').notNull(),
  step: text('step').notNull(),
  entered: integer('entered').notNull(),
  completed: integer('completed').notNull(),
  failed: integer('failed').notNull(),
});

/** Conversations that a person has taken over: no flow runs there. */
export const flowHolds = pgTable(
  'flow_holds',
  {
    conversationId: uuid('conversation_id').primaryKey(),
    workspaceId: uuid('workspace_id').notNull(),
    until: at('until').notNull(),
  },
  (t) => [index('flow_holds_until').on(t.until)],
);

/** Messages that flows have sent to a contact within an hour of the clock. */
export const flowBudgets = pgTable(
  'flow_budgets',
  {
    contactId: uuid('contact_id').notNull(),
    hour: at('hour').notNull(),
    sent: integer('sent').notNull(),
  },
  (t) => [primaryKey({ columns: [t.contactId, t.hour] }), index('flow_budgets_hour').on(t.hour)],
);

/** What HTTP steps may name and nobody reads. */
export const flowSecrets = pgTable(
  'flow_secrets',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id').notNull(),
    name: text('name').notNull(),
    /** See SecretBox. */
    sealed: text('sealed').notNull(),
    updatedAt: at('updated_at').notNull().defaultNow(),
  },
  (t) => [uniqueIndex('flow_secrets_name').on(t.workspaceId, t.name)],
);

/** Times that a schedule has come to: the key starts each once. */
export const flowTicks = pgTable(
  'flow_ticks',
  {
    flowId: uuid('flow_id').notNull(),
    /** Which of the flow's triggers. */
    trigger: smallint('trigger').notNull(),
    at: at('at').notNull(),
    workspaceId: uuid('workspace_id').notNull(),
    versionId: uuid('version_id').notNull(),
    /** The contact up to whom it has been started. */
    after: uuid('after'),
    doneAt: at('done_at'),
  },
  (t) => [
    primaryKey({ columns: [t.flowId, t.trigger, t.at] }),
    index('flow_ticks_open').on(t.at).where(sql`done_at is null`),
  ],
);
