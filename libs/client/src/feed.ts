import type { AckError, Cursor, Namespace, Ready, Resync } from '@switchboard/contracts';
import type { Manager, Socket } from 'socket.io-client';
import { Backoff } from './backoff';
import { isCovered } from './cursors';
import { isAboutToken } from './errors';
import { type Envelope, isEnvelope } from './events';

export type FeedName = Namespace | '/';

/** What a feed needs of the client that it is of. */
export interface FeedHost {
  deliver(envelope: Envelope, namespace: FeedName): void;
  resync(namespace: FeedName, resync: Resync): void;
  ready(ready: Ready): void;
  error(namespace: FeedName, error: AckError): void;
  keep(namespace: FeedName, cursor: Cursor, mayGoBack: boolean): void;
  /** Its stand has changed: ready, refused, or no longer there. */
  changed(feed: Feed): void;
  expiring(feed: Feed): void;
  /** The token that it used is refused, or the session has ended. */
  tokenRefused(error: AckError): void;
  draining(reconnectAfterMs: number): void;
}

/** Of these the server may think otherwise a moment later. */
const passing: readonly string[] = ['rate_limited', 'internal'];

/** One namespace: its socket while there is a connection, and its cursor, which outlives connections. */
export class Feed {
  private socket: Socket | undefined;
  private stopped = true;
  private rejoin: ReturnType<typeof setTimeout> | undefined;
  private readonly backoff = new Backoff({ first: 1000, longest: 30_000 });
  private last: Cursor | undefined;
  private lists: { heads: Cursor[]; open: number } | undefined;
  /** What `ready` said, while the namespace is served. */
  ready: Ready | undefined;
  /** Why the server does not serve it; it is not asked again on this connection. */
  refused: AckError | undefined;
  /** What was missed is to be loaded, and has not been yet. */
  private refetching = false;
  /** Where somebody was is not known yet. */
  private restored = false;

  constructor(
    readonly name: FeedName,
    private readonly host: FeedHost,
  ) {}

  /** Up to here everything has been told. */
  get position(): Cursor | undefined {
    return this.last;
  }

  get socketId(): string | undefined {
    return this.ready && this.socket?.id;
  }

  get joined(): boolean {
    return !this.stopped;
  }

  /** Takes up where somebody was; `undefined` of somebody new. */
  restore(cursor: Cursor | undefined): void {
    this.last = cursor;
    this.refetching = false;
    this.restored = true;
  }

  /** Joins over a connection that is open. Waits while a list is loaded that says where to begin. */
  join(manager: Manager, token: () => string): void {
    if (!this.stopped || !this.restored || this.lists) return;
    this.stopped = false;
    this.refused = undefined;
    const auth = (send: (data: object) => void) =>
      send({ token: token(), ...(this.name !== '/' && this.last ? { cursor: this.last } : {}) });
    const socket = manager.socket(this.name, { auth });
    this.socket = socket;
    socket.on('connect_error', (error: Error & { data?: AckError }) => {
      if (error.data?.code) this.refuse(error.data, () => socket.connect());
      // The connection had been let go of with its last namespace, and could not be made again.
      else this.again(() => socket.connect());
    });
    socket.on('disconnect', (reason) => {
      if (this.socket !== socket) return;
      this.ready = undefined;
      if (reason === 'io server disconnect') this.again(() => socket.connect());
      this.host.changed(this);
    });
    socket.onAny((name: string, body: unknown) => {
      if (this.socket === socket) this.take(name, body);
    });
    socket.connect();
  }

  /** Leaves the namespace; the cursor stays. */
  leave(): void {
    const { socket } = this;
    this.stopped = true;
    this.ready = undefined;
    this.socket = undefined;
    clearTimeout(this.rejoin);
    socket?.offAny();
    socket?.off();
    socket?.disconnect();
  }

  /** Asks, and waits for the answer at most so long. `undefined` where there was none. */
  async ask(message: string, body: unknown, timeoutMs: number): Promise<unknown> {
    if (!this.ready || !this.socket) return undefined;
    const asking = this.socket.timeout(timeoutMs);
    return (body === undefined ? asking.emitWithAck(message) : asking.emitWithAck(message, body)).catch(
      () => undefined,
    );
  }

  /** A later position that the server has told. */
  advance(cursor: Cursor): void {
    if (this.last !== undefined && isCovered(cursor, this.last)) return;
    this.last = cursor;
    this.host.keep(this.name, cursor, false);
  }

  /**
   * A list is being loaded, and its head is where to begin; `undefined` where something else says that already. Until all that are
   * loaded at once are there the namespace is not joined, so that nothing is missed between the earliest head and the first event.
   */
  holdFor(): { done: (head: Cursor | undefined) => void } | undefined {
    if (this.last !== undefined || !this.stopped) return undefined;
    this.lists ??= { heads: [], open: 0 };
    const { lists } = this;
    lists.open += 1;
    return {
      done: (head) => {
        if (head !== undefined) lists.heads.push(head);
        lists.open -= 1;
        if (lists.open > 0) return;
        this.lists = undefined;
        const [earliest] = lists.heads.sort();
        if (earliest !== undefined && this.last === undefined) this.advance(earliest);
        this.host.changed(this);
      },
    };
  }

  /** A list was loaded after a resync: what its head covers is not told again. */
  loaded(head: Cursor): void {
    if (!this.refetching) return;
    this.refetching = false;
    this.advance(head);
  }

  private take(name: string, body: unknown): void {
    if (isEnvelope(body)) {
      const { cursor } = body;
      if (cursor !== undefined && this.last !== undefined && isCovered(cursor, this.last)) return;
      this.host.deliver(body, this.name);
      if (cursor !== undefined) this.advance(cursor);
      return;
    }
    this.notices[name]?.(body);
  }

  private readonly notices: Partial<Record<string, (body: unknown) => void>> = {
    ready: (body) => this.begin(body as Ready),
    checkpoint: (body) => this.advance((body as { cursor: Cursor }).cursor),
    resync: (body) => this.startOver(body as Resync),
    'session.expiring': () => this.host.expiring(this),
    'session.ended': (body) => {
      const message = `The session has ended: ${(body as { reason: string }).reason}.`;
      this.host.tokenRefused({ code: 'unauthenticated', message });
    },
    'server.draining': (body) => this.host.draining((body as { reconnectAfterMs: number }).reconnectAfterMs),
    error: (body) => {
      const error = body as AckError;
      if (isAboutToken(error)) this.host.tokenRefused(error);
      else this.host.error(this.name, error);
    },
  };

  private begin(ready: Ready): void {
    this.ready = ready;
    this.backoff.reset();
    if (this.name !== '/') {
      if (ready.resync) this.startOver(ready.resync);
      else this.advance(ready.cursor);
    }
    this.host.ready(ready);
    this.host.changed(this);
  }

  private startOver(resync: Resync): void {
    this.last = resync.cursor;
    this.refetching = true;
    this.host.resync(this.name, resync);
    // Kept only now: a page that is closed before it was told is told at its next start.
    this.host.keep(this.name, this.last, true);
  }

  private refuse(error: AckError, connect: () => void): void {
    if (isAboutToken(error)) {
      this.host.tokenRefused(error);
    } else if (passing.includes(error.code)) {
      this.again(connect);
    } else {
      this.refused = error;
      this.host.error(this.name, error);
      this.host.changed(this);
    }
  }

  private again(connect: () => void): void {
    clearTimeout(this.rejoin);
    this.rejoin = setTimeout(() => {
      if (!this.stopped) connect();
    }, this.backoff.next());
  }
}
