import { ConflictException, Injectable, NotFoundException } from '@nestjs/common';
import { rooms } from '@switchboard/contracts';
import { Database, newId } from '@switchboard/database';
import { EventRecorder } from '@switchboard/events';
import { AuditLog } from '../audit';
import type { Session } from '../identity';
import { type AccountRef, type ChannelRow, ChannelsRepository, type LockedOwner } from './channels.repository';
import { MetaApps } from './meta-apps.service';

export interface NewChannel {
  workspaceId: string;
  platform: 'whatsapp' | 'messenger' | 'instagram';
  externalId: string;
  businessAccountId?: string;
  /** Meta's app id. */
  metaAppId: string;
  name: string;
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

  async register(channel: NewChannel, by: Session): Promise<ChannelRow> {
    const app = await this.apps.byAppId(channel.metaAppId);
    if (!app) {
      throw new NotFoundException({
        code: 'not_found',
        message: `metaAppId: no Meta app ${channel.metaAppId} is set up; add it with POST /v1/meta-apps.`,
      });
    }
    if (!(await this.repository.workspaceExists(channel.workspaceId))) {
      throw new NotFoundException({ code: 'not_found', message: 'workspaceId: there is no such workspace.' });
    }
    const row = await this.database.transaction(async () => {
      const inserted = await this.repository.insert({ ...channel, id: newId(), metaAppId: app.id });
      if (!inserted) {
        throw new ConflictException({
          code: 'conflict',
          message: `externalId: the ${channel.platform} account ${channel.externalId} is registered already; an account belongs to one workspace.`,
        });
      }
      await this.audit.record(by, {
        action: 'channel.registered',
        workspaceId: inserted.workspaceId,
        subject: { kind: 'channel', id: inserted.id, name: inserted.name },
        details: { platform: inserted.platform, externalId: inserted.externalId },
      });
      await this.recorder.record([
        {
          type: 'channel.status_changed',
          workspaceId: inserted.workspaceId,
          audience: [rooms.workspace(inserted.workspaceId), rooms.channel(inserted.id)],
          data: { channelId: inserted.id, platform: inserted.platform, status: 'connected', reason: null, attempt: 0 },
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
