import { sql } from 'drizzle-orm';
import { index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { at } from './columns';
import { workspaces } from './identity';

const workspace = () =>
  uuid('workspace_id')
    .notNull()
    .references(() => workspaces.id, { onDelete: 'cascade' });

/** The labels of a workspace. A deleted one stays until it has been taken off every conversation. */
export const labels = pgTable(
  'labels',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspace(),
    name: text('name').notNull(),
    /** `#rrggbb`. */
    color: text('color').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
    deletedAt: at('deleted_at'),
  },
  (t) => [
    uniqueIndex('labels_name').on(t.workspaceId, sql`lower(name)`).where(sql`deleted_at is null`),
    index('labels_workspace').on(t.workspaceId, t.id),
    index('labels_deleted').on(t.id).where(sql`deleted_at is not null`),
  ],
);

/** Answers kept ready; `body` may hold variables such as `{{contact.name}}`. */
export const cannedReplies = pgTable(
  'canned_replies',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspace(),
    shortcut: text('shortcut').notNull(),
    body: text('body').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
    updatedAt: at('updated_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('canned_replies_shortcut').on(t.workspaceId, sql`lower(shortcut)`),
    index('canned_replies_workspace').on(t.workspaceId, t.id),
  ],
);

/** What an internal conversation has beside its row in `conversations`. */
export const internalConversations = pgTable(
  'internal_conversations',
  {
    conversationId: uuid('conversation_id').primaryKey(),
    workspaceId: workspace(),
    kind: text('kind', { enum: ['direct', 'group'] }).notNull(),
    title: text('title'),
    /** The two users of a direct conversation, the lower id first: there is one for each pair. */
    directKey: text('direct_key'),
    createdBy: uuid('created_by').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [uniqueIndex('internal_conversations_direct').on(t.workspaceId, t.directKey)],
);

/** Who takes part in an internal conversation, and sees it. `readCount`: how many of its messages they have read. */
export const conversationParticipants = pgTable(
  'conversation_participants',
  {
    conversationId: uuid('conversation_id').notNull(),
    userId: uuid('user_id').notNull(),
    workspaceId: workspace(),
    readCount: integer('read_count').notNull().default(0),
    joinedAt: at('joined_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.conversationId, t.userId] }),
    index('conversation_participants_user').on(t.workspaceId, t.userId),
  ],
);
