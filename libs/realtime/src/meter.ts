/** Injection token of a `Meter`. */
export const METER = Symbol('METER');

/** Why a connection or a socket was not let in, or was closed by this side. */
export type Refusal =
  | 'origin'
  | 'address_full'
  | 'unauthenticated_full'
  | 'user_full'
  | 'workspace_full'
  | 'token'
  | 'no_token'
  | 'slow_reader'
  | 'flood'
  | 'too_many_sockets'
  | 'too_many_refusals';

/** What the socket layer counts; `/metrics` shows it. */
export interface Meter {
  refused(why: Refusal): void;
  /** A message of a client was answered with an error of that code. */
  messageFailed(code: string): void;
}

export const noMeter: Meter = { refused: () => undefined, messageFailed: () => undefined };
