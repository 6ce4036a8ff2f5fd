import { index, json, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { at } from './columns';
import { workspaces } from './identity';

/** Who did what in a workspace. Names are as they were then: who is removed later stays readable. */
export const auditLog = pgTable(
  'audit_log',
  {
    id: uuid('id').primaryKey(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    action: text('action').notNull(),
    actorKind: text('actor_kind', { enum: ['user', 'api_key', 'operator', 'switchboard'] }).notNull(),
    actorId: uuid('actor_id'),
    actorName: text('actor_name'),
    subjectKind: text('subject_kind').notNull(),
    subjectId: text('subject_id').notNull(),
    subjectName: text('subject_name'),
    details: json('details').notNull(),
    at: at('at').notNull().defaultNow(),
  },
  (t) => [
    index('audit_log_workspace').on(t.workspaceId, t.id),
    index('audit_log_action').on(t.workspaceId, t.action, t.id),
    index('audit_log_actor').on(t.workspaceId, t.actorId, t.id),
    index('audit_log_subject').on(t.workspaceId, t.subjectId, t.id),
  ],
);
