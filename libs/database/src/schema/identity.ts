import { bigserial, boolean, foreignKey, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { at, bytea } from './columns';

export const workspaces = pgTable('workspaces', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  createdAt: at('created_at').notNull().defaultNow(),
});

/** `isOperator`: runs the instance (Meta apps, channel registration, unowned items), beside any role in a workspace. */
export const users = pgTable('users', {
  id: uuid('id').primaryKey(),
  /** Lower case. */
  email: text('email').unique(),
  name: text('name'),
  /** argon2id; null for a user of an external issuer. */
  passwordHash: text('password_hash'),
  isOperator: boolean('is_operator').notNull().default(false),
  disabledAt: at('disabled_at'),
  createdAt: at('created_at').notNull().defaultNow(),
});

export const externalIdentities = pgTable(
  'external_identities',
  {
    issuer: text('issuer').notNull(),
    subject: text('subject').notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
  },
  (t) => [primaryKey({ columns: [t.issuer, t.subject] }), index('external_identities_user').on(t.userId)],
);

export const memberships = pgTable(
  'memberships',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    role: text('role', { enum: ['owner', 'admin', 'agent', 'viewer'] }).notNull(),
    /** The only channels the member sees; null: all. Of agents and viewers only. */
    channelIds: uuid('channel_ids').array(),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.userId] }), index('memberships_user').on(t.userId)],
);

/**
 * Who was removed from a workspace though an external issuer may still vouch for them: their next token must not
 * bring them back.
 */
export const removedMembers = pgTable(
  'removed_members',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    removedAt: at('removed_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.userId] }), index('removed_members_user').on(t.userId)],
);

/** A sign-in of ours, or a session of an external issuer (its id is derived, see `externalSessionId`) once a token of it was seen. */
export const sessions = pgTable(
  'sessions',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id').notNull(),
    workspaceId: uuid('workspace_id').notNull(),
    /** The external issuer; null for a sign-in of ours. */
    issuer: text('issuer'),
    userAgent: text('user_agent'),
    createdAt: at('created_at').notNull().defaultNow(),
    expiresAt: at('expires_at').notNull(),
    endedAt: at('ended_at'),
    endReason: text('end_reason'),
  },
  (t) => [
    foreignKey({
      columns: [t.workspaceId, t.userId],
      foreignColumns: [memberships.workspaceId, memberships.userId],
    }).onDelete('cascade'),
    index('sessions_user').on(t.userId),
  ],
);

/** Refresh tokens by SHA-256. A used one that comes back means theft: the whole session ends. */
export const refreshTokens = pgTable(
  'refresh_tokens',
  {
    hash: bytea('hash').primaryKey(),
    sessionId: uuid('session_id')
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    createdAt: at('created_at').notNull().defaultNow(),
    usedAt: at('used_at'),
  },
  (t) => [index('refresh_tokens_session').on(t.sessionId)],
);

/**
 * What has been revoked, as a log that every process reads each second: `session` (subject: the session id) or `user`
 * (every token issued up to `revokedAt`; subject: the user id, or `userId@workspaceId` for those of one workspace).
 */
export const revocations = pgTable(
  'revocations',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    kind: text('kind', { enum: ['session', 'user'] }).notNull(),
    subject: text('subject').notNull(),
    reason: text('reason').notNull(),
    revokedAt: at('revoked_at').notNull().defaultNow(),
  },
  (t) => [index('revocations_subject').on(t.kind, t.subject), index('revocations_time').on(t.revokedAt)],
);
