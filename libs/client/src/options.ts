import type { ConnectionOptions } from './connection';
import type { CursorStore, KeyValueStorage } from './cursors';
import type { Envelope, ErrorNotice, EventName, ResyncNotice } from './events';
import type { TokenSource } from './tokens';

export interface ClientOptions extends Partial<ConnectionOptions> {
  /** Of the server, as in `https://switchboard.example.com`. */
  url: string;
  token: TokenSource;
  /** Where cursors are kept: in memory by default, `browserCursors()` survives the tab. */
  cursors?: CursorStore;
  /** Where messages wait that could not be handed over yet: in memory by default; `localStorage` survives the tab. */
  outbox?: KeyValueStorage;
  /** Milliseconds an answer may take. */
  requestTimeout?: number;
  /** Milliseconds for which a namespace is kept once its last listener has gone. */
  linger?: number;
  fetch?: typeof globalThis.fetch;
}

export type ClientEvents = { [T in EventName]: Envelope<T> } & {
  /** Everything that is told, of the namespaces that are listened to. */
  '*': Envelope;
  resync: ResyncNotice;
  error: ErrorNotice;
};

export interface RequestOptions {
  timeoutMs?: number;
}
