import { Injectable } from '@nestjs/common';
import { rooms } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import { EventRecorder, type NewEvent } from '@switchboard/events';
import { type AccountDetails, accountReads, readAccount } from '@switchboard/meta';
import { ChannelAccess, type ChannelAccount } from './channel-access.service';
import { detailsEveryMs } from './channel-connection.service';
import { ChannelGraph } from './channel-graph.service';
import { ChannelsRepository } from './channels.repository';

const timeoutMs = 10_000;

/** Reads what Meta says of connected accounts, and tells what has changed. */
@Injectable()
export class ChannelHealth {
  constructor(
    private readonly database: Database,
    private readonly channels: ChannelsRepository,
    private readonly access: ChannelAccess,
    private readonly graph: ChannelGraph,
    private readonly recorder: EventRecorder,
  ) {}

  /** @throws GraphError */
  async read(channelId: string): Promise<void> {
    const account = await this.access.currentAccount(channelId);
    if (!account?.target) return;
    const { platform, login, externalId } = account;
    const reads = accountReads(platform, login, externalId);
    const { path, fields } = reads.at(account.details.tier === undefined ? -1 : 0)!;
    const { body } = await this.graph.call(account, { method: 'GET', path, query: { fields }, timeoutMs });
    const { id, details } = readAccount(platform, login, body);
    if (id === externalId) await this.learn(account, details);
  }

  /** Keeps what is known of an account now, and tells what is new of it. */
  async learn(account: ChannelAccount, details: AccountDetails): Promise<void> {
    await this.database.transaction(async () => {
      const before = await this.channels.learn(account.id, details, detailsEveryMs);
      if (before) await this.recorder.record(changes(account, before, { ...before, ...details }));
    });
    this.access.forget(account.id);
  }
}

function changes(account: ChannelAccount, before: AccountDetails, now: AccountDetails): NewEvent[] {
  const { id: channelId, platform, workspaceId } = account;
  const told = { workspaceId, audience: [rooms.workspace(workspaceId), rooms.channel(channelId)] };
  const events: NewEvent[] = [];
  const limits = (details: AccountDetails) => ({
    quality: details.quality ?? null,
    tier: details.tier ?? null,
    throughput: details.throughput ?? null,
  });
  const [past, present] = [limits(before), limits(now)];
  if (JSON.stringify(past) !== JSON.stringify(present)) {
    events.push({
      ...told,
      type: 'channel.quality_changed',
      data: { channelId, platform, ...present, previous: past },
    });
  }
  const { phoneStatus } = now;
  if (phoneStatus !== undefined && phoneStatus !== before.phoneStatus && before.phoneStatus !== undefined) {
    const well = phoneStatus === 'CONNECTED';
    const detail = `Meta says of the number ${now.displayPhone ?? account.externalId}: ${phoneStatus} (it was ${before.phoneStatus}).`;
    const data = { channelId, platform, kind: 'number_status' as const, detail, at: new Date().toISOString() };
    events.push({ ...told, type: 'channel.alert', data: { ...data, severity: well ? 'info' : 'warning' } });
  }
  return events;
}
