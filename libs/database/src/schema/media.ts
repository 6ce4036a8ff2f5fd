import { sql } from 'drizzle-orm';
import { bigint, boolean, index, integer, json, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { at, bytea } from './columns';

/**
 * Files. The row is there before the bytes and goes after them, so that no file is ever without one. `uploading` and `pending`: the bytes
 * are not here yet; `failed`: they never will be, for the reason in `error`; `gone`: they are to be deleted, and the row with them.
 */
export const media = pgTable(
  'media',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id').notNull(),
    source: text('source', { enum: ['inbound', 'upload'] }).notNull(),
    state: text('state', { enum: ['uploading', 'pending', 'stored', 'failed', 'gone'] }).notNull(),
    /** The channel that an inbound file came by. */
    channelId: uuid('channel_id'),
    /** Where Meta has an inbound file, `{ id, url }`; null once it is here. */
    remote: json('remote'),
    /** What Meta says of it. */
    expectedSha256: bytea('expected_sha256'),
    filename: text('filename'),
    mimeType: text('mime_type'),
    /** Bytes. */
    size: bigint('size', { mode: 'number' }),
    sha256: bytea('sha256'),
    /** Of WebP only. */
    animated: boolean('animated'),
    error: text('error'),
    /** How often it was taken to be fetched; who holds an older number has lost it to another. */
    attempts: integer('attempts').notNull().default(0),
    /** Pending: not fetched before this, because somebody does, or because of a failure. Gone, uploading: not deleted before this. */
    nextAt: at('next_at').notNull().defaultNow(),
    uploadedBy: uuid('uploaded_by'),
    /** When an upload was last given to be sent. */
    usedAt: at('used_at').notNull().defaultNow(),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [
    index('media_due').on(t.channelId, t.nextAt).where(sql`state = 'pending'`),
    index('media_leaving').on(t.nextAt).where(sql`state in ('gone', 'uploading')`),
    index('media_unused').on(t.usedAt).where(sql`source = 'upload' and state = 'stored'`),
  ],
);

/** Which files a message shows; `position` is that of the attachment. A file that was uploaded may be in many messages. */
export const messageMedia = pgTable(
  'message_media',
  {
    messageId: uuid('message_id').notNull(),
    position: integer('position').notNull(),
    mediaId: uuid('media_id').notNull(),
    workspaceId: uuid('workspace_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.messageId, t.position] }), index('message_media_media').on(t.mediaId)],
);

/** Files of ours that a platform has a copy of, under an id of its own that the channel can send. */
export const platformMedia = pgTable(
  'platform_media',
  {
    mediaId: uuid('media_id').notNull(),
    channelId: uuid('channel_id').notNull(),
    /** `image`, `video` …: Messenger's id is good for one kind only. */
    kind: text('kind').notNull(),
    workspaceId: uuid('workspace_id').notNull(),
    platformMediaId: text('platform_media_id').notNull(),
    expiresAt: at('expires_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.mediaId, t.channelId, t.kind] })],
);
