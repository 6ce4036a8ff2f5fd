import { bigint, index, json, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { at, bytea } from './columns';

/** Whom a raw webhook item is about. Narrow and apart from the items: to fill it in later would rewrite their raw text. */
export const webhookItemContacts = pgTable(
  'webhook_item_contacts',
  { contactId: uuid('contact_id').notNull(), itemId: uuid('item_id').notNull() },
  (t) => [
    primaryKey({ columns: [t.contactId, t.itemId] }),
    index('webhook_item_contacts_item').using('brin', t.itemId.op('uuid_minmax_ops')),
  ],
);

/** Erasures of a person's data. `subject` names them to the work that is still to do and is emptied at its end. */
export const contactErasures = pgTable(
  'contact_erasures',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id').notNull(),
    contactId: uuid('contact_id').notNull(),
    subject: json('subject').notNull(),
    state: text('state', { enum: ['running', 'done'] }).notNull(),
    /** Events up to this one have been looked through. */
    position: bigint('position', { mode: 'number' }).notNull().default(0),
    requestedBy: uuid('requested_by').notNull(),
    requestedAt: at('requested_at').notNull().defaultNow(),
    /** When it goes on: later after each time that it could not. */
    nextAt: at('next_at').notNull().defaultNow(),
    finishedAt: at('finished_at'),
  },
  (t) => [
    index('contact_erasures_workspace').on(t.workspaceId, t.id),
    index('contact_erasures_state').on(t.state, t.nextAt),
  ],
);

/**
 * Who has been erased and when, by keyed hashes of the ids that platforms know them by: what is imported from before then is theirs and
 * is not to come back. See ErasedPeople.
 */
export const erasedIdentities = pgTable('erased_identities', {
  hash: bytea('hash').primaryKey(),
  workspaceId: uuid('workspace_id').notNull(),
  erasedAt: at('erased_at').notNull().defaultNow(),
});
