import { ConflictException, Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import { AuditLog } from '../audit';
import type { Session } from '../identity';
import { ChannelAccess } from './channel-access.service';
import { ChannelConnection, subjectOf } from './channel-connection.service';
import type { ChannelRow } from './channels.repository';
import { RemovalRepository } from './removal.repository';

const reason = 'The channel was deleted.';

/** Gives accounts up. History is never lost with a channel: one that has any stays, to be read, and its account is free for another. */
@Injectable()
export class ChannelRemoval {
  constructor(
    private readonly database: Database,
    private readonly repository: RemovalRepository,
    private readonly connection: ChannelConnection,
    private readonly access: ChannelAccess,
    private readonly audit: AuditLog,
  ) {}

  /** @throws ConflictException `channel_has_history` */
  async remove(channel: ChannelRow, keepHistory: boolean, by: Session): Promise<void> {
    const { id } = channel;
    if (!keepHistory && (await this.repository.hasHistory(id))) throw hasHistory();
    await this.connection.disconnect(channel, reason, by);
    await this.database.transaction(async () => {
      await this.repository.lock(id);
      if (!keepHistory && (await this.repository.hasHistory(id))) throw hasHistory();
      await this.repository.release(id);
      const { workspaceId, platform, externalId } = channel;
      const details = { platform, externalId };
      await this.audit.record(by, { action: 'channel.deleted', workspaceId, subject: subjectOf(channel), details });
    });
    this.access.forget(id);
    // Whoever knew of the channel before that has the lock or waits for it, and is done once it is ours again.
    await this.database.transaction(async () => {
      await this.repository.lock(id);
      if (!(await this.repository.hasHistory(id))) await this.repository.delete(channel);
    });
    this.access.forget(id);
  }
}

const hasHistory = () =>
  new ConflictException({
    code: 'channel_has_history',
    message:
      'The channel has conversations. To stop using it, disconnect it (POST /v1/channels/:id/disconnect). To give its account up and keep them to be read, delete it with ?withHistory=keep.',
  });
