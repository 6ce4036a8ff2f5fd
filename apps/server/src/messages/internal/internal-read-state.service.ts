import { Injectable } from '@nestjs/common';
import { rooms } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import { EventRecorder } from '@switchboard/events';
import { NotReadable } from '../not-readable';
import { ReadStateRepository } from '../read-state.repository';
import { InternalRepository } from './internal.repository';
import type { Colleague } from './internal-conversations.service';
import { InternalMessagesRepository } from './internal-messages.repository';

const namedMessages = 100;

/** How far each participant of an internal conversation has read. */
@Injectable()
export class InternalReadState {
  constructor(
    private readonly database: Database,
    private readonly repository: InternalRepository,
    private readonly messages: InternalMessagesRepository,
    private readonly readState: ReadStateRepository,
    private readonly recorder: EventRecorder,
  ) {}

  /** Never back: an older message changes nothing. `unreadCount` is the user's own. @throws NotReadable */
  markRead(
    { userId, workspaceId }: Colleague,
    conversationId: string,
    upToMessageId?: string,
  ): Promise<{ messageIds: string[]; unreadCount: number }> {
    return this.database.transaction(async () => {
      const conversation = await this.repository.lock(workspaceId, conversationId, userId);
      if (!conversation) throw new NotReadable('conversationId: there is no such conversation in this workspace.');
      const position = upToMessageId
        ? await this.messages.positionOf(conversationId, upToMessageId)
        : conversation.count;
      if (position === undefined) throw new NotReadable('messageId: there is no such message in this conversation.');
      const before = await this.messages.moveParticipant(conversationId, userId, position);
      const { participants } = await this.repository.reload(workspaceId, conversationId);
      const unreadCount = participants.find((one) => one.userId === userId)?.unreadCount ?? 0;
      if (before === undefined) return { messageIds: [], unreadCount };
      const messageIds = await this.readState.between(conversationId, before, position, namedMessages);
      await this.recorder.record([
        {
          type: 'conversation.read',
          workspaceId,
          audience: participants.map((one) => rooms.user(one.userId)),
          data: { conversationId, userId, messageIds, unreadCount },
        },
      ]);
      return { messageIds, unreadCount };
    });
  }
}
