import type { WsMessageHandler } from '@nestjs/common';
import { isObservable, lastValueFrom } from 'rxjs';
import type { Socket } from 'socket.io';
import { AnswerThen, replyTo } from './answer';
import { type Connection, connectionOf } from './connection';
import type { ConnectionGate } from './connection-gate';
import { ProtocolError, toAckError } from './protocol-error';
import { engineOf } from './transport';

/** Validation recurses into what a client sends. */
const maxDepth = 20;

/** Has Nest bind a gateway's handlers to a socket. */
export type BindHandlers = (socket: Socket) => readonly WsMessageHandler[];

/**
 * Hands a client's messages to Nest's handlers (with their guards, pipes and filters) and sees that each is answered. One for all
 * sockets of a namespace.
 */
export class MessageDispatcher {
  private names = new Map<unknown, number>();
  private readonly failed = (code: string): void => this.gate.meter.messageFailed(code);

  constructor(
    private readonly bindHandlers: BindHandlers,
    private readonly gate: ConnectionGate,
  ) {}

  /** `packet` is the message's name, its arguments, and the ack last if the client asked for one. Never throws. */
  async dispatch(socket: Socket, packet: unknown[]): Promise<void> {
    const last = packet[packet.length - 1];
    const ack = typeof last === 'function' ? (last as Parameters<typeof replyTo>[1]) : undefined;
    const [name, data] = ack ? packet.slice(0, -1) : packet;
    const reply = replyTo(socket, ack, this.failed);
    const connection = connectionOf(socket);
    if (!socket.connected) return;
    if (connection && !connection.admit(Date.now())) {
      this.refuse(socket, connection, reply);
      return;
    }
    if (connection) connection.unanswered++;
    try {
      if (isDeeper(data, maxDepth)) throw new ProtocolError('invalid', 'The argument is nested too deep.');
      const handler = this.handler(socket, name);
      const result: unknown = await handler.callback(data, reply);
      const value = isObservable(result) ? await lastValueFrom(result, { defaultValue: undefined }) : result;
      if (handler.isAckHandledManually || reply.done) return;
      reply({ ok: true, data: (value instanceof AnswerThen ? value.data : value) ?? null });
      if (value instanceof AnswerThen) value.afterwards();
    } catch (error) {
      reply({ ok: false, error: toAckError(error) });
    } finally {
      if (connection) connection.unanswered--;
    }
  }

  private refuse(socket: Socket, connection: Connection, reply: ReturnType<typeof replyTo>): void {
    const error = { code: 'rate_limited' as const, message: 'Too many messages; slow down.' };
    reply({ ok: false, error });
    if (!connection.floods) return;
    this.gate.refuse('flood');
    socket.emit('error', error);
    engineOf(socket).close();
  }

  private handler(socket: Socket, name: unknown): WsMessageHandler {
    if (this.names.size > 0 && !this.names.has(name)) throw this.unknown();
    const handlers = this.bindHandlers(socket);
    if (this.names.size === 0) this.names = new Map(handlers.map(({ message }, at) => [message, at]));
    const handler = handlers[this.names.get(name) ?? -1];
    if (!handler) throw this.unknown();
    return handler;
  }

  private unknown(): ProtocolError {
    return new ProtocolError('invalid', 'This namespace has no such message.', { messages: [...this.names.keys()] });
  }
}

function isDeeper(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return false;
  return depth === 0 || Object.values(value).some((each) => isDeeper(each, depth - 1));
}
