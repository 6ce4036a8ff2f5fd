import { type KeyValueStorage, localStorageOf } from './cursors';
import { isNetworkError, SignedOutError } from './errors';
import type { paths } from './openapi';
import { RestError, read } from './rest';
import { claimsOf, type TokenRequest } from './tokens';

type SignedIn = paths['/v1/auth/sign-in']['post']['responses'][200]['content']['application/json'];
type Credentials = paths['/v1/auth/sign-in']['post']['requestBody']['content']['application/json'];

interface Held {
  accessToken: string;
  refreshToken: string;
}

export interface SessionOptions {
  url: string;
  /** Where the sign-in is kept; in memory by default. `localStorage` keeps it for all tabs, which then share it. */
  storage?: KeyValueStorage;
  fetch?: typeof globalThis.fetch;
}

/** What is used of `navigator.locks`. */
interface Locks {
  request<T>(name: string, work: () => Promise<T>): Promise<T>;
}

/** Tokens that end within this are renewed before they are used. */
const marginMs = 30_000;

/**
 * Somebody signed in to Switchboard itself, with email and password; pass its `token` to `connect`. A refresh token works once, so
 * tabs that share a sign-in renew it one after the other, and take what another has renewed.
 */
export class Session {
  private readonly url: string;
  private readonly key: string;
  private readonly storage: KeyValueStorage | undefined;
  private readonly fetch: typeof globalThis.fetch;
  private held: Held | undefined;

  constructor({ url, storage, fetch }: SessionOptions) {
    this.url = url.replace(/\/+$/, '');
    this.key = `switchboard:session:${this.url}`;
    this.storage = storage;
    this.fetch = fetch ?? ((...args) => globalThis.fetch(...args));
    this.held = this.recall();
  }

  /** Whether somebody is signed in, as far as is known here. */
  get signedIn(): boolean {
    return this.recall() !== undefined;
  }

  /** @throws RestError where the email or the password is wrong */
  async signIn(credentials: Credentials): Promise<SignedIn> {
    const signedIn = (await this.post('/v1/auth/sign-in', credentials)) as SignedIn;
    this.keep(signedIn);
    return signedIn;
  }

  /** Ends the session on the server, and forgets it here even where the server cannot be reached. */
  async signOut(): Promise<void> {
    const held = this.recall();
    this.keep(undefined);
    if (held) await this.post('/v1/auth/sign-out', {}, held.accessToken).catch(() => undefined);
  }

  /** For `connect`. */
  readonly token = async ({ replace }: TokenRequest = {}): Promise<string> => {
    const usable = this.usable(replace);
    if (usable) return usable;
    return exclusively(this.key, async () => this.usable(replace) ?? (await this.refresh()));
  };

  private usable(replace: string | undefined): string | undefined {
    this.held = this.recall();
    if (!this.held) throw new SignedOutError();
    const { accessToken } = this.held;
    const exp = Number(claimsOf(accessToken)?.exp ?? Number.POSITIVE_INFINITY) * 1000;
    return accessToken !== replace && exp > Date.now() + marginMs ? accessToken : undefined;
  }

  private async refresh(): Promise<string> {
    try {
      const next = (await this.post('/v1/auth/refresh', { refreshToken: this.held!.refreshToken })) as Held;
      this.keep(next);
      return next.accessToken;
    } catch (error) {
      const refused = error instanceof RestError && error.status < 500 && error.status !== 429;
      if (!refused || isNetworkError(error)) throw error;
      this.keep(undefined);
      throw new SignedOutError(error.message, { cause: error });
    }
  }

  private async post(path: string, body: unknown, token?: string): Promise<unknown> {
    const headers = {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    };
    return read(await this.fetch(this.url + path, { method: 'POST', headers, body: JSON.stringify(body) }));
  }

  private recall(): Held | undefined {
    if (!this.storage) return this.held;
    const kept = this.storage.getItem(this.key);
    return kept === null ? undefined : (JSON.parse(kept) as Held);
  }

  private keep(held: Held | undefined): void {
    this.held = held && { accessToken: held.accessToken, refreshToken: held.refreshToken };
    if (this.held) this.storage?.setItem(this.key, JSON.stringify(this.held));
    else this.storage?.removeItem(this.key);
  }
}

const running = new Map<string, Promise<unknown>>();

/** One at a time: of all tabs where the browser can, else of this page or process. */
async function exclusively<T>(name: string, work: () => Promise<T>): Promise<T> {
  const { locks } = (globalThis as { navigator?: { locks?: Locks } }).navigator ?? {};
  if (locks) return locks.request(name, work);
  const before = running.get(name) ?? Promise.resolve();
  const turn = before.then(work, work);
  running.set(name, turn);
  return turn.finally(() => {
    if (running.get(name) === turn) running.delete(name);
  });
}

/** The browser's `localStorage`, for `storage`; `undefined` where there is none or it is forbidden. */
export const browserStorage = (): KeyValueStorage | undefined => localStorageOf(globalThis);
