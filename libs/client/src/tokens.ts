import { isAboutToken, isNetworkError, SignedOutError } from './errors';

export interface TokenRequest {
  /** A token that ends or was refused. Given where another one is needed, not just any. */
  replace?: string;
}

/**
 * Gives an access token or an API key. Called at every (re)connection, and with `replace` when that token ends or was refused.
 * Throws `SignedOutError` where there is none to be had; any other error is taken for a hindrance that passes.
 */
export type TokenSource = (request: TokenRequest) => Promise<string>;

/** The token in use. Whoever asks while it is being fetched waits for the same one: a refresh token works once. */
export class Tokens {
  private held: string | undefined;
  private pending: Promise<string> | undefined;

  constructor(private readonly source: TokenSource) {}

  get current(): string | undefined {
    return this.held;
  }

  /** A fresh one. */
  fetch(): Promise<string> {
    return this.ask({});
  }

  /** Another than the one that was used: what somebody else has fetched meanwhile will do. */
  async replace(used: string): Promise<string> {
    if (this.pending) await this.pending.catch(() => undefined);
    if (this.held !== undefined && this.held !== used) return this.held;
    try {
      return await this.ask({ replace: used });
    } catch (error) {
      if (error instanceof SignedOutError || isNetworkError(error)) throw error;
      const message = error instanceof Error ? error.message : String(error);
      throw new SignedOutError(message, { cause: error });
    }
  }

  private ask(request: TokenRequest): Promise<string> {
    this.pending ??= (async () => this.source(request))()
      .then(
        (token) => {
          this.held = token;
          return token;
        },
        (error: unknown) => {
          throw isAboutToken(error) && !(error instanceof SignedOutError)
            ? new SignedOutError((error as Error).message, { cause: error })
            : error;
        },
      )
      .finally(() => {
        this.pending = undefined;
      });
    return this.pending;
  }
}

/** The claims of a JWT, unchecked; `undefined` of anything else. */
export function claimsOf(token: string): Record<string, unknown> | undefined {
  const [, payload, signature] = token.split('.');
  if (!payload || !signature) return undefined;
  try {
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof claims === 'object' && claims !== null ? (claims as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
