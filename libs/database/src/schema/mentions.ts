import { sql } from 'drizzle-orm';
import { index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { at } from './columns';

/** Who mentioned a page or Instagram account, and in what words: webhooks bring ids, the words are read through the Graph API. */
export const mentions = pgTable(
  'mentions',
  {
    /** In the order in which they came. */
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id').notNull(),
    channelId: uuid('channel_id').notNull(),
    itemId: uuid('item_id').notNull(),
    /** The comment, else the media or post: what is mentioned there once is read once. */
    targetId: text('target_id').notNull(),
    mediaId: text('media_id'),
    postId: text('post_id'),
    commentId: text('comment_id'),
    text: text('text'),
    authorId: text('author_id'),
    authorName: text('author_name'),
    authorUsername: text('author_username'),
    mediaType: text('media_type'),
    permalink: text('permalink'),
    writtenAt: at('written_at'),
    mentionedAt: at('mentioned_at').notNull(),
    readAt: at('read_at'),
    /** Why its words cannot be had. */
    unreadableReason: text('unreadable_reason'),
    /** When it is to be read; null: it was, or cannot be. */
    dueAt: at('due_at'),
    attempts: integer('attempts').notNull().default(0),
  },
  (t) => [
    uniqueIndex('mentions_target').on(t.channelId, t.targetId),
    index('mentions_workspace').on(t.workspaceId, t.id),
    index('mentions_due').on(t.channelId, t.dueAt).where(sql`due_at is not null`),
  ],
);
