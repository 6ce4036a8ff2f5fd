import { SessionRefused, type Session as SocketSession } from '@switchboard/realtime';

/**
 * Who is asking, as proven by an access token or an API key. `id` is the same UUID for every token of one sign-in; of an API key it
 * is the key's own, and so is `userId`.
 */
export interface Session extends Readonly<SocketSession> {
  /** Runs the instance, beside any role in a workspace. */
  readonly isOperator: boolean;
}

export const invalidToken = () => new SessionRefused('unauthenticated', 'The access token is not valid.');
export const expiredToken = () => new SessionRefused('token_expired', 'The access token has expired.');
export const revokedToken = () => new SessionRefused('token_revoked', 'This session has been ended.');
