import { type Cursor, type EventEnvelope, eventNamespaces, type Namespace } from '@switchboard/contracts';
import type { Account } from '../item';

/** What the demo signs webhooks with, and what it tells the server of it. */
export interface MetaApp {
  appId: string;
  secret: string;
  verifyToken: string;
}

interface Page<T> {
  items: T[];
  next: string | null;
  head: Cursor;
}

const names = { whatsapp: 'Ceramics on WhatsApp', messenger: 'Ceramics page', instagram: 'Ceramics on Instagram' };

/** The server's REST interface, as its owner uses it. */
export class Rest {
  #token = '';

  constructor(readonly url: string) {}

  get token(): string {
    return this.#token;
  }

  async signIn(email: string, password: string): Promise<void> {
    const { accessToken } = await this.#call<{ accessToken: string }>('POST', '/v1/auth/sign-in', { email, password });
    this.#token = accessToken;
  }

  /** Tells the server whose webhooks to accept, and which accounts they may speak for. */
  async register({ appId, secret, verifyToken }: MetaApp, accounts: readonly Account[]): Promise<void> {
    await this.#call('POST', '/v1/meta-apps', { appId, name: 'Demo app', secrets: [secret], verifyToken });
    for (const account of accounts) {
      const { platform, id: externalId } = account;
      const business = account.platform === 'whatsapp' ? { businessAccountId: account.businessAccountId } : {};
      const channel = { platform, externalId, ...business, metaAppId: appId, name: names[platform] };
      await this.#call('POST', '/v1/channels', channel);
    }
  }

  /** How many items of webhooks the server has taken in. */
  async itemsTakenIn(): Promise<number> {
    let count = 0;
    for (let before = ''; ; ) {
      const page = await this.#call<Page<{ id: string }>>('GET', `/v1/webhook-deliveries?limit=200${before}`);
      count += page.items.length;
      if (page.next === null) return count;
      before = `&before=${page.next}`;
    }
  }

  /** The event log after a cursor, or from its beginning. */
  async *events(after?: Cursor): AsyncGenerator<{ namespace: Namespace; event: EventEnvelope }> {
    for (let from = after; ; ) {
      const query = from === undefined ? '' : `&after=${from}`;
      const page = await this.#call<Page<EventEnvelope>>('GET', `/v1/events?limit=1000${query}`);
      for (const event of page.items) yield { namespace: eventNamespaces[event.type], event };
      if (page.next === null || page.next === page.head) return;
      from = page.next;
    }
  }

  /** The newest event of the log. */
  async head(): Promise<Cursor> {
    return (await this.#call<Page<EventEnvelope>>('GET', '/v1/events?limit=1')).head;
  }

  async #call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(this.#token === '' ? {} : { authorization: `Bearer ${this.#token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${text}`);
    return JSON.parse(text) as T;
  }
}
