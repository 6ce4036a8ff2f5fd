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

/**
 * Whom a raw webhook item names who was no contact when it came: the author of a comment, the recipient of a status of a message that
 * another system sent, a lead. By the ids in it, as in `contact_identities`, so that it is theirs once they are a contact, and follows
 * merges.
 */
export const webhookItemIdentities = pgTable(
  'webhook_item_identities',
  {
    /** As in `contact_identities`; the channel for the kinds that are only here. */
    scopeId: uuid('scope_id').notNull(),
    /** `message_id`: of an item that names a message and nobody. */
    kind: text('kind', {
      enum: ['wa_user_id', 'wa_id', 'psid', 'igsid', 'username', 'message_id', 'lead_id'],
    }).notNull(),
    value: text('value').notNull(),
    itemId: uuid('item_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.scopeId, t.kind, t.value, t.itemId] }),
    index('webhook_item_identities_item').using('brin', t.itemId.op('uuid_minmax_ops')),
  ],
);

/** Where else an item stands that Meta has told more than once: an erasure is to reach those bodies too. */
export const webhookItemRepeats = pgTable(
  'webhook_item_repeats',
  {
    itemId: uuid('item_id').notNull(),
    deliveryId: bigint('delivery_id', { mode: 'number' }).notNull(),
    path: text('path').notNull(),
  },
  (t) => [primaryKey({ columns: [t.itemId, t.deliveryId, t.path] })],
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
