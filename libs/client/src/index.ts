export type * from '@switchboard/contracts';
export { type ClientEvents, type ClientOptions, connect, type RequestOptions, SwitchboardClient } from './client';
export type { ConnectionState, ConnectionStatus } from './connection';
export { browserCursors, type CursorStore, isCovered, type KeyValueStorage, memoryCursors } from './cursors';
export { SignedOutError, SwitchboardError } from './errors';
export type { Envelope, ErrorNotice, EventName, Messages, Payloads, PresenceStatus, ResyncNotice } from './events';
export { Observable } from './observable';
export type { TokenRequest, TokenSource } from './tokens';
