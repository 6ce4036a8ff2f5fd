import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { newId } from '@switchboard/database';
import { EPHEMERAL_BUS, type EphemeralBus, type Session } from '@switchboard/realtime';
import type { Socket } from 'socket.io';
import { CustomerCourtesy } from './conversations/customer-signals';
import type { ConversationAudience } from './internal/internal.repository';

/** Whoever types says so again and again; one who does not has gone away in the middle of it. */
const stopsAfterMs = 10_000;

/** One socket that types in one conversation. */
interface Typist {
  session: Session;
  conversationId: string;
  audience: ConversationAudience;
  timer: NodeJS.Timeout;
}

/** Who types, told to those whom the conversation concerns, and to the customer where the platform shows it. */
@Injectable()
export class Typing implements OnApplicationShutdown {
  private readonly typists = new Map<Socket, Map<string, Typist>>();

  constructor(
    private readonly courtesy: CustomerCourtesy,
    @Inject(EPHEMERAL_BUS) private readonly bus: EphemeralBus,
  ) {}

  /** Ends by itself after ten seconds without another start, and with the socket. */
  start(socket: Socket, session: Session, conversationId: string, audience: ConversationAudience): void {
    if (!socket.connected) return;
    let own = this.typists.get(socket);
    if (!own) {
      own = new Map();
      this.typists.set(socket, own);
      socket.once('disconnect', () => this.left(socket));
    }
    clearTimeout(own.get(conversationId)?.timer);
    const timer = setTimeout(() => this.stop(socket, conversationId), stopsAfterMs);
    const typist = { session, conversationId, audience, timer: timer.unref() };
    own.set(conversationId, typist);
    this.tell(typist, 'typing.started');
  }

  /** Does nothing where the socket does not type. */
  stop(socket: Socket, conversationId: string): void {
    const own = this.typists.get(socket);
    const typist = own?.get(conversationId);
    if (!typist) return;
    own!.delete(conversationId);
    clearTimeout(typist.timer);
    this.tell(typist, 'typing.stopped');
  }

  onApplicationShutdown(): void {
    for (const own of this.typists.values()) for (const { timer } of own.values()) clearTimeout(timer);
    this.typists.clear();
  }

  private left(socket: Socket): void {
    for (const conversationId of [...(this.typists.get(socket)?.keys() ?? [])]) this.stop(socket, conversationId);
    this.typists.delete(socket);
  }

  private tell({ session, conversationId, audience }: Typist, type: 'typing.started' | 'typing.stopped'): void {
    const { workspaceId, userId } = session;
    this.bus.publish({
      namespace: '/messages',
      audience: audience.rooms,
      event: {
        id: newId(),
        type,
        workspaceId,
        occurredAt: new Date().toISOString(),
        data: { conversationId, userId },
      },
    });
    if (audience.customer) this.courtesy.typing({ workspaceId, conversationId }, type === 'typing.started');
  }
}
