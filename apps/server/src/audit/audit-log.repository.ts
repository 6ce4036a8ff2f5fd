import { Injectable } from '@nestjs/common';
import type { AuditAction, AuditActor, AuditEntryData, AuditSubject } from '@switchboard/contracts';
import { Database, schema } from '@switchboard/database';
import { and, desc, eq, gte, lt, type SQL } from 'drizzle-orm';

export interface NewAuditEntry {
  id: string;
  workspaceId: string;
  action: AuditAction;
  actor: Pick<AuditActor, 'kind' | 'id'>;
  subject: AuditSubject;
  details: Record<string, unknown>;
}

export type AuditRow = typeof schema.auditLog.$inferSelect;

export interface AuditFilter {
  action?: string;
  actorId?: string;
  subjectKind?: string;
  subjectId?: string;
  from?: Date;
  to?: Date;
  before?: string;
  limit: number;
}

const { auditLog } = schema;

@Injectable()
export class AuditLogRepository {
  constructor(private readonly database: Database) {}

  /** @returns the name of who did it, which is kept with the entry. */
  async add({ id, workspaceId, action, actor, subject, details }: NewAuditEntry): Promise<string | null> {
    const { rows } = await this.database.query<{ name: string | null }>(
      `insert into audit_log (id, workspace_id, action, actor_kind, actor_id, actor_name, subject_kind, subject_id, subject_name, details)
       values ($1, $2, $3, $4, $5,
         case $4 when 'user' then (select coalesce(u.email, u.name) from users u where u.id = $5)
                 when 'api_key' then (select k.name from api_keys k where k.id = $5 and k.workspace_id = $2) end,
         $6, $7, $8, $9)
       returning actor_name as name`,
      [id, workspaceId, action, actor.kind, actor.id, subject.kind, subject.id, subject.name, JSON.stringify(details)],
    );
    return rows[0]!.name;
  }

  /** Newest first, by audit_log_workspace or, with a filter, by audit_log_action, _actor or _subject. */
  list(workspaceId: string, filter: AuditFilter): Promise<AuditRow[]> {
    const { action, actorId, subjectKind, subjectId, from, to, before, limit } = filter;
    const wanted: (SQL | undefined)[] = [
      eq(auditLog.workspaceId, workspaceId),
      action === undefined ? undefined : eq(auditLog.action, action),
      actorId === undefined ? undefined : eq(auditLog.actorId, actorId),
      subjectKind === undefined ? undefined : eq(auditLog.subjectKind, subjectKind),
      subjectId === undefined ? undefined : eq(auditLog.subjectId, subjectId),
      from && gte(auditLog.at, from),
      to && lt(auditLog.at, to),
      before === undefined ? undefined : lt(auditLog.id, before),
    ];
    return this.database.orm
      .select()
      .from(auditLog)
      .where(and(...wanted))
      .orderBy(desc(auditLog.id))
      .limit(limit);
  }
}

export const auditEntry = (row: AuditRow): AuditEntryData => ({
  entryId: row.id,
  action: row.action as AuditAction,
  actor: { kind: row.actorKind, id: row.actorId, name: row.actorName },
  subject: { kind: row.subjectKind, id: row.subjectId, name: row.subjectName },
  details: row.details as Record<string, unknown>,
});
