import { index, json, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { at } from './columns';

/** WhatsApp message templates, as Meta has them. A template is of a business account and serves all its numbers. */
export const messageTemplates = pgTable(
  'message_templates',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id').notNull(),
    businessAccountId: text('business_account_id').notNull(),
    /** Meta's id. */
    metaTemplateId: text('meta_template_id').notNull(),
    name: text('name').notNull(),
    language: text('language').notNull(),
    category: text('category').notNull(),
    /** Meta's word: `APPROVED`, `PENDING`, `REJECTED`, `PAUSED` … */
    status: text('status').notNull(),
    /** When Meta decided so: an older word that comes later is not taken. */
    statusAt: at('status_at').notNull(),
    quality: text('quality'),
    /** Why it was rejected, paused or disabled. */
    reason: text('reason'),
    /** As `GET /{business account}/message_templates` gives it. */
    definition: json('definition').notNull(),
    /** When Meta was last seen to have it. */
    seenAt: at('seen_at').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
    updatedAt: at('updated_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('message_templates_name').on(t.workspaceId, t.businessAccountId, t.name, t.language),
    index('message_templates_list').on(t.workspaceId, t.id),
    index('message_templates_meta').on(t.workspaceId, t.businessAccountId, t.metaTemplateId),
  ],
);
