import { Inject } from '@nestjs/common';
import { MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { type Ready, rooms } from '@switchboard/contracts';
import { newId } from '@switchboard/database';
import {
  ACCESS_POLICY,
  type AccessPolicy,
  CurrentSession,
  EPHEMERAL_BUS,
  type EphemeralBus,
  ProtocolError,
  RealtimeGateway,
  type Session,
  WsRoles,
} from '@switchboard/realtime';
import { IsOptional, IsUUID } from 'class-validator';
import { NotReadable, ReadState } from './read-state.service';

class ConversationRefDto {
  @IsUUID()
  conversationId!: string;
}

class MarkReadMessageDto extends ConversationRefDto {
  /** Up to this message; the whole conversation if left out. */
  @IsOptional()
  @IsUUID()
  messageId?: string;
}

/** Conversations and messages, typing, unread counts. */
@WebSocketGateway({ namespace: '/messages' })
export class MessagesGateway extends RealtimeGateway {
  override readonly refetch = ['/v1/conversations', '/v1/conversations/:id/messages'];

  constructor(
    private readonly readState: ReadState,
    @Inject(ACCESS_POLICY) private readonly policy: AccessPolicy,
    @Inject(EPHEMERAL_BUS) private readonly ephemeral: EphemeralBus,
  ) {
    super();
  }

  override async readyExtras({ workspaceId, userId }: Session): Promise<Partial<Ready>> {
    const unread = await this.readState.unreadOf({ workspaceId, userId });
    return { unread };
  }

  @WsRoles(['owner', 'admin', 'agent'])
  @SubscribeMessage('message.mark_read')
  async markRead(@CurrentSession() session: Session, @MessageBody() { conversationId, messageId }: MarkReadMessageDto) {
    try {
      return await this.readState.markRead(session, conversationId, messageId);
    } catch (error) {
      if (error instanceof NotReadable) throw new ProtocolError('not_found', error.message);
      throw error;
    }
  }

  @WsRoles(['owner', 'admin', 'agent'])
  @SubscribeMessage('typing.start')
  typingStart(@CurrentSession() session: Session, @MessageBody() { conversationId }: ConversationRefDto) {
    return this.typing(session, conversationId, 'typing.started');
  }

  @WsRoles(['owner', 'admin', 'agent'])
  @SubscribeMessage('typing.stop')
  typingStop(@CurrentSession() session: Session, @MessageBody() { conversationId }: ConversationRefDto) {
    return this.typing(session, conversationId, 'typing.stopped');
  }

  private async typing(
    session: Session,
    conversationId: string,
    type: 'typing.started' | 'typing.stopped',
  ): Promise<{ conversationId: string }> {
    const [room] = await this.policy.joinable(session, [{ kind: 'conversation', id: conversationId }]);
    if (!room) throw new ProtocolError('not_found', 'conversationId: there is no such conversation in this workspace.');
    this.ephemeral.publish({
      namespace: '/messages',
      audience: [rooms.workspace(session.workspaceId), rooms.conversation(conversationId)],
      event: {
        id: newId(),
        type,
        workspaceId: session.workspaceId,
        occurredAt: new Date().toISOString(),
        data: { conversationId, userId: session.userId },
      },
    });
    return { conversationId };
  }
}
