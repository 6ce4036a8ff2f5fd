import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { UnreadCounts } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import { EventRecorder } from '@switchboard/events';
import { Arrivals } from '../identity';
import { conversationAudience } from './intake/channel-item';
import { ReadStateRepository, type UnreadRow } from './read-state.repository';
import { unreadCounts } from './unread-board';

/** No such conversation, or message in it, in the caller's workspace. */
export class NotReadable extends Error {
  readonly code = 'not_found';
}

export interface Reader {
  userId: string;
  workspaceId: string;
}

const namedMessages = 100;

/** What each user of a workspace has read. */
@Injectable()
export class ReadState implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly repository: ReadStateRepository,
    private readonly recorder: EventRecorder,
    private readonly arrivals: Arrivals,
  ) {}

  onModuleInit(): void {
    this.arrivals.onJoined(({ workspaceId, userId }) => this.repository.startRead(workspaceId, userId));
  }

  /**
   * Marks a conversation read by a user, up to a message or altogether. Never back: an older message changes nothing.
   * @throws NotReadable
   */
  async markRead(
    { userId, workspaceId }: Reader,
    conversationId: string,
    upToMessageId?: string,
  ): Promise<{ messageIds: string[]; unreadCount: number }> {
    return this.database.transaction(async () => {
      const conversation = await this.repository.lockConversation(workspaceId, conversationId);
      if (!conversation) throw new NotReadable('conversationId: there is no such conversation in this workspace.');
      const position = upToMessageId
        ? await this.repository.positionOf(conversationId, upToMessageId)
        : conversation.inboundCount;
      if (position === undefined) throw new NotReadable('messageId: there is no such message in this conversation.');
      const moved = await this.repository.moveUser(userId, conversation, position);
      const unreadCount = await this.repository.moveConversation(conversationId, position);
      if (moved === 0) return { messageIds: [], unreadCount };
      const messageIds = await this.repository.between(conversationId, position - moved, position, namedMessages);
      await this.recorder.record([
        {
          type: 'conversation.read',
          workspaceId,
          audience: conversationAudience({
            workspaceId,
            channelId: conversation.channelId,
            conversationId,
            contactId: conversation.contactId,
          }),
          data: { conversationId, userId, messageIds, unreadCount },
        },
      ]);
      return { messageIds, unreadCount };
    });
  }

  /** Unread counts of a member. */
  async unreadOf(member: Reader): Promise<UnreadCounts> {
    return unreadCounts(await this.repository.unread([member]));
  }

  /** What members have been sent and have read, each a row for every channel. */
  channelsOf(members: readonly Reader[]): Promise<UnreadRow[]> {
    return this.repository.unread(members);
  }
}
