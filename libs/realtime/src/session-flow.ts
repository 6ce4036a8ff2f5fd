import type {
  AckError,
  ConnectionTestAck,
  HeartbeatAck,
  Ready,
  Resync,
  ResyncReason,
  SubscriptionView,
} from '@switchboard/contracts';
import type { Socket } from 'socket.io';
import type { Admission } from './admission';
import { type Connection, connectionOf } from './connection';
import type { ConnectionGate } from './connection-gate';
import type { RealtimeLimits } from './limits';
import type { Session } from './ports';
import type { Presence } from './presence';
import { ProtocolError, toAckError } from './protocol-error';
import type { Replay } from './resume';
import type { ServedNamespace } from './served-namespace';
import { covers, type Subscription, subscribed, unsubscribed, viewOf, withRooms } from './subscription';
import { clientOf, type EngineClient, engineOf } from './transport';
import type { WorkspaceTracker } from './workspace-tracker';

export interface FlowDependencies {
  admission: Admission;
  tracker: WorkspaceTracker;
  replay: Replay;
  limits: Pick<RealtimeLimits, 'expiryNotice' | 'connections'>;
  gate: ConnectionGate;
  /** Milliseconds a socket has to authenticate. */
  authenticateTimeout: number;
  /** Where sockets of this namespace count as being there. */
  presence: Presence | undefined;
  /** What a gateway adds to `ready`. */
  readyExtras(session: Session): Promise<Partial<Ready>>;
  /** Called for a client that is left without a namespace. */
  deserted(client: EngineClient): void;
}

/** The life of a socket in one namespace: authenticate, replay, live, change, end. */
export class SessionFlow {
  constructor(
    private readonly namespace: ServedNamespace,
    private readonly the: FlowDependencies,
  ) {}

  /** A connected socket; synchronous up to where its messages can be handled. */
  open(socket: Socket): void {
    const connection = connectionOf(socket);
    if (!connection || !this.the.gate.hasRoom(clientOf(socket).sockets.size)) {
      engineOf(socket).close();
      return;
    }
    this.namespace.connections.add(connection);
    const { session } = connection;
    if (!session) {
      this.namespace.schedule(connection, Date.now() + this.the.authenticateTimeout);
      return;
    }
    connection
      .serially(() => this.begin(connection, session))
      .catch((error: unknown) => this.expel(connection, toAckError(error)));
  }

  closed(socket: Socket): void {
    const connection = connectionOf(socket);
    if (!connection || !this.namespace.connections.delete(connection)) return;
    if (connection.workspace) {
      this.the.presence?.leave(connection);
      this.namespace.groups.leave(connection);
      this.the.tracker.release(connection.workspace.id);
    }
    const client = clientOf(socket);
    if (client.sockets.size === 0 && client.conn.readyState === 'open') this.the.deserted(client);
  }

  /** First authentication of a socket that came without a token, or a new token for one that is served. */
  authenticate(connection: Connection, token: string): Promise<Ready> {
    return connection.serially(async () => {
      const session = await this.the.admission.verify(token, this.namespace.name);
      if (connection.session) return this.renew(connection, session);
      await this.the.admission.authorise(session, connection.subscription);
      try {
        return await this.begin(connection, session);
      } catch (error) {
        const { code, message, details } = toAckError(error);
        throw new ProtocolError(code, message, details, true);
      }
    });
  }

  subscribe(connection: Connection, request: unknown): Promise<SubscriptionView> {
    return this.change(connection, (current) => subscribed(current, request, this.namespace.offer));
  }

  unsubscribe(connection: Connection, request: unknown): Promise<SubscriptionView> {
    return this.change(connection, (current) => unsubscribed(current, request, this.namespace.offer));
  }

  /** Replays on a socket that is served. `resync` is to be sent after the answer. */
  resume(
    connection: Connection,
    cursor: unknown,
  ): Promise<{ replayed: number; cursor: string; resync: Resync | undefined }> {
    return connection.serially(async () => {
      const { workspace } = connection;
      if (!workspace) throw gone();
      const from = await this.the.replay.seek(connection, workspace, cursor);
      if (typeof from === 'string') return { replayed: 0, ...this.stand(connection, from) };
      this.namespace.suspend(connection);
      connection.position = from;
      const { replayed, resync } = await this.the.replay.catchUp(connection, workspace, () =>
        this.namespace.goLive(connection),
      );
      return { replayed, ...this.stand(connection, resync) };
    });
  }

  async heartbeat(connection: Connection): Promise<HeartbeatAck> {
    if (connection.served < 0) await connection.serially(async () => undefined);
    return { now: new Date().toISOString(), cursor: this.namespace.cursor(connection.served) };
  }

  async testConnection(connection: Connection): Promise<ConnectionTestAck> {
    const { socket } = connection;
    return { ...(await this.heartbeat(connection)), socketId: socket.id, transport: socket.conn.transport.name };
  }

  /** The clock's turn: authentication overdue, session about to end, session at its end. */
  due(connection: Connection, now: number): void {
    const { session } = connection;
    if (!session) {
      this.the.gate.refuse('no_token');
      const seconds = Math.round(this.the.authenticateTimeout / 1000);
      this.expel(connection, { code: 'unauthenticated', message: `No valid token came within ${seconds} s.` });
    } else if (now >= session.expiresAt) {
      this.end(connection, 'token_expired');
    } else {
      connection.socket.emit('session.expiring', { expiresAt: new Date(session.expiresAt).toISOString() });
      this.namespace.schedule(connection, session.expiresAt);
    }
  }

  /** Ends a session: the client is told why, and does not come back by itself. */
  end(connection: Connection, reason: string): void {
    connection.socket.emit('session.ended', { reason });
    connection.socket.disconnect();
  }

  private expel(connection: Connection, error: AckError): void {
    connection.socket.emit('error', error);
    connection.socket.disconnect();
  }

  private async begin(connection: Connection, session: Session): Promise<Ready> {
    const { admission, gate, tracker, replay } = this.the;
    if (!connection.socket.connected) throw gone();
    admission.confirm(session);
    this.admit(session);
    connection.session = session;
    gate.authenticated(engineOf(connection.socket));
    const workspace = tracker.hold(session.workspaceId);
    connection.workspace = workspace;
    connection.held = [];
    this.namespace.groups.enter(connection);
    this.scheduleExpiry(connection);

    await workspace.started;
    const { cursor } = connection;
    connection.cursor = undefined;
    const from = cursor === undefined ? workspace.position : await replay.seek(connection, workspace, cursor);
    connection.position = typeof from === 'string' ? workspace.position : from;
    const missed = await replay.catchUp(connection, workspace, nothing);
    // Counts are read before the socket is live, and what changes them meanwhile is held for it.
    const extras = await this.extras(session);
    let ready: Ready | undefined;
    await replay.catchUp(connection, workspace, ({ replayed, resync }) => {
      this.the.presence?.enter(connection);
      this.namespace.goLive(connection);
      const reason = typeof from === 'string' ? from : (missed.resync ?? resync);
      ready = { ...this.ready(connection), ...extras, replayed: missed.replayed + replayed };
      if (reason) ready.resync = this.stand(connection, reason).resync;
      connection.socket.emit('ready', ready);
      for (const { type, event } of connection.held ?? []) connection.socket.emit(type, event);
      connection.held = undefined;
    });
    if (!ready) throw gone();
    return ready;
  }

  /** Synchronous with `enter`, so that as many as there may be are let in, and not one more. */
  private admit({ userId, workspaceId }: Session): void {
    const { perUser, perWorkspace } = this.the.limits.connections;
    const { users, sockets } = this.namespace.groups.population(workspaceId, userId);
    const { name } = this.namespace;
    if (users >= perUser) {
      this.the.gate.refuse('user_full', `User ${userId} has ${users} on ${name}.`);
      throw new ProtocolError(
        'rate_limited',
        `You have ${users} sockets on ${name} already; close some.`,
        undefined,
        true,
      );
    }
    if (sockets >= perWorkspace) {
      this.the.gate.refuse('workspace_full', `Workspace ${workspaceId} has ${sockets} on ${name}.`);
      const message = `Your workspace has ${sockets} sockets on ${name} already; close some.`;
      throw new ProtocolError('rate_limited', message, undefined, true);
    }
  }

  private async renew(connection: Connection, session: Session): Promise<Ready> {
    const before = connection.session;
    if (session.userId !== before.userId || session.workspaceId !== before.workspaceId) {
      throw new ProtocolError('forbidden', 'A live socket can be renewed by its own user only.', undefined, true);
    }
    let { subscription } = connection;
    const sameRights = session.role === before.role && `${session.channelIds}` === `${before.channelIds}`;
    if (!sameRights && subscription.rooms) {
      subscription = withRooms(subscription, await this.the.admission.joinable(session, subscription));
    }
    this.the.admission.confirm(session);
    this.regroup(connection, subscription, session);
    this.scheduleExpiry(connection);
    return this.ready(connection);
  }

  private change(connection: Connection, next: (current: Subscription) => Subscription): Promise<SubscriptionView> {
    return connection.serially(async () => {
      const before = connection.subscription;
      const after = next(before);
      await this.the.admission.authorise(connection.session, after, before);
      if (after.key !== before.key) this.regroup(connection, after, connection.session);
      const view = viewOf(after);
      return covers(before, after) ? view : { ...view, since: this.namespace.cursor(connection.served) };
    });
  }

  /** Synchronous, so that nothing is missed or sent twice between the old service and the new. */
  private regroup(connection: Connection, subscription: Subscription, session: Session): void {
    if (!connection.socket.connected) throw gone();
    this.namespace.suspend(connection);
    connection.subscription = subscription;
    connection.session = session;
    this.namespace.goLive(connection);
  }

  private ready(connection: Connection): Ready {
    const { userId, email, workspaceId, role, expiresAt } = connection.session;
    return {
      userId,
      email,
      workspaceId,
      role,
      expiresAt: new Date(expiresAt).toISOString(),
      cursor: this.namespace.cursor(connection.served),
      subscriptions: viewOf(connection.subscription),
      replayed: 0,
    };
  }

  private stand(connection: Connection, reason: ResyncReason | undefined) {
    const cursor = this.namespace.cursor(connection.served);
    return { cursor, resync: reason && { reason, refetch: [...this.namespace.refetch], cursor } };
  }

  /** A client is better off without its counts than without its events. */
  private async extras(session: Session): Promise<Partial<Ready>> {
    try {
      return await this.the.readyExtras(session);
    } catch (error) {
      toAckError(error);
      return {};
    }
  }

  private scheduleExpiry(connection: Connection): void {
    const notice = connection.session.expiresAt - this.the.limits.expiryNotice;
    this.namespace.schedule(connection, Math.max(Date.now(), notice));
  }
}

const nothing = () => undefined;
const gone = () => new ProtocolError('unauthenticated', 'The socket has been disconnected.');
