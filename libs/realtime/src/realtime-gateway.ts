import { Inject, UseFilters, UseGuards, UsePipes } from '@nestjs/common';
import { ConnectedSocket, MessageBody, OnGatewayInit, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import type { ConnectionTestAck, Cursor, HeartbeatAck, Ready, SubscriptionView } from '@switchboard/contracts';
import { IsDefined, IsString, MaxLength, MinLength } from 'class-validator';
import { Socket } from 'socket.io';
import { AnswerThen } from './answer';
import { connectionIn } from './connection';
import type { Session } from './ports';
import { type NamespaceHooks, RealtimeHub } from './realtime-hub';
import type { SessionFlow } from './session-flow';
import { viewOf } from './subscription';
import { ReadsOnly, WithoutSession, WsGuard } from './ws.guard';
import { WsErrorFilter } from './ws-error.filter';
import { WsValidationPipe } from './ws-validation.pipe';

/** As REST has it for an `Authorization` header. */
const longestToken = 8192;

export class AuthenticateDto {
  @IsString()
  @MinLength(1)
  @MaxLength(longestToken)
  token!: string;
}

export class ResumeDto {
  /** Anything that is no cursor is answered by a resync, as in the handshake. */
  @IsDefined()
  cursor!: unknown;
}

/**
 * A namespace: the protocol every one of them speaks. A subclass decorated `@WebSocketGateway({ namespace: '/messages' })` adds its
 * own messages with `@SubscribeMessage`; guard, validation and error answers apply to them as well.
 */
@UseGuards(WsGuard)
@UsePipes(WsValidationPipe)
@UseFilters(WsErrorFilter)
export abstract class RealtimeGateway implements OnGatewayInit, NamespaceHooks {
  @Inject(RealtimeHub) protected readonly hub!: RealtimeHub;
  /** REST paths a client loads again when its cursor cannot be served. */
  readonly refetch: readonly string[] = [];
  /** Whether who has a socket here is there for colleagues. */
  readonly presence: boolean = false;
  private flow: SessionFlow | undefined;

  afterInit(server: unknown): void {
    if ('handleConnection' in this || 'handleDisconnect' in this) {
      throw new Error(
        `${this.constructor.name} must not implement handleConnection or handleDisconnect: see LeanIoAdapter.`,
      );
    }
    this.flow = this.hub.serve(server, this);
  }

  /** What `ready` carries beyond the protocol's own. Read before the socket is live; what changes meanwhile is told after it. */
  async readyExtras(_session: Session): Promise<Partial<Ready>> {
    return {};
  }

  @WithoutSession(true)
  @SubscribeMessage('authenticate')
  authenticate(@ConnectedSocket() socket: Socket, @MessageBody() { token }: AuthenticateDto): Promise<Ready> {
    return this.serving.authenticate(connectionIn(socket), token);
  }

  @ReadsOnly(true)
  @SubscribeMessage('subscribe')
  subscribe(@ConnectedSocket() socket: Socket, @MessageBody() request: unknown): Promise<SubscriptionView> {
    return this.serving.subscribe(connectionIn(socket), request);
  }

  @ReadsOnly(true)
  @SubscribeMessage('unsubscribe')
  unsubscribe(@ConnectedSocket() socket: Socket, @MessageBody() request: unknown): Promise<SubscriptionView> {
    return this.serving.unsubscribe(connectionIn(socket), request);
  }

  @ReadsOnly(true)
  @SubscribeMessage('subscriptions')
  subscriptions(@ConnectedSocket() socket: Socket): SubscriptionView {
    return viewOf(connectionIn(socket).subscription);
  }

  @ReadsOnly(true)
  @SubscribeMessage('resume')
  async resume(
    @ConnectedSocket() socket: Socket,
    @MessageBody() { cursor: from }: ResumeDto,
  ): Promise<AnswerThen<{ replayed: number; cursor: Cursor }>> {
    const { replayed, cursor, resync } = await this.serving.resume(connectionIn(socket), from);
    return new AnswerThen({ replayed, cursor }, () => resync && socket.emit('resync', resync));
  }

  @ReadsOnly(true)
  @SubscribeMessage('heartbeat')
  heartbeat(@ConnectedSocket() socket: Socket): Promise<HeartbeatAck> {
    return this.serving.heartbeat(connectionIn(socket));
  }

  @ReadsOnly(true)
  @SubscribeMessage('test_connection')
  testConnection(@ConnectedSocket() socket: Socket): Promise<ConnectionTestAck> {
    return this.serving.testConnection(connectionIn(socket));
  }

  private get serving(): SessionFlow {
    if (!this.flow) throw new Error(`${this.constructor.name} serves no sockets in this process`);
    return this.flow;
  }
}

/** `/`: guarded like the others, and carries nothing. */
@WebSocketGateway()
export class RootGateway extends RealtimeGateway {}
