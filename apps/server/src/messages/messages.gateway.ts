import { HttpException, Inject } from '@nestjs/common';
import { MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { type Ready, rooms } from '@switchboard/contracts';
import { newId } from '@switchboard/database';
import {
  CurrentSession,
  EPHEMERAL_BUS,
  type EphemeralBus,
  ProtocolError,
  RealtimeGateway,
  type Session,
  WsRoles,
} from '@switchboard/realtime';
import { IsOptional, IsUUID } from 'class-validator';
import { CustomerCourtesy } from './conversations/customer-signals';
import { SendMessageDto } from './internal/dto';
import { InternalRepository } from './internal/internal.repository';
import { InternalMessages } from './internal/internal-messages.service';
import { NotReadable } from './not-readable';
import { ReadState } from './read-state.service';

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
    private readonly internal: InternalRepository,
    private readonly internalMessages: InternalMessages,
    private readonly courtesy: CustomerCourtesy,
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

  /** To a colleague or an internal conversation. */
  @WsRoles(['owner', 'admin', 'agent'])
  @SubscribeMessage('message.send')
  async send(@CurrentSession() session: Session, @MessageBody() { to, text, clientId }: SendMessageDto) {
    try {
      return await this.internalMessages.send(session, to, text, clientId);
    } catch (error) {
      if (!(error instanceof HttpException) || error.getStatus() >= 500) throw error;
      throw new ProtocolError(
        'not_found',
        'to: there is no such internal conversation of yours, nor another user, here.',
      );
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
    const { workspaceId, userId } = session;
    const seenBy = await this.internal.audience(workspaceId, conversationId, userId);
    if (!seenBy)
      throw new ProtocolError('not_found', 'conversationId: there is no such conversation in this workspace.');
    this.ephemeral.publish({
      namespace: '/messages',
      audience: seenBy.participants?.map(rooms.user) ?? [
        rooms.workspace(workspaceId),
        rooms.conversation(conversationId),
      ],
      event: {
        id: newId(),
        type,
        workspaceId,
        occurredAt: new Date().toISOString(),
        data: { conversationId, userId },
      },
    });
    if (!seenBy.participants) this.courtesy.typing({ workspaceId, conversationId }, type === 'typing.started');
    return { conversationId };
  }
}
