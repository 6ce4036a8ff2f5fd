import type { Cursor, EventEnvelope, HeartbeatAck, Namespace, Ready } from '@switchboard/contracts';
import { Manager, type Socket } from 'socket.io-client';

export const heardNamespaces = ['/messages', '/webhooks'] as const satisfies readonly Namespace[];

export interface ListenerHooks {
  /** Events with a cursor and ephemeral ones, as they come. */
  event(namespace: Namespace, event: EventEnvelope): void;
  /** A connection ended for good, or was told that it missed something. */
  failed(reason: string): void;
}

/** A client like a dashboard: one connection, two namespaces, a cursor for each, and back to where it was after a break. */
export class Listener {
  readonly #manager: Manager;
  readonly #sockets: Map<Namespace, Socket>;
  readonly #cursors = new Map<Namespace, Cursor>();
  #closed = false;

  constructor(url: string, token: string, hooks: ListenerHooks) {
    this.#manager = new Manager(url, { transports: ['websocket'], autoConnect: false, reconnectionDelay: 200 });
    this.#sockets = new Map(heardNamespaces.map((namespace) => [namespace, this.#socket(namespace, token, hooks)]));
  }

  /** Up to where a namespace has been received. */
  cursor(namespace: Namespace): Cursor | undefined {
    return this.#cursors.get(namespace);
  }

  /** Connects every namespace; resolves when the server has told that all is caught up. Returns how many events were replayed. */
  async connect(): Promise<number> {
    this.#manager.reconnection(true);
    const replayed = [...this.#sockets.values()].map(async (socket) => {
      const ready = new Promise<Ready>((resolve) => socket.once('ready', resolve));
      socket.connect();
      return (await ready).replayed;
    });
    return (await Promise.all(replayed)).reduce((sum, count) => sum + count, 0);
  }

  /** The network goes away in the middle of whatever was being sent: no goodbye in either direction. */
  async cut(): Promise<void> {
    this.#manager.reconnection(false);
    const gone = [...this.#sockets.values()].map(
      (socket) => new Promise((resolve) => socket.once('disconnect', resolve)),
    );
    const { transport } = this.#manager.engine as unknown as { transport: { ws: { terminate(): void } } };
    transport.ws.terminate();
    await Promise.all(gone);
  }

  /** Up to where the server says it has told each namespace everything; what it told before has been received by then. */
  async servedUpTo(): Promise<Cursor[]> {
    const acks = [...this.#sockets.values()].map(
      (socket) => socket.timeout(5_000).emitWithAck('heartbeat') as Promise<{ data: HeartbeatAck }>,
    );
    return (await Promise.all(acks)).map(({ data }) => data.cursor);
  }

  close(): void {
    this.#closed = true;
    this.#manager.reconnection(false);
    for (const socket of this.#sockets.values()) socket.disconnect();
  }

  #socket(namespace: Namespace, token: string, hooks: ListenerHooks): Socket {
    const socket = this.#manager.socket(namespace, {
      auth: (send) => send({ token, cursor: this.#cursors.get(namespace) }),
    });
    socket.on('ready', ({ cursor, resync }: Ready) => {
      this.#cursors.set(namespace, cursor);
      if (resync) hooks.failed(`${namespace} could not go on from its cursor: ${resync.reason}`);
    });
    socket.on('checkpoint', ({ cursor }: { cursor: Cursor }) => this.#cursors.set(namespace, cursor));
    socket.on('resync', ({ reason }: { reason: string }) => hooks.failed(`${namespace} has to load again: ${reason}`));
    socket.on('connect_error', (error) => {
      if (!socket.active) hooks.failed(`${namespace} refused the connection: ${error.message}`);
    });
    socket.on('disconnect', (reason) => {
      if (!this.#closed && !socket.active && reason === 'io server disconnect')
        hooks.failed(`${namespace} ended the session`);
    });
    socket.onAny((name: string, event: EventEnvelope) => {
      if (typeof event !== 'object' || event?.type !== name) return;
      hooks.event(namespace, event);
      if (event.cursor) this.#cursors.set(namespace, event.cursor);
    });
    return socket;
  }
}
