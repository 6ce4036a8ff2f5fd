import { Injectable } from '@nestjs/common';
import { Database, newId } from '@switchboard/database';
import type { MessageContent } from '@switchboard/meta';
import { Nudges } from '@switchboard/queue';
import { fetchableMedia } from './fetchable';
import { InboundMediaRepository } from './inbound-media.repository';

/** A message that has just been stored. */
export interface ArrivedMessage {
  id: string;
  workspaceId: string;
  channelId: string;
  content: MessageContent;
}

/** Remembers which files of new messages are to be fetched. */
@Injectable()
export class InboundMedia {
  constructor(
    private readonly repository: InboundMediaRepository,
    private readonly database: Database,
    private readonly nudges: Nudges,
  ) {}

  /**
   * In the transaction that stores the messages. One statement for all of them, and none where no message has a file. A message that is
   * recorded again (a history that brings a file later) gets what it did not have.
   */
  async record(messages: readonly ArrivedMessage[]): Promise<void> {
    const media = messages.flatMap(({ id: messageId, workspaceId, channelId, content }) =>
      fetchableMedia(content).map(({ remote, ...file }) => ({
        ...file,
        id: newId(),
        workspaceId,
        channelId,
        messageId,
        remote: JSON.stringify(remote),
      })),
    );
    if (media.length === 0) return;
    await this.repository.record(media);
    const channels = new Set(media.map(({ channelId }) => channelId));
    this.database.afterCommit(() => {
      for (const channelId of channels) this.nudges.mediaFetches(channelId);
    });
  }
}
