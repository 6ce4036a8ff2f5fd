import { createHmac, timingSafeEqual } from 'node:crypto';
import { GraphError } from './errors';
import { type GraphRequest, textOf } from './request';

export interface AppSetup {
  id: string;
  secret: string;
  name?: string;
  /** "Require App Secret": every call with one of its tokens needs `appsecret_proof`. */
  requireProof?: boolean;
}

export interface App extends Required<AppSetup> {
  subscriptions: Map<string, { object: string; callback_url: string; fields: string[]; active: boolean }>;
}

export type TokenKind = 'business' | 'page' | 'instagram' | 'user';

export interface TokenSetup {
  value: string;
  kind: TokenKind;
  appId: string;
  /** Who `me` is. */
  profileId: string;
  /** Ids of the numbers, business accounts, pages and Instagram accounts it may be used for. */
  assets: Iterable<string>;
  scopes: readonly string[];
  /** Milliseconds since the epoch; never when undefined. */
  expiresAt?: number;
}

/** Why a token no longer works: Meta's subcodes of error 190. */
export const deaths = {
  458: 'Error validating access token: The user has not authorized application.',
  460: 'Error validating access token: The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.',
  463: 'Error validating access token: Session has expired.',
  467: 'Error validating access token: The access token is invalid since the user has logged out.',
} as const;
export type Death = keyof typeof deaths;

export class Token {
  readonly value: string;
  readonly kind: TokenKind;
  readonly appId: string;
  readonly profileId: string;
  readonly assets: Set<string>;
  readonly scopes: Set<string>;
  readonly issuedAt: number;
  readonly expiresAt: number | undefined;
  death: Death | undefined;
  #proof: string | undefined;

  constructor(setup: TokenSetup, issuedAt: number) {
    this.value = setup.value;
    this.kind = setup.kind;
    this.appId = setup.appId;
    this.profileId = setup.profileId;
    this.assets = new Set(setup.assets);
    this.scopes = new Set(setup.scopes);
    this.issuedAt = issuedAt;
    this.expiresAt = setup.expiresAt;
  }

  /** Why it does not work at `now`, if so. */
  deadAt(now: number): Death | undefined {
    if (this.death === undefined && this.expiresAt !== undefined && now >= this.expiresAt) return 463;
    return this.death;
  }

  proof(secret: string): string {
    this.#proof ??= hmac(this.value, secret);
    return this.#proof;
  }
}

const hmac = (message: string, secret: string) => createHmac('sha256', secret).update(message).digest('hex');

function same(given: string, expected: string): boolean {
  return given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
}

/** A proof with `appsecret_time` is good for so long. */
const proofLifeMs = 5 * 60_000;

/** The apps and the tokens they were given. */
export class Tokens {
  readonly apps = new Map<string, App>();
  readonly #tokens = new Map<string, Token>();

  constructor(private readonly now: () => number) {}

  addApp(setup: AppSetup): App {
    const app = { name: 'Switchboard', requireProof: false, ...setup, subscriptions: new Map() };
    this.apps.set(app.id, app);
    return app;
  }

  /** A token set up again keeps what it already may be used for: one business token serves many numbers. */
  add(setup: TokenSetup): Token {
    const token = new Token(setup, this.now());
    const known = this.#tokens.get(setup.value);
    for (const asset of known?.assets ?? []) token.assets.add(asset);
    for (const scope of known?.scopes ?? []) token.scopes.add(scope);
    this.#tokens.set(token.value, token);
    return token;
  }

  get(value: string): Token | undefined {
    return this.#tokens.get(value);
  }

  /** The app whose `id|secret` this is. */
  appOf(value: string): App | undefined {
    const [id = '', secret = ''] = value.split('|');
    const app = this.apps.get(id);
    return app !== undefined && same(secret, app.secret) ? app : undefined;
  }

  /** The live token of a request. Throws the error Meta gives without one. */
  authorise({ accessToken, host, params, path }: GraphRequest): Token {
    if (accessToken === undefined) {
      if (path[0] !== 'me') throw GraphError.of(104);
      const message = 'An active access token must be used to query information about the current user.';
      throw GraphError.of(2500, { message });
    }
    const token = this.#tokens.get(accessToken);
    const foreign =
      host !== undefined && token !== undefined && (token.kind === 'instagram') !== (host === 'instagram');
    if (token === undefined || foreign) throw GraphError.of(190);
    const death = token.deadAt(this.now());
    if (death !== undefined) throw GraphError.of(190, { subcode: death, message: deaths[death] });
    this.#checkProof(token, textOf(params.appsecret_proof), textOf(params.appsecret_time));
    return token;
  }

  #checkProof(token: Token, given: string, time: string): void {
    const app = this.apps.get(token.appId);
    if (app === undefined || (given === '' && !app.requireProof)) return;
    if (given === '') {
      const message = 'API calls from the server require an appsecret_proof argument';
      throw GraphError.of(100, { type: 'GraphMethodException', message });
    }
    const timely = time === '' || Math.abs(this.now() - Number(time) * 1000) <= proofLifeMs;
    const expected = time === '' ? token.proof(app.secret) : hmac(`${token.value}|${time}`, app.secret);
    if (timely && same(given, expected)) return;
    const message = 'Invalid appsecret_proof provided in the API argument';
    throw GraphError.of(100, { type: 'GraphMethodException', message });
  }
}
