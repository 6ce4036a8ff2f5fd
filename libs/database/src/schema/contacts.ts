import { sql } from 'drizzle-orm';
import { index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { at } from './columns';

export const contacts = pgTable(
  'contacts',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id').notNull(),
    name: text('name'),
    username: text('username'),
    phone: text('phone'),
    createdAt: at('created_at').notNull().defaultNow(),
    updatedAt: at('updated_at').notNull().defaultNow(),
  },
  (t) => [
    index('contacts_workspace').on(t.workspaceId, t.id),
    // With the workspace as one more word: the index finds nothing of other workspaces.
    index('contacts_words').using(
      'gin',
      sql`(to_tsvector('simple', left(coalesce(name, '') || ' ' || coalesce(username, '') || ' ' || coalesce(phone, ''), 2000)) || array_to_tsvector(array[workspace_id::text]))`,
    ),
  ],
);

/**
 * How platforms know a contact. `scopeId`: the workspace for WhatsApp (a phone or user id means the same person on every number),
 * the channel for Messenger and Instagram (their ids are scoped to the page or account).
 */
export const contactIdentities = pgTable(
  'contact_identities',
  {
    scopeId: uuid('scope_id').notNull(),
    kind: text('kind', { enum: ['wa_user_id', 'wa_id', 'psid', 'igsid'] }).notNull(),
    value: text('value').notNull(),
    contactId: uuid('contact_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.scopeId, t.kind, t.value] }), index('contact_identities_contact').on(t.contactId)],
);
