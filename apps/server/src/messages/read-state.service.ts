import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { UnreadCounts } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import { EventRecorder } from '@switchboard/events';
import { Arrivals } from '../identity';
import { CustomerCourtesy } from './conversations/customer-signals';
import { conversationAudience } from './intake/channel-item';
import { InternalReadState } from './internal/internal-read-state.service';
import { NotReadable } from './not-readable';
import { ReadStateRepository, type UnreadRow } from './read-state.repository';
import { unreadCounts } from './unread-board';

export interface Reader {
  userId: string;
  workspaceId: string;
  /** The only channels the member sees; left out: all. */
  channelIds?: readonly string[] | undefined;
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
    private readonly internal: InternalReadState,
    private readonly courtesy: CustomerCourtesy,
  ) {}

  onModuleInit(): void {
    this.arrivals.onJoined(({ workspaceId, userId }) => this.repository.startRead(workspaceId, userId));
  }

  /**
   * Marks a conversation, with a customer or internal, read by a user, up to a message or altogether. Never back: an older message changes nothing.
   * @throws NotReadable
   */
  async markRead(
    { userId, workspaceId, channelIds }: Reader,
    conversationId: string,
    upToMessageId?: string,
  ): Promise<{ messageIds: string[]; unreadCount: number }> {
    return this.database.transaction(async () => {
      const conversation = await this.repository.lockConversation(workspaceId, conversationId);
      const seen = conversation && (channelIds?.includes(conversation.channelId) ?? true);
      if (!seen) return this.internal.markRead({ userId, workspaceId }, conversationId, upToMessageId);
      const position = upToMessageId
        ? await this.repository.positionOf(conversationId, upToMessageId)
        : conversation.inboundCount;
      if (position === undefined) throw new NotReadable('messageId: there is no such message in this conversation.');
      const moved = await this.repository.moveUser(userId, conversation, position);
      const unreadCount = await this.repository.moveConversation(conversationId, position);
      if (moved === 0) return { messageIds: [], unreadCount };
      const shown = await this.repository.platformIdAt(conversationId, position);
      if (shown) this.database.afterCommit(() => this.courtesy.read({ workspaceId, conversationId }, shown));
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
    return unreadCounts(await this.repository.unread([member]), member.channelIds);
  }

  /** What members have been sent and have read, each a row for every channel. */
  channelsOf(members: readonly Reader[]): Promise<UnreadRow[]> {
    return this.repository.unread(members);
  }
}
