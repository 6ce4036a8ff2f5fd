import type { Role } from '@switchboard/contracts';

/** Who is asking, as proven by an access token. */
export interface Session {
  /** UUID; the same for every token of one sign-in. */
  readonly id: string;
  readonly userId: string;
  readonly email: string | null;
  readonly workspaceId: string;
  readonly role: Role;
  /** Runs the instance, beside any role in a workspace. */
  readonly isOperator: boolean;
  /** Milliseconds since 1970. */
  readonly issuedAt: number;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

export type RejectionCode = 'unauthenticated' | 'token_expired' | 'token_revoked' | 'forbidden';

/** A token that is not accepted. The message is fit for the client and holds nothing of the token. */
export class SessionRejected extends Error {
  override readonly name = 'SessionRejected';
  constructor(
    readonly code: RejectionCode,
    message: string,
  ) {
    super(message);
  }
}

export const invalidToken = () => new SessionRejected('unauthenticated', 'The access token is not valid.');
export const expiredToken = () => new SessionRejected('token_expired', 'The access token has expired.');
export const revokedToken = () => new SessionRejected('token_revoked', 'This session has been ended.');
