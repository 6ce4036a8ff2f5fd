import { sql } from 'drizzle-orm';
import { index, json, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { at, tsvector } from './columns';

/** `attributes`: values of the workspace's custom attributes by key. `search` holds the workspace's id too, so that a search reads its own workspace only. */
export const contacts = pgTable(
  'contacts',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id').notNull(),
    name: text('name'),
    /** The name that a webhook gave last. Where `name` is another, somebody gave it, and webhooks leave it. */
    platformName: text('platform_name'),
    username: text('username'),
    phone: text('phone'),
    /** Lower case. */
    email: text('email'),
    attributes: jsonb('attributes').notNull().default({}),
    createdAt: at('created_at').notNull().defaultNow(),
    updatedAt: at('updated_at').notNull().defaultNow(),
    /** The person's data was erased on request; the row remains for the conversations that name it. */
    erasedAt: at('erased_at'),
    search: tsvector('search').generatedAlwaysAs(
      sql`to_tsvector('simple', left(translate(coalesce(name, '') || ' ' || coalesce(username, '') || ' ' || coalesce(phone, '') || ' ' || coalesce(email, ''), '@.-_+/', '      '), 500)) || array_to_tsvector(array[workspace_id::text])`,
    ),
  },
  (t) => [
    index('contacts_workspace').on(t.workspaceId, t.id),
    index('contacts_search').using('gin', t.search),
    index('contacts_attributes').using('gin', t.attributes.op('jsonb_path_ops')),
  ],
);

/**
 * How a contact is known, each way to one contact only. `scopeId`: the workspace for WhatsApp (a phone or user id means the same person
 * on every number) and e-mail, the channel for Messenger and Instagram (their ids are scoped to the page or account).
 */
export const contactIdentities = pgTable(
  'contact_identities',
  {
    scopeId: uuid('scope_id').notNull(),
    kind: text('kind', { enum: ['wa_user_id', 'wa_id', 'psid', 'igsid', 'email'] }).notNull(),
    value: text('value').notNull(),
    contactId: uuid('contact_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.scopeId, t.kind, t.value] }),
    index('contact_identities_contact').on(t.contactId),
    index('contact_identities_value').on(t.value),
  ],
);

export const contactTags = pgTable(
  'contact_tags',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id').notNull(),
    name: text('name').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('contact_tags_name').on(t.workspaceId, sql`lower(${t.name})`),
    index('contact_tags_workspace').on(t.workspaceId, t.id),
  ],
);

export const contactTaggings = pgTable(
  'contact_taggings',
  {
    tagId: uuid('tag_id').notNull(),
    contactId: uuid('contact_id').notNull(),
    workspaceId: uuid('workspace_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tagId, t.contactId] }), index('contact_taggings_contact').on(t.contactId)],
);

/** The custom attributes that contacts of a workspace may have. */
export const contactAttributes = pgTable(
  'contact_attributes',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id').notNull(),
    key: text('key').notNull(),
    label: text('label').notNull(),
    type: text('type', { enum: ['text', 'number', 'boolean', 'date', 'choices'] }).notNull(),
    /** Type `choices`: the values that may be chosen. */
    choices: text('choices').array(),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('contact_attributes_key').on(t.workspaceId, t.key),
    index('contact_attributes_workspace').on(t.workspaceId, t.id),
  ],
);

/** Where a contact stands, by channel. `channelId` of zeros: every channel. The latest change by `at` counts. */
export const contactConsents = pgTable(
  'contact_consents',
  {
    contactId: uuid('contact_id').notNull(),
    channelId: uuid('channel_id').notNull(),
    workspaceId: uuid('workspace_id').notNull(),
    state: text('state', { enum: ['opted_in', 'opted_out'] }).notNull(),
    source: text('source').notNull(),
    detail: text('detail'),
    at: at('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.contactId, t.channelId] })],
);

/** Every change of consent that was told, whether it was the latest or not. */
export const contactConsentChanges = pgTable(
  'contact_consent_changes',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id').notNull(),
    contactId: uuid('contact_id').notNull(),
    channelId: uuid('channel_id').notNull(),
    state: text('state', { enum: ['opted_in', 'opted_out'] }).notNull(),
    source: text('source').notNull(),
    detail: text('detail'),
    at: at('at').notNull(),
    recordedAt: at('recorded_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('contact_consent_changes_once').on(t.contactId, t.channelId, t.at, t.state, t.source),
    index('contact_consent_changes_contact').on(t.contactId, t.id),
  ],
);

export const contactSegments = pgTable(
  'contact_segments',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id').notNull(),
    name: text('name').notNull(),
    filter: json('filter').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
    updatedAt: at('updated_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('contact_segments_name').on(t.workspaceId, sql`lower(${t.name})`),
    index('contact_segments_workspace').on(t.workspaceId, t.id),
  ],
);

/** Two contacts that turned out to be one, found while messages were taken in; merged soon after. */
export const contactLinks = pgTable(
  'contact_links',
  {
    contactId: uuid('contact_id').notNull(),
    otherId: uuid('other_id').notNull(),
    workspaceId: uuid('workspace_id').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
    /** When they are merged; later where it has failed. */
    dueAt: at('due_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.contactId, t.otherId] })],
);

/** A merge, with what is needed to undo it: both contacts as they were, and what was moved. */
export const contactMerges = pgTable(
  'contact_merges',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id').notNull(),
    contactId: uuid('contact_id').notNull(),
    mergedContactId: uuid('merged_contact_id').notNull(),
    reason: text('reason', { enum: ['manual', 'linked'] }).notNull(),
    mergedBy: uuid('merged_by'),
    moved: json('moved').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
    undoneAt: at('undone_at'),
  },
  (t) => [
    index('contact_merges_contact').on(t.contactId, t.id),
    index('contact_merges_merged').on(t.mergedContactId, t.id),
  ],
);

/** Messages that a merge moved into another conversation. */
export const contactMergeMessages = pgTable(
  'contact_merge_messages',
  { mergeId: uuid('merge_id').notNull(), messageId: uuid('message_id').notNull() },
  (t) => [primaryKey({ columns: [t.mergeId, t.messageId] })],
);
