import { sql } from 'drizzle-orm';
import { index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { at, bytea } from './columns';
import { workspaces } from './identity';

/** Who was asked to join a workspace. The token is kept as its SHA-256 and works once. */
export const invitations = pgTable(
  'invitations',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    /** Lower case. */
    email: text('email').notNull(),
    role: text('role', { enum: ['owner', 'admin', 'agent', 'viewer'] }).notNull(),
    /** The only channels the member will see; null: all. */
    channelIds: uuid('channel_ids').array(),
    tokenHash: bytea('token_hash').notNull().unique(),
    invitedBy: uuid('invited_by').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
    expiresAt: at('expires_at').notNull(),
    acceptedAt: at('accepted_at'),
    acceptedBy: uuid('accepted_by'),
    revokedAt: at('revoked_at'),
  },
  (t) => [
    index('invitations_workspace').on(t.workspaceId, t.id),
    // One that is open at a time: a second invitation of the same person replaces the first.
    uniqueIndex('invitations_open').on(t.workspaceId, t.email).where(sql`accepted_at is null and revoked_at is null`),
    index('invitations_expiry').on(t.expiresAt),
  ],
);

/** Keys for programs. Revoked ones stay: messages name them as their author. */
export const apiKeys = pgTable(
  'api_keys',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    role: text('role', { enum: ['admin', 'agent', 'viewer'] }).notNull(),
    /** What it may do within its role; null: all of it. */
    scopes: text('scopes').array(),
    /** The only channels it sees; null: all. */
    channelIds: uuid('channel_ids').array(),
    /** SHA-256 of the whole key. */
    hash: bytea('hash').notNull().unique(),
    /** Its first characters, to tell keys apart. */
    hint: text('hint').notNull(),
    createdBy: uuid('created_by').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
    expiresAt: at('expires_at'),
    /** To within five minutes. */
    lastUsedAt: at('last_used_at'),
    revokedAt: at('revoked_at'),
  },
  (t) => [index('api_keys_workspace').on(t.workspaceId, t.id)],
);
