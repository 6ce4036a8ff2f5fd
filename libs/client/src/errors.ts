import type { AckError, AckErrorCode } from '@switchboard/contracts';

/** What failed, by a code for programs: one of the server's, or `timeout`, `offline`, `closed` and `listener` from here. */
export class SwitchboardError extends Error {
  override readonly name = 'SwitchboardError';

  constructor(
    readonly code: AckErrorCode | 'timeout' | 'offline' | 'closed' | 'listener' | (string & {}),
    message: string,
    readonly details?: unknown,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  static of({ code, message, details }: AckError): SwitchboardError {
    return new SwitchboardError(code, message, details);
  }
}

/** For `token` to throw: nobody is signed in any more, and asking again later is of no use. */
export class SignedOutError extends SwitchboardError {
  constructor(message = 'Nobody is signed in.', options?: ErrorOptions) {
    super('unauthenticated', message, undefined, options);
  }
}

const tokenCodes: ReadonlySet<unknown> = new Set<AckErrorCode>(['unauthenticated', 'token_expired', 'token_revoked']);

/** True where another token would help. */
export function isAboutToken(error: unknown): boolean {
  return tokenCodes.has((error as { code?: unknown } | undefined)?.code);
}

/** What `fetch` throws where there was no answer. */
export function isNetworkError(error: unknown): boolean {
  return error instanceof TypeError || (error as { name?: string } | undefined)?.name === 'TypeError';
}
