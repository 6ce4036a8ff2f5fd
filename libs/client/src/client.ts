import type { Ack, Cursor, MessageView, Namespace, Ready, UnreadCounts } from '@switchboard/contracts';
import { Changes } from './changes';
import { Connection, type ConnectionState } from './connection';
import { type CursorOwner, Cursors, memoryCursors } from './cursors';
import { Demand } from './demand';
import { SwitchboardError } from './errors';
import { type Messages, namespaceOf } from './events';
import { Feed, type FeedName } from './feed';
import { Identities } from './identity';
import { Listeners } from './listeners';
import { Observable } from './observable';
import type { ClientEvents, ClientOptions, RequestOptions } from './options';
import { type MessageContent, Outbox, type SendOptions } from './outbox';
import { randomId } from './random-id';
import { Rest } from './rest';
import { Tokens } from './tokens';
import { onWake } from './wake';

/** A client of one server for whoever its tokens are for. Made by `connect`. */
export class SwitchboardClient {
  /** What the unread counts of this user are; `undefined` until `/messages` has been joined. */
  readonly unread = new Observable<UnreadCounts | undefined>(undefined);
  /** Who this client is for, as the server says; `undefined` until it has. */
  readonly me = new Observable<Pick<Ready, 'userId' | 'workspaceId' | 'role' | 'email'> | undefined>(undefined);
  readonly url: string;
  /** The REST interface, typed from the server's description of it. */
  readonly rest: Rest;
  /** Messages on their way. */
  readonly outbox: Outbox;
  private readonly listeners: Listeners<ClientEvents>;
  private readonly demand: Demand;
  private readonly changes = new Changes();
  private readonly feeds = new Map<FeedName, Feed>();
  private readonly root: Feed;
  private readonly link: Connection;
  private readonly cursors: Cursors;
  private readonly identities: Identities;
  private readonly tokens: Tokens;
  private readonly unwatch: () => void;
  private readonly requestTimeout: number;
  private owner: CursorOwner | undefined;

  constructor(options: ClientOptions) {
    const { url, token, cursors = memoryCursors(), requestTimeout = 10_000, linger = 5000, socket } = options;
    const { heartbeatEvery = 25_000, heartbeatTimeout = 10_000, backoff = { first: 1000, longest: 30_000 } } = options;
    this.url = url.replace(/\/+$/, '');
    this.requestTimeout = requestTimeout;
    this.demand = new Demand(linger, () => this.changed());
    this.cursors = new Cursors(cursors);
    this.tokens = new Tokens(token);
    const fetch: typeof globalThis.fetch = options.fetch ?? ((...args) => globalThis.fetch(...args));
    this.identities = new Identities(this.url, fetch);
    this.rest = new Rest(this.url, this.tokens, fetch, requestTimeout);
    this.outbox = new Outbox({
      storage: options.outbox,
      followed: () => this.demand.has('/messages'),
      backoff,
      send: async ({ conversationId, content, options: more, clientId }) =>
        (await this.rest.post('/v1/conversations/{id}/messages', {
          path: { id: conversationId },
          body: { ...more, content, clientId },
          headers: { 'Idempotency-Key': clientId },
        })) as MessageView,
    });
    this.listeners = new Listeners((cause, event) => {
      const message = `A listener of ${event} failed: ${cause instanceof Error ? cause.message : String(cause)}`;
      if (event !== 'error') this.listeners.emit('error', { code: 'listener', message, cause });
    });
    this.root = this.newFeed('/');
    this.root.restore(undefined);
    this.link = new Connection(
      this.url,
      this.tokens,
      {
        feeds: () => this.feeds.values(),
        wanted: () => this.wanted(),
        identify: (of) => this.identify(of),
      },
      { heartbeatEvery, heartbeatTimeout, backoff, socket },
    );
    this.unwatch = onWake(() => this.link.wake());
    this.connection.subscribe(({ status }) => {
      if (status === 'online') this.outbox.flush();
      this.changes.tell();
    });
    // A message that waits for nothing any more: the conversation shows the server's own.
    for (const type of ['message.queued', 'message.sent', 'message.failed'] as const) {
      this.listeners.add(type, ({ data }) => {
        if ('message' in data && data.message.clientId) this.outbox.remove(data.message.clientId);
      });
    }
    this.link.start();
  }

  /** Its state now and its changes. */
  get connection(): Observable<ConnectionState> {
    return this.link.state;
  }

  /**
   * Calls the listener for each event of that type, once and in order. The first listener of a namespace joins it. An event counts
   * as told when the listener has returned.
   * @returns takes the listener away; the last one of a namespace leaves it
   */
  on<T extends keyof ClientEvents>(type: T, listener: (body: ClientEvents[T]) => void): () => void {
    const namespace = namespaceOf(type);
    const remove = this.listeners.add(type, listener);
    const release = namespace && this.listen(namespace);
    let listening = true;
    return () => {
      if (!listening) return;
      listening = false;
      remove();
      release?.();
    };
  }

  /** Joins a namespace, as a listener of one of its events does. @returns takes that back */
  listen(namespace: Namespace): () => void {
    this.feed(namespace);
    return this.demand.add(namespace);
  }

  /** Where a namespace stands: everything up to this cursor has been told. */
  cursor(namespace: Namespace): Cursor | undefined {
    return this.feeds.get(namespace)?.position;
  }

  /**
   * Loads a list, and sees to it that the namespace goes on from the list's `head`: nothing is missed in between. Where the namespace
   * is followed already, what happens while the list loads is told as well; drop what `isCovered` by the list's head.
   */
  async load<T extends { head: Cursor }>(namespace: Namespace, list: () => Promise<T>): Promise<T> {
    const feed = this.feed(namespace);
    for (;;) {
      const held = feed.holdFor();
      if (held) {
        let head: Cursor | undefined;
        try {
          const page = await list();
          head = page.head;
          return page;
        } finally {
          held.done(head);
        }
      }
      if (feed.position !== undefined || feed.refused) break;
      // It is just being joined without a cursor: a list loaded from then on is at least as new as where it starts.
      await this.changes.next();
    }
    const page = await list();
    feed.loaded(page.head);
    return page;
  }

  /** Whether anybody listens to that namespace here. */
  listens(namespace: Namespace): boolean {
    return this.demand.has(namespace);
  }

  /**
   * Asks over the socket, and gives the answer.
   * @throws SwitchboardError with the server's code, or `timeout`: whether it was done is not known then
   */
  async request<T extends keyof Messages>(
    message: T,
    body?: Messages[T]['body'],
    { timeoutMs = this.requestTimeout }: RequestOptions = {},
    namespace: Namespace = '/messages',
  ): Promise<Messages[T]['answer']> {
    const release = this.listen(namespace);
    try {
      const until = Date.now() + timeoutMs;
      const feed = this.feed(namespace);
      while (!feed.ready) {
        if (feed.refused) throw SwitchboardError.of(feed.refused);
        if (!(await this.changes.nextBefore(until)))
          throw new SwitchboardError('offline', `${message} was not sent: offline.`);
      }
      const ack = (await feed.ask(message, body, Math.max(1, until - Date.now()))) as
        | Ack<Messages[T]['answer']>
        | undefined;
      if (!ack) throw new SwitchboardError('timeout', `${message} was not answered in time.`);
      if (!ack.ok) throw SwitchboardError.of(ack.error);
      return ack.data;
    } finally {
      release();
    }
  }

  /**
   * Sends a message in a customer's conversation. It stands in `outbox.entries` at once, waits there while the server cannot be
   * reached, and is sent once however often it has to be handed over.
   * @throws SwitchboardError where the server refuses it: it stands as `failed` then
   */
  send(
    conversationId: string,
    content: MessageContent | string,
    { clientId = randomId(), ...options }: SendOptions & { clientId?: string } = {},
  ): Promise<MessageView> {
    const whole = typeof content === 'string' ? { type: 'text' as const, text: content } : content;
    return this.outbox.send(conversationId, whole, options, clientId);
  }

  /** Tries to connect now: after signing in again, or because somebody does not want to wait. */
  reconnect(): void {
    this.link.start();
  }

  /** Ends the connection for good; cursors stay. */
  close(): void {
    this.unwatch();
    this.link.close();
    this.outbox.close();
    this.demand.close();
    this.changed();
  }

  private feed(name: FeedName): Feed {
    const existing = this.feeds.get(name);
    if (existing) return existing;
    const feed = this.newFeed(name);
    if (this.owner) void this.restore(feed, this.owner);
    return feed;
  }

  private newFeed(name: FeedName): Feed {
    const feed = new Feed(name, {
      deliver: (envelope) => {
        if (envelope.type === 'unread.changed') this.unread.set(envelope.data as UnreadCounts);
        this.listeners.emit(envelope.type, envelope as never);
        this.listeners.emit('*', envelope);
      },
      resync: (namespace, resync) => {
        if (namespace === '/messages') this.outbox.forgetAccepted();
        this.listeners.emit('resync', { namespace: namespace as Namespace, ...resync });
      },
      ready: ({ userId, workspaceId, role, email, unread }) => {
        const { current } = this.me;
        if (current?.userId !== userId || current.workspaceId !== workspaceId || current.role !== role) {
          this.me.set({ userId, workspaceId, role, email });
        }
        if (unread) this.unread.set(unread);
      },
      error: (namespace, error) => this.listeners.emit('error', { namespace, ...error }),
      keep: (namespace, cursor, mayGoBack) => {
        if (this.owner && namespace !== '/') this.cursors.save(this.owner, namespace, cursor, mayGoBack);
      },
      changed: () => this.changed(),
      expiring: (one) => void this.link.renew(one),
      tokenRefused: (error) => this.link.tokenRefused(error),
      draining: (ms) => this.link.draining(ms),
    });
    this.feeds.set(name, feed);
    return feed;
  }

  private wanted(): Feed[] {
    const wanted = [...this.feeds.values()].filter(({ name }) => this.demand.has(name));
    return wanted.length > 0 ? wanted : [this.root];
  }

  private async identify(token: string): Promise<void> {
    const identity = await this.identities.of(token);
    const { owner } = this;
    if (owner?.identity !== identity) {
      this.owner = { url: this.url, identity };
      this.unread.set(undefined);
      const feeds = [...this.feeds.values()].filter(({ name }) => name !== '/');
      await Promise.all(feeds.map((feed) => this.restore(feed, this.owner!)));
      this.outbox.open(`switchboard:outbox:${this.url}:${identity}`);
    }
  }

  private async restore(feed: Feed, owner: CursorOwner): Promise<void> {
    const cursor = await this.cursors.load(owner, feed.name).catch(() => undefined);
    if (this.owner !== owner) return;
    feed.restore(cursor);
    this.changed();
  }

  /** Something about a feed or the connection is different. */
  private changed(): void {
    this.link?.reconcile();
    this.changes.tell();
  }
}

/** Connects, and stays connected until `close`. Which namespaces are joined is decided by what is listened to. */
export function connect(options: ClientOptions): SwitchboardClient {
  return new SwitchboardClient(options);
}
