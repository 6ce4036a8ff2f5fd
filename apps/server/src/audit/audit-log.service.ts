import { Injectable, type OnModuleInit } from '@nestjs/common';
import { rooms } from '@switchboard/contracts';
import { newId } from '@switchboard/database';
import { EventRecorder } from '@switchboard/events';
import { type Doer, TeamActivities, type TeamActivity } from '../identity';
import { AuditLogRepository, type NewAuditEntry } from './audit-log.repository';

/** Who did what in a workspace, kept for good and told to its admins and owners. */
@Injectable()
export class AuditLog implements OnModuleInit {
  constructor(
    private readonly repository: AuditLogRepository,
    private readonly recorder: EventRecorder,
    private readonly activities: TeamActivities,
  ) {}

  onModuleInit(): void {
    this.activities.onActivity((doer, activity) => this.record(doer, activity));
  }

  /**
   * Writes an entry and its event in the open transaction; call it after the change itself. In another workspace than the doer's
   * own it was the operator of the instance, who is not named there.
   * @throws NotInTransaction
   */
  async record(doer: Doer, { workspaceId = doer.workspaceId, ...activity }: TeamActivity): Promise<void> {
    await this.write(workspaceId, actorOf(doer, workspaceId), activity);
  }

  /** The same for what nobody did, but admins and owners have to see to. @throws NotInTransaction */
  async recordItself(workspaceId: string, activity: Omit<TeamActivity, 'workspaceId'>): Promise<void> {
    await this.write(workspaceId, { kind: 'switchboard', id: null }, activity);
  }

  private async write(
    where: string,
    actor: NewAuditEntry['actor'],
    { action, subject, details = {} }: Omit<TeamActivity, 'workspaceId'>,
  ): Promise<void> {
    const entry = {
      id: newId(),
      workspaceId: where,
      action,
      actor,
      subject: { name: null, ...subject },
      details,
    };
    const name = await this.repository.add(entry);
    await this.recorder.record([
      {
        type: 'team.activity',
        workspaceId: where,
        audience: [rooms.admins(where)],
        data: { entryId: entry.id, action, actor: { ...entry.actor, name }, subject: entry.subject, details },
      },
    ]);
  }
}

function actorOf({ userId, workspaceId, apiKeyId }: Doer, where: string) {
  if (workspaceId !== where) return { kind: 'operator', id: null } as const;
  return apiKeyId === undefined
    ? ({ kind: 'user', id: userId } as const)
    : ({ kind: 'api_key', id: apiKeyId } as const);
}
