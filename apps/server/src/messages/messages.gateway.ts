import { HttpException } from '@nestjs/common';
import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { type EventPayloads, type Ready, rooms } from '@switchboard/contracts';
import { newId } from '@switchboard/database';
import {
  CurrentSession,
  connectionIn,
  type OwnStatus,
  Presence,
  ProtocolError,
  ReadsOnly,
  RealtimeGateway,
  type Session,
  WsRoles,
} from '@switchboard/realtime';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import type { Socket } from 'socket.io';
import { SendMessageDto } from './internal/dto';
import { type ConversationAudience, InternalRepository } from './internal/internal.repository';
import { InternalMessages } from './internal/internal-messages.service';
import { NotReadable } from './not-readable';
import { ReadState } from './read-state.service';
import { Typing } from './typing.service';

class ConversationRefDto {
  @IsUUID()
  conversationId!: string;
}

class PresenceDto {
  @IsIn(['online', 'away'])
  status!: OwnStatus;
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
  override readonly presence = true;

  constructor(
    private readonly readState: ReadState,
    private readonly internal: InternalRepository,
    private readonly internalMessages: InternalMessages,
    private readonly typing: Typing,
    private readonly presences: Presence,
  ) {
    super();
    presences.onChange({
      presence: (workspaceId, userId, status) => {
        const event = ephemeral(workspaceId, 'presence.changed', { userId, status });
        this.hub.emitLocal({ namespace: '/messages', audience: [rooms.workspace(workspaceId)], event });
      },
      viewing: (workspaceId, conversationId, { audience, userIds: viewers }) => {
        const event = ephemeral(workspaceId, 'viewing.changed', { conversationId, viewers });
        this.hub.emitLocal({ namespace: '/messages', audience, event });
      },
    });
  }

  override async readyExtras(session: Session): Promise<Partial<Ready>> {
    const unread = await this.readState.unreadOf(session);
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
  async typingStart(
    @ConnectedSocket() socket: Socket,
    @CurrentSession() session: Session,
    @MessageBody() { conversationId }: ConversationRefDto,
  ) {
    const audience = await this.audience(session, conversationId);
    this.typing.start(socket, session, conversationId, audience);
    return { conversationId };
  }

  @WsRoles(['owner', 'admin', 'agent'])
  @SubscribeMessage('typing.stop')
  async typingStop(
    @ConnectedSocket() socket: Socket,
    @CurrentSession() session: Session,
    @MessageBody() { conversationId }: ConversationRefDto,
  ) {
    await this.audience(session, conversationId);
    this.typing.stop(socket, conversationId);
    return { conversationId };
  }

  @ReadsOnly(true)
  @SubscribeMessage('presence.set')
  setPresence(@ConnectedSocket() socket: Socket, @MessageBody() { status }: PresenceDto) {
    return { status: this.presences.set(connectionIn(socket), status) };
  }

  @ReadsOnly(true)
  @SubscribeMessage('presence.list')
  listPresence(@CurrentSession() { workspaceId }: Session) {
    return { users: this.presences.list(workspaceId) };
  }

  @ReadsOnly(true)
  @SubscribeMessage('viewing.start')
  async startViewing(
    @ConnectedSocket() socket: Socket,
    @CurrentSession() session: Session,
    @MessageBody() { conversationId }: ConversationRefDto,
  ) {
    const { rooms } = await this.audience(session, conversationId);
    return { conversationId, viewers: this.presences.viewing.start(connectionIn(socket), conversationId, rooms) };
  }

  @ReadsOnly(true)
  @SubscribeMessage('viewing.stop')
  stopViewing(@ConnectedSocket() socket: Socket) {
    this.presences.viewing.stop(connectionIn(socket));
    return null;
  }

  private async audience(session: Session, conversationId: string): Promise<ConversationAudience> {
    const audience = await this.internal.audience(session, conversationId);
    if (audience) return audience;
    throw new ProtocolError('not_found', 'conversationId: there is no such conversation in this workspace.');
  }
}

const ephemeral = <T extends 'presence.changed' | 'viewing.changed'>(
  workspaceId: string,
  type: T,
  data: EventPayloads[T],
) => ({ id: newId(), type, workspaceId, occurredAt: new Date().toISOString(), data });
