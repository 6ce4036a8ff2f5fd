import type { AckError } from '@switchboard/contracts';
import { Manager, type ManagerOptions } from 'socket.io-client';
import { Backoff } from './backoff';
import { isAboutToken, SignedOutError } from './errors';
import type { Feed } from './feed';
import { Observable } from './observable';
import type { Tokens } from './tokens';

/**
 * `connecting`: for the first time. `online`: everything that is listened to is served. `recovering`: the connection was lost and is
 * being made again, or what was missed is being told. `offline`: the last attempt failed; `retryAt` says when the next one is.
 * `unauthorized`: the token was refused, and so was another one; `reconnect()` after signing in.
 */
export type ConnectionStatus = 'connecting' | 'online' | 'recovering' | 'offline' | 'unauthorized' | 'closed';

export interface ConnectionState {
  status: ConnectionStatus;
  /** Of the socket by which the server can be asked about this client; while there is one. */
  socketId: string | undefined;
  /** Of the last heartbeat, there and back. */
  latencyMs: number | undefined;
  /** ISO 8601: the next attempt, while `offline`. */
  retryAt: string | undefined;
  /** Why it is not online. */
  error: { code: string; message: string } | undefined;
}

export interface ConnectionOptions {
  /** Passed on to Socket.IO: `path`, `extraHeaders`, `transports` (WebSocket alone by default) … */
  socket?: Partial<ManagerOptions>;
  /** Milliseconds between heartbeats. */
  heartbeatEvery: number;
  /** Milliseconds a heartbeat may take before the connection is given up. */
  heartbeatTimeout: number;
  /** Milliseconds to the first and between later attempts to reconnect, at most. */
  backoff: { first: number; longest: number };
}

export interface ConnectionHost {
  /** All that exist. */
  feeds(): Iterable<Feed>;
  /** Those that somebody listens to, never none. */
  wanted(): Feed[];
  /** Whose token it is; before anything is joined with it. */
  identify(token: string): Promise<void>;
}

/** A connection that was up this long before it broke was a good one: waiting starts from the beginning. */
const stable = 5000;

/** The one engine connection and its life: made, watched, made again. */
export class Connection {
  readonly state = new Observable<ConnectionState>({
    status: 'connecting',
    socketId: undefined,
    latencyMs: undefined,
    retryAt: undefined,
    error: undefined,
  });
  private readonly backoff: Backoff;
  private manager: Manager | undefined;
  private open = false;
  private token = '';
  /** Grows with every attempt: what belongs to an earlier one no longer counts. */
  private attempt = 0;
  private wasOnline = false;
  private onlineSince: number | undefined;
  private replaced = false;
  private returnAfter: number | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private heartbeat: ReturnType<typeof setTimeout> | undefined;
  private renewing: Promise<void> | undefined;

  constructor(
    private readonly url: string,
    private readonly tokens: Tokens,
    private readonly host: ConnectionHost,
    private readonly options: ConnectionOptions,
  ) {
    this.backoff = new Backoff(options.backoff);
  }

  /** At once, whatever it was waiting for. */
  start(): void {
    this.replaced = false;
    this.backoff.reset();
    this.begin();
  }

  close(): void {
    this.drop();
    this.tell({ status: 'closed', retryAt: undefined, error: undefined });
  }

  /** Listeners have come or gone, or a feed has changed its stand. */
  reconcile(): void {
    if (!this.open || !this.manager) return;
    const wanted = this.host.wanted();
    for (const feed of wanted) feed.join(this.manager, () => this.token);
    // The last namespace goes only when another is there: a connection without any is closed.
    const served = wanted.some(({ ready }) => ready);
    for (const feed of this.host.feeds()) if (served && feed.joined && !wanted.includes(feed)) feed.leave();
    if (served) this.replaced = false;
    if (wanted.every(({ ready, refused }) => ready ?? refused)) this.settled(wanted);
    else if (this.state.current.status === 'online' && !served) this.tell({ status: 'recovering' });
    this.tell({ socketId: wanted.find(({ socketId }) => socketId)?.socketId });
  }

  /** Asks whether the connection is alive, and how fast; one that does not answer is given up and made again. */
  async probe(timeoutMs = this.options.heartbeatTimeout): Promise<void> {
    const { attempt } = this;
    const feed = this.host.wanted().find(({ ready }) => ready);
    if (!feed) return;
    this.beatLater();
    const sent = performance.now();
    const answer = (await feed.ask('heartbeat', undefined, timeoutMs)) as { ok?: boolean } | undefined;
    if (attempt !== this.attempt) return;
    if (answer) this.tell({ latencyMs: Math.round((performance.now() - sent) * 10) / 10 });
    else if (feed.ready) this.lost({ code: 'timeout', message: 'The server did not answer a heartbeat.' });
  }

  /** The page is looked at again, or the network is back: what a timer was to do is done now. */
  wake(): void {
    const { status } = this.state.current;
    if (this.open) void this.probe(Math.min(5000, this.options.heartbeatTimeout));
    else if (this.retry !== undefined && status !== 'unauthorized') {
      this.backoff.reset();
      this.begin();
    }
  }

  /** Renews the session of a feed that is about to end. All feeds are told so at about the same time, and share one token. */
  async renew(feed: Feed): Promise<void> {
    const { attempt } = this;
    this.renewing ??= this.tokens
      .replace(this.token)
      .then((token) => {
        if (attempt === this.attempt) this.token = token;
      })
      .finally(() => {
        this.renewing = undefined;
      });
    // One that cannot be renewed ends in time, and is told so.
    await this.renewing.catch(() => undefined);
    if (attempt === this.attempt) await feed.ask('authenticate', { token: this.token }, this.options.heartbeatTimeout);
  }

  /** Another token is fetched, once; when that is refused too, nobody is signed in. */
  tokenRefused(error: AckError): void {
    const refused = this.token;
    const again = this.replaced;
    this.drop();
    if (again) {
      this.unauthorized(error);
      return;
    }
    this.replaced = true;
    const soon = this.onlineSince === undefined || this.onlineSince + stable < Date.now();
    this.tell({ status: this.wasOnline ? 'recovering' : 'connecting', error: plain(error) });
    if (soon) this.begin(refused);
    else this.schedule(this.backoff.next(), refused);
  }

  draining(reconnectAfterMs: number): void {
    this.returnAfter = reconnectAfterMs;
  }

  private begin(replace?: string): void {
    this.drop();
    this.tell({ retryAt: undefined });
    const { status } = this.state.current;
    if (status === 'unauthorized' || status === 'closed') {
      this.tell({ status: this.wasOnline ? 'recovering' : 'connecting', error: undefined });
    }
    void this.connect(this.attempt, replace);
  }

  private async connect(attempt: number, replace: string | undefined): Promise<void> {
    let token: string;
    try {
      token = await (replace === undefined ? this.tokens.fetch() : this.tokens.replace(replace));
      if (attempt !== this.attempt) return;
      await this.host.identify(token);
      if (attempt !== this.attempt) return;
    } catch (error) {
      if (attempt !== this.attempt) return;
      if (error instanceof SignedOutError) return this.unauthorized(error);
      if (isAboutToken(error)) {
        this.token = this.tokens.current ?? '';
        return this.tokenRefused(error as AckError);
      }
      return this.failed(error, replace);
    }
    this.token = token;
    const manager = new Manager(this.url, {
      transports: ['websocket'],
      timeout: 10_000,
      ...this.options.socket,
      autoConnect: false,
      reconnection: false,
    });
    this.manager = manager;
    manager.on('close', (reason) => {
      // Socket.IO lets go of a connection whose last namespace was refused or ended, before it says so of the namespace.
      if (attempt !== this.attempt || reason === 'forced close') return;
      this.lost({ code: 'offline', message: `The connection was lost: ${reason}.` });
    });
    manager.open((error) => {
      if (attempt !== this.attempt) return;
      if (error) return this.failed(error);
      this.open = true;
      if (this.state.current.status === 'offline') {
        this.tell({ status: this.wasOnline ? 'recovering' : 'connecting' });
      }
      this.reconcile();
    });
  }

  private settled(wanted: Feed[]): void {
    if (this.state.current.status === 'online') return;
    if (!wanted.some(({ ready }) => ready)) {
      const [{ refused }] = wanted as [Feed];
      this.tell({ status: 'offline', error: refused && plain(refused) });
      return;
    }
    this.wasOnline = true;
    this.onlineSince = Date.now();
    this.tell({ status: 'online', error: undefined });
    void this.probe();
  }

  private lost(error: { code: string; message: string }): void {
    const after = this.returnAfter;
    this.drop();
    if (this.onlineSince !== undefined && this.onlineSince + stable < Date.now()) this.backoff.reset();
    this.tell({ status: this.wasOnline ? 'recovering' : 'connecting', error });
    this.schedule(after ?? this.backoff.next());
  }

  private failed(error: unknown, replace?: string): void {
    this.drop();
    const message = error instanceof Error ? error.message : String(error);
    const wait = this.backoff.next();
    const retryAt = new Date(Date.now() + wait).toISOString();
    this.tell({ status: 'offline', error: { code: 'offline', message }, retryAt });
    this.schedule(wait, replace);
  }

  private unauthorized(error: { code: string; message: string }): void {
    this.drop();
    this.tell({ status: 'unauthorized', retryAt: undefined, error: plain(error) });
  }

  private schedule(wait: number, replace?: string): void {
    this.retry = setTimeout(() => this.begin(replace), wait);
  }

  /** Lets go of the connection and of every timer. */
  private drop(): void {
    this.attempt += 1;
    clearTimeout(this.retry);
    clearTimeout(this.heartbeat);
    this.retry = undefined;
    this.returnAfter = undefined;
    const { manager } = this;
    this.manager = undefined;
    this.open = false;
    for (const feed of this.host.feeds()) feed.leave();
    manager?.off();
    manager?._close();
    this.tell({ socketId: undefined, latencyMs: undefined });
  }

  private beatLater(): void {
    clearTimeout(this.heartbeat);
    this.heartbeat = setTimeout(() => void this.probe(), this.options.heartbeatEvery);
  }

  private tell(change: Partial<ConnectionState>): void {
    const { current } = this.state;
    const names = Object.keys(change) as (keyof ConnectionState)[];
    if (names.some((name) => current[name] !== change[name])) this.state.set({ ...current, ...change });
  }
}

const plain = ({ code, message }: { code: string; message: string }) => ({ code, message });
