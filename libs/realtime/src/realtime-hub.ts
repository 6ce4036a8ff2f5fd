import { setTimeout } from 'node:timers/promises';
import { Inject, Injectable, Logger, OnModuleDestroy } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '@switchboard/config';
import {
  type AckError,
  type EventType,
  eventNamespaces,
  isEventType,
  type Namespace as NamespaceName,
  type Ready,
} from '@switchboard/contracts';
import { Namespace, Server, type Socket } from 'socket.io';
import { Admission } from './admission';
import { ConnectionGate } from './connection-gate';
import { EncodedEnvelope } from './encoded-envelope';
import { EventPages } from './event-pages';
import { Handshake } from './handshake';
import { REALTIME_LIMITS, type RealtimeLimits } from './limits';
import {
  ACCESS_POLICY,
  type AccessPolicy,
  EPHEMERAL_BUS,
  type EphemeralBus,
  type EphemeralMessage,
  EVENT_LOG,
  type EventLog,
  SESSION_VERIFIER,
  type Session,
  type SessionsEnded,
  type SessionVerifier,
  type StoredEvent,
} from './ports';
import { Presence } from './presence';
import { Replay } from './resume';
import { type NamespaceStats, ServedNamespace } from './served-namespace';
import { SessionFlow } from './session-flow';
import { connectionsOf, type EngineConnection, engineOf } from './transport';
import { TransportWatch } from './transport-watch';
import { WorkspaceTracker } from './workspace-tracker';

/** What a namespace's gateway adds. */
export interface NamespaceHooks {
  /** REST paths to load again when a cursor cannot be served. */
  readonly refetch: readonly string[];
  /** What `ready` carries beyond the protocol's own. */
  readyExtras(session: Session): Promise<Partial<Ready>>;
  /** Whoever has a socket here is there for colleagues. */
  readonly presence: boolean;
}

/** A user's sockets of this process. */
export interface UserSockets {
  sockets: number;
  /** By namespace; those without are left out. */
  namespaces: Record<string, number>;
}

/** A workspace's sockets of this process, by namespace. */
export type WorkspaceSockets = Record<string, { sockets: number; userIds: string[] }>;

type EventsListener = (workspaceId: string, events: readonly StoredEvent[]) => void;

/** One clock for all sockets of the process: a timer for each would cost memory and CPU a connection. */
const beat = 250;
const beatsPerCheck = 4;
const tooSlow: AckError = {
  code: 'rate_limited',
  message: 'This client does not read as fast as events come; reconnect and resume from your cursor.',
};

/** What all namespaces of this process share: positions, recent events, clock, and what others may ask of it. */
@Injectable()
export class RealtimeHub implements OnModuleDestroy {
  private readonly logger = new Logger(RealtimeHub.name);
  private readonly served = new Map<string, { namespace: ServedNamespace; flow: SessionFlow }>();
  private readonly listeners = new Set<EventsListener>();
  private readonly reloads = new Set<string>();
  private readonly admission: Admission;
  private readonly tracker: WorkspaceTracker;
  private readonly pages: EventPages;
  private readonly replay: Replay;
  private readonly transports: TransportWatch;
  private readonly undo: (() => void)[] = [];
  private beats = 0;
  private draining = false;

  constructor(
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'authenticateTimeout'>,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(SESSION_VERIFIER) private readonly verifier: SessionVerifier,
    @Inject(ACCESS_POLICY) policy: AccessPolicy,
    @Inject(EPHEMERAL_BUS) private readonly bus: EphemeralBus,
    @Inject(REALTIME_LIMITS) private readonly limits: RealtimeLimits,
    private readonly gate: ConnectionGate,
    private readonly presence: Presence,
  ) {
    this.admission = new Admission(verifier, policy);
    this.pages = new EventPages(log, { pageSize: limits.pageSize, maxBytes: limits.recentBytes });
    this.tracker = new WorkspaceTracker(
      log,
      {
        events: (workspaceId, events) => this.deliver(workspaceId, events),
        gap: (workspaceId, position) => this.tellGap(workspaceId, position),
      },
      limits,
    );
    this.replay = new Replay(log, this.tracker, this.pages, limits);
    this.transports = new TransportWatch(limits, (connection) => this.tellSlow(connection));
  }

  /**
   * Serves a namespace; its gateway calls this once. `undefined` where this process accepts no sockets (another adapter than
   * `LeanIoAdapter` gave something that is no Socket.IO server).
   */
  serve(server: unknown, hooks: NamespaceHooks): SessionFlow | undefined {
    for (const path of hooks.refetch) this.reloads.add(path);
    const socketServer = server instanceof Server ? server.of('/') : server;
    if (!(socketServer instanceof Namespace)) return undefined;
    const namespace = new ServedNamespace(socketServer, hooks.refetch, () => this.log.epoch, this.limits.subscriptions);
    const flow = new SessionFlow(namespace, {
      admission: this.admission,
      gate: this.gate,
      tracker: this.tracker,
      replay: this.replay,
      limits: this.limits,
      authenticateTimeout: this.config.authenticateTimeout,
      presence: hooks.presence ? this.presence : undefined,
      readyExtras: (session) => hooks.readyExtras(session),
      deserted: (client) => this.transports.desertedUntil(client, Date.now() + this.config.authenticateTimeout),
    });
    const handshake = new Handshake(
      this.admission,
      this.gate,
      namespace.offer,
      this.limits.messages,
      () => !this.draining,
    );
    // One listener for all sockets: a closure each would be kept as long as the socket.
    const onDisconnect = function (this: Socket): void {
      flow.closed(this);
    };
    socketServer.use((socket, next) => void handshake.receive(socket, next));
    socketServer.on('connection', (socket) => {
      flow.open(socket);
      socket.on('disconnect', onDisconnect);
    });
    if (this.served.size === 0) this.start();
    this.served.set(namespace.name, { namespace, flow });
    return flow;
  }

  /** REST paths to load again when a cursor over all namespaces cannot be served; known in every process, with sockets or without. */
  get refetch(): string[] {
    return [...this.reloads];
  }

  /** Calls the listener for the events delivered on this node, once and in order; only of workspaces that have sockets here. */
  onEvents(listener: EventsListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Users with a socket in this process; with one that is told of events of this type, where one is named. */
  connectedUsers(namespace: NamespaceName, workspaceId: string, type?: EventType): string[] {
    return this.served.get(namespace)?.namespace.groups.users(workspaceId, type) ?? [];
  }

  /** Whether this process accepts sockets. */
  get serving(): boolean {
    return this.served.size > 0;
  }

  socketsOf(workspaceId: string): WorkspaceSockets {
    const counts: WorkspaceSockets = {};
    for (const [name, { namespace }] of this.served) {
      const { sockets } = namespace.groups.population(workspaceId, '');
      counts[name] = { sockets, userIds: namespace.groups.users(workspaceId) };
    }
    return counts;
  }

  socketsOfUser(workspaceId: string, userId: string): UserSockets {
    const counts: UserSockets = { sockets: 0, namespaces: {} };
    for (const [name, { namespace }] of this.served) {
      const { users } = namespace.groups.population(workspaceId, userId);
      if (users > 0) counts.namespaces[name] = users;
      counts.sockets += users;
    }
    return counts;
  }

  /** Ends the user's sockets in this process; their token stays good. */
  disconnectUser(workspaceId: string, userId: string, reason: string): void {
    this.endSessions({ workspaceId, userId, reason });
  }

  /** The only channels of a user who is connected here; `undefined`: all. Sessions with other rights are ended when those change. */
  channelsOf(namespace: NamespaceName, workspaceId: string, userId: string): readonly string[] | undefined {
    return this.served.get(namespace)?.namespace.groups.anyOf(workspaceId, userId)?.session.channelIds;
  }

  /** Tells sockets of this process something that is not stored; `EphemeralBus.publish` tells those of all. */
  emitLocal(message: EphemeralMessage): void {
    this.served.get(message.namespace)?.namespace.deliverEphemeral(message);
  }

  /** Of this process, by namespace. */
  stats(): Record<string, NamespaceStats> {
    return Object.fromEntries([...this.served].map(([name, { namespace }]) => [name, namespace.stats()]));
  }

  /** Connections of this process, and the users behind its authenticated sockets. */
  census(): { connections: number; userIds: string[] } {
    const users = new Set<string>();
    for (const { namespace } of this.served.values()) {
      for (const { session } of namespace.connections) if (session) users.add(session.userId);
    }
    return { connections: this.engines().length, userIds: [...users] };
  }

  /**
   * Accepts no more sockets, asks all clients to come back after a jittered delay, and closes their connections once they have been
   * told, or after `timeout` ms.
   */
  async drain(timeout = 2000): Promise<void> {
    this.draining = true;
    const connections = [...this.served.values()].flatMap(({ namespace }) => [...namespace.connections]);
    const spread = Math.min(10_000, 500 + connections.length);
    for (const { socket } of connections) {
      socket.emit('server.draining', { reconnectAfterMs: 100 + Math.round(Math.random() * spread) });
    }
    const until = Date.now() + timeout;
    for (const connection of this.engines()) connection.close();
    while (this.engines().length > 0 && Date.now() < until) await setTimeout(20);
    for (const connection of this.engines()) connection.close(true);
  }

  onModuleDestroy(): void {
    for (const undo of this.undo.splice(0)) undo();
    this.tracker.close();
  }

  private start(): void {
    const timer = setInterval(() => this.tick(), beat);
    timer.unref();
    this.undo.push(
      () => clearInterval(timer),
      this.log.subscribe({
        batches: (batches) => this.tracker.offer(batches),
        interrupted: () => void this.tracker.interrupted(),
      }),
      this.verifier.onEnded((ended) => this.endSessions(ended)),
      this.bus.subscribe((message) => this.emitLocal(message)),
    );
  }

  private deliver(workspaceId: string, events: StoredEvent[]): void {
    const now = Date.now();
    this.pages.append(workspaceId, events);
    for (const event of events) {
      // A type that a newer process records and this one does not know.
      if (!isEventType(event.type)) continue;
      const served = this.served.get(eventNamespaces[event.type]);
      if (!served || served.namespace.connections.size === 0) continue;
      served.namespace.deliver(event, new EncodedEnvelope(event, this.log.epoch), now);
    }
    for (const listener of this.listeners) {
      try {
        listener(workspaceId, events);
      } catch (error) {
        this.logger.error(error);
      }
    }
  }

  private tellGap(workspaceId: string, position: number): void {
    this.logger.warn(
      `The log of workspace ${workspaceId} does not hold what its sockets need; they resync at ${position}.`,
    );
    for (const { namespace } of this.served.values()) namespace.tellGap(workspaceId, position, 'cursor_expired');
  }

  private endSessions({ sessionId, userId, workspaceId, issuedBefore, reason }: SessionsEnded): void {
    if (sessionId === undefined && userId === undefined && issuedBefore === undefined) return;
    for (const { namespace, flow } of this.served.values()) {
      for (const connection of [...namespace.connections]) {
        const { session } = connection;
        if (!session) continue;
        if (sessionId !== undefined && session.id !== sessionId) continue;
        if (userId !== undefined && session.userId !== userId) continue;
        if (workspaceId !== undefined && session.workspaceId !== workspaceId) continue;
        if (issuedBefore !== undefined && session.issuedAt >= issuedBefore) continue;
        flow.end(connection, reason);
      }
    }
  }

  private tick(): void {
    const now = Date.now();
    this.tracker.settle();
    for (const { namespace, flow } of this.served.values()) {
      for (const connection of namespace.due(now)) flow.due(connection, now);
    }
    if (++this.beats % beatsPerCheck !== 0) return;
    void this.tracker.check();
    this.presence.tick(now);
    this.transports.look(this.engines(), now);
    for (const { namespace } of this.served.values()) {
      namespace.checkpoint(now - this.limits.checkpointAfter, now, (id) => this.tracker.positionOf(id));
    }
  }

  private tellSlow(connection: EngineConnection): void {
    this.gate.refuse('slow_reader');
    for (const { namespace } of this.served.values()) {
      for (const { socket } of namespace.connections)
        if (engineOf(socket) === connection) socket.emit('error', tooSlow);
    }
  }

  private engines(): EngineConnection[] {
    const [any] = this.served.values();
    return any ? connectionsOf(any.namespace.server) : [];
  }
}
