import { Injectable } from '@nestjs/common';
import type { Platform, UnreadCounts } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import { EventRecorder } from '@switchboard/events';
import { conversationAudience } from './intake/channel-item';
import { ReadStateRepository } from './read-state.repository';

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
export class ReadState {
  constructor(
    private readonly database: Database,
    private readonly repository: ReadStateRepository,
    private readonly recorder: EventRecorder,
  ) {}

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

  /** Unread counts of members, in the order asked. */
  async unreadOf(members: readonly Reader[]): Promise<UnreadCounts[]> {
    const counts = new Map<string, UnreadCounts>(
      members.map(({ workspaceId, userId }) => [
        `${workspaceId} ${userId}`,
        { total: 0, byPlatform: {}, byChannel: {} },
      ]),
    );
    for (const { workspaceId, userId, channelId, platform, unread } of await this.repository.unread(members)) {
      const mine = counts.get(`${workspaceId} ${userId}`)!;
      mine.total += unread;
      mine.byChannel[channelId] = unread;
      mine.byPlatform[platform as Platform] = (mine.byPlatform[platform as Platform] ?? 0) + unread;
    }
    return members.map(({ workspaceId, userId }) => counts.get(`${workspaceId} ${userId}`)!);
  }
}
