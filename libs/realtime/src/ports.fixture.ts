import type { EventType, RoomName, RoomRef } from '@switchboard/contracts';
import { rooms } from '@switchboard/contracts';
import type {
  AccessPolicy,
  EphemeralBus,
  EphemeralMessage,
  EventLog,
  GatewayTalk,
  LogHead,
  PositionedBatch,
  Session,
  SessionsEnded,
  SessionVerifier,
  StoredEvent,
} from './ports';
import { SessionRefused } from './ports';

type LogListener = Parameters<EventLog['subscribe']>[0];

/** An event log in memory, for specs: what is appended is in the log at once, and published when the spec says so. */
export class InMemoryLog implements EventLog {
  epoch = 'epoch1';
  /** Calls of `read` and `heads` that fail before one succeeds. */
  failures = 0;
  reads = 0;
  /** Calls of `read` that find nothing yet, as a replica that lags. */
  lagging = 0;
  private readonly logs = new Map<string, { events: StoredEvent[]; floor: number }>();
  private readonly listeners = new Set<LogListener>();

  append(workspaceId: string, ...events: Partial<StoredEvent>[]): PositionedBatch {
    const log = this.logOf(workspaceId);
    const prev = log.events.length;
    const added = events.map((event, at) => eventOf({ ...event, workspaceId, sequence: prev + at + 1 }));
    log.events.push(...added);
    return { workspaceId, prev, head: log.events.length, events: added };
  }

  publish(...batches: PositionedBatch[]): void {
    for (const listener of this.listeners) listener.batches(batches);
  }

  /** Appends and publishes. */
  tell(workspaceId: string, ...events: Partial<StoredEvent>[]): PositionedBatch {
    const batch = this.append(workspaceId, ...events);
    this.publish(batch);
    return batch;
  }

  interrupt(): void {
    for (const listener of this.listeners) listener.interrupted();
  }

  prune(workspaceId: string, floor: number): void {
    this.logOf(workspaceId).floor = floor;
  }

  async heads(workspaceIds: string[]): Promise<Map<string, LogHead>> {
    await this.answer();
    return new Map(
      workspaceIds.flatMap((id) => {
        const log = this.logs.get(id);
        return log ? [[id, { head: log.events.length, floor: log.floor }]] : [];
      }),
    );
  }

  async ahead(known: ReadonlyMap<string, number>): Promise<Map<string, number>> {
    const heads = await this.heads([...known.keys()]);
    return new Map([...heads].flatMap(([id, { head }]) => (head > known.get(id)! ? [[id, head] as const] : [])));
  }

  async read(workspaceId: string, after: number, upTo: number, limit: number): Promise<StoredEvent[]> {
    this.reads++;
    await this.answer();
    if (this.lagging-- > 0) return [];
    const { events, floor } = this.logOf(workspaceId);
    return events.slice(Math.max(after, floor), upTo).slice(0, limit);
  }

  subscribe(listener: LogListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private logOf(workspaceId: string) {
    let log = this.logs.get(workspaceId);
    if (!log) {
      log = { events: [], floor: 0 };
      this.logs.set(workspaceId, log);
    }
    return log;
  }

  private async answer(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.failures > 0) {
      this.failures--;
      throw new Error('the database is away');
    }
  }
}

export function eventOf(event: Partial<StoredEvent> & { workspaceId: string; sequence: number }): StoredEvent {
  return {
    id: `${event.workspaceId}-${event.sequence}`,
    type: 'message.received' as EventType,
    audience: [rooms.workspace(event.workspaceId)] as RoomName[],
    field: null,
    occurredAt: '2026-01-01T00:00:00.000Z',
    data: JSON.stringify({ sequence: event.sequence }),
    ...event,
  };
}

/** Tokens are JSON of a session. */
export class OpenVerifier implements SessionVerifier {
  private readonly ended: SessionsEnded[] = [];
  private readonly listeners = new Set<(ended: SessionsEnded) => void>();

  static token(session: Partial<Session> = {}): string {
    const now = Date.now();
    return JSON.stringify({
      id: 'session1',
      userId: 'user1',
      email: 'agent@example.com',
      workspaceId: 'w1',
      role: 'agent',
      issuedAt: now,
      expiresAt: now + 600_000,
      ...session,
    });
  }

  async verify(token: string): Promise<Session> {
    let session: Session;
    try {
      session = JSON.parse(token) as Session;
    } catch {
      throw new SessionRefused('unauthenticated', 'The token is not valid.');
    }
    if (session.expiresAt <= Date.now()) throw new SessionRefused('token_expired', 'The token has expired.');
    if (!this.isActive(session)) throw new SessionRefused('token_revoked', 'The session has ended.');
    return session;
  }

  isActive(session: Session): boolean {
    return !this.ended.some(({ sessionId }) => sessionId === session.id);
  }

  end(ended: SessionsEnded): void {
    this.ended.push(ended);
    for (const listener of this.listeners) listener(ended);
  }

  onEnded(listener: (ended: SessionsEnded) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

/** Rooms named `own-…` exist in everybody's workspace, others do not. */
export const ownRooms: AccessPolicy = {
  joinable: async (_session: Session, asked: RoomRef[]) => asked.filter(({ id }) => id.startsWith('own-')),
};

export class InMemoryBus implements EphemeralBus {
  private readonly listeners = new Set<(message: EphemeralMessage) => void>();

  publish(message: EphemeralMessage): void {
    for (const listener of this.listeners) listener(message);
  }

  subscribe(listener: (message: EphemeralMessage) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

export class InMemoryTalk implements GatewayTalk {
  private readonly listeners = new Set<{ topic: string; listener: (message: unknown) => void }>();

  say(topic: string, message: object): void {
    const text = JSON.stringify(message);
    for (const each of [...this.listeners]) if (each.topic === topic) each.listener(JSON.parse(text));
  }

  hear(topic: string, listener: (message: unknown) => void): () => void {
    const each = { topic, listener };
    this.listeners.add(each);
    return () => this.listeners.delete(each);
  }
}
