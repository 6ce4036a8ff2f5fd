import { ConflictException, Injectable, NotFoundException } from '@nestjs/common';
import { rooms } from '@switchboard/contracts';
import { Database, newId } from '@switchboard/database';
import { EventRecorder } from '@switchboard/events';
import { AuditLog } from '../audit';
import type { Session } from '../identity';
import { type AccountRef, type ChannelRow, ChannelsRepository, type LockedOwner } from './channels.repository';
import type { MetaAppRow } from './meta-apps.repository';
import { MetaApps } from './meta-apps.service';

export interface NewChannel {
  workspaceId: string;
  platform: 'whatsapp' | 'messenger' | 'instagram';
  externalId: string;
  businessAccountId?: string | undefined;
  /** Meta's app id. */
  metaAppId: string;
  name: string;
}

export interface Registration {
  status: 'connecting' | 'connected';
  /** May be told of channels of other workspaces. */
  byOperator?: boolean;
  /** In the same transaction. */
  with?: (row: ChannelRow) => Promise<void>;
}

/** The accounts that this instance serves, and whose each is. */
@Injectable()
export class ChannelRegistry {
  private readonly listeners: (() => Promise<unknown>)[] = [];

  constructor(
    private readonly database: Database,
    private readonly repository: ChannelsRepository,
    private readonly apps: MetaApps,
    private readonly recorder: EventRecorder,
    private readonly audit: AuditLog,
  ) {}

  /** What is to happen after a channel was registered: items that waited for it are taken in. */
  onRegistered(listener: () => Promise<unknown>): void {
    this.listeners.push(listener);
  }

  /** @throws NotFoundException */
  async metaAppOf({ metaAppId }: Pick<NewChannel, 'metaAppId'>): Promise<MetaAppRow> {
    const app = await this.apps.byAppId(metaAppId);
    if (app) return app;
    throw new NotFoundException({
      code: 'not_found',
      message: `metaAppId: no Meta app ${metaAppId} is set up; the operator adds it with POST /v1/meta-apps.`,
    });
  }

  /** @throws NotFoundException, ConflictException */
  async register(
    channel: NewChannel,
    by: Session,
    registration: Registration = { status: 'connected' },
  ): Promise<ChannelRow> {
    const app = await this.metaAppOf(channel);
    if (!(await this.repository.workspaceExists(channel.workspaceId))) {
      throw new NotFoundException({ code: 'not_found', message: 'workspaceId: there is no such workspace.' });
    }
    const { status } = registration;
    const row = await this.database.transaction(async () => {
      const attempt = status === 'connecting' ? 1 : 0;
      const made = { ...channel, id: newId(), metaAppId: app.id, status, statusAttempt: attempt };
      const inserted = await this.repository.insert(made);
      if (!inserted) throw await this.taken(channel, registration.byOperator ?? false);
      await registration.with?.(inserted);
      const { id, workspaceId, platform, externalId, name } = inserted;
      await this.audit.record(by, {
        action: 'channel.registered',
        workspaceId,
        subject: { kind: 'channel', id, name },
        details: { platform, externalId },
      });
      await this.recorder.record([
        {
          type: 'channel.status_changed',
          workspaceId,
          audience: [rooms.workspace(workspaceId), rooms.channel(id)],
          data: { channelId: id, platform, status, reason: null, attempt },
        },
      ]);
      return inserted;
    });
    for (const listener of this.listeners) await listener();
    return row;
  }

  /** Inside a transaction; see the repository. */
  lockOwners(accounts: readonly AccountRef[], mode: 'wait' | 'try' = 'wait'): Promise<LockedOwner[]> {
    return this.repository.lockOwners(distinct(accounts), mode);
  }

  private async taken(
    { platform, externalId, workspaceId }: NewChannel,
    byOperator: boolean,
  ): Promise<ConflictException> {
    const other = await this.repository.byAccount(platform, externalId);
    let remedy =
      'An account belongs to one workspace: an owner of the other one, or the operator of this instance, gives it up there (DELETE /v1/channels/:id).';
    if (other?.workspaceId === workspaceId)
      remedy = `It is this workspace’s channel ${other.id}: give it its token with PUT /v1/channels/${other.id}/credentials.`;
    else if (other && byOperator)
      remedy = `An account belongs to one workspace, and it is channel ${other.id} of workspace ${other.workspaceId}: give it up there first (DELETE /v1/channels/${other.id}).`;
    return new ConflictException({
      code: 'conflict',
      message: `externalId: the ${platform} account ${externalId} is registered already. ${remedy}`,
    });
  }

  /** Inside a transaction: keeps intake off every channel of a workspace until it ends. For what is rare and short. */
  lockAll(workspaceId: string): Promise<void> {
    return this.repository.lockAll(workspaceId);
  }
}

function distinct(accounts: readonly AccountRef[]): AccountRef[] {
  const seen = new Map<string, AccountRef>();
  for (const one of accounts)
    seen.set(`${one.platform} ${one.accountId} ${one.accountId ? '' : one.businessAccountId}`, one);
  return [...seen.values()];
}
