import { bigint, boolean, index, integer, json, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { at, bytea, count } from './columns';

/** A CSV file of contacts and how far it has been taken in. One worker at a time, by the lease. */
export const contactImports = pgTable(
  'contact_imports',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id').notNull(),
    fileName: text('file_name').notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    /** `checked`: a dry run ended. */
    state: text('state', {
      enum: ['uploading', 'uploaded', 'running', 'checked', 'completed', 'failed'],
    }).notNull(),
    reason: text('reason'),
    delimiter: text('delimiter'),
    columns: jsonb('columns'),
    sample: json('sample'),
    /** What each column means, and what goes for every row. */
    options: jsonb('options'),
    dryRun: boolean('dry_run').notNull().default(false),
    /** Byte from which the next batch is read. */
    offset: bigint('byte_offset', { mode: 'number' }).notNull().default(0),
    /** Line of the file at `offset`. */
    line: integer('line').notNull().default(0),
    rows: count('rows'),
    created: count('created'),
    updated: count('updated'),
    unchanged: count('unchanged'),
    failed: count('failed'),
    /** Rows that would have opted in who has opted out. */
    optOutsKept: count('opt_outs_kept'),
    /** Rows of somebody who stands in the file before, where rows are kept. */
    duplicates: count('duplicates'),
    leaseOwner: uuid('lease_owner'),
    leaseUntil: at('lease_until'),
    createdBy: uuid('created_by').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
    startedAt: at('started_at'),
    finishedAt: at('finished_at'),
    /** When progress was last told. */
    toldAt: at('told_at'),
  },
  (t) => [index('contact_imports_workspace').on(t.workspaceId, t.id), index('contact_imports_state').on(t.state, t.id)],
);

/** The file in pieces of one size, so that any worker reads on from any byte. */
export const contactImportChunks = pgTable(
  'contact_import_chunks',
  { importId: uuid('import_id').notNull(), number: integer('number').notNull(), body: bytea('body').notNull() },
  (t) => [primaryKey({ columns: [t.importId, t.number] })],
);

/** Rows of files that are kept for campaigns, one a contact: the first that was theirs. */
export const contactImportRows = pgTable(
  'contact_import_rows',
  {
    importId: uuid('import_id').notNull(),
    contactId: uuid('contact_id').notNull(),
    workspaceId: uuid('workspace_id').notNull(),
    line: integer('line').notNull(),
    /** Column → cell, but for the empty ones. */
    record: jsonb('record').notNull(),
  },
  (t) => [primaryKey({ columns: [t.importId, t.contactId] }), index('contact_import_rows_contact').on(t.contactId)],
);

/** Rows that were not taken in, or whose consent was not, and why. */
export const contactImportErrors = pgTable(
  'contact_import_errors',
  {
    importId: uuid('import_id').notNull(),
    line: integer('line').notNull(),
    workspaceId: uuid('workspace_id').notNull(),
    message: text('message').notNull(),
    record: text('record').array().notNull(),
  },
  (t) => [primaryKey({ columns: [t.importId, t.line] }), index('contact_import_errors_workspace').on(t.workspaceId)],
);
