import type { Cursor } from './cursor';
import type { RoomRef } from './rooms';
import type { Role, UnreadCounts } from './views';

/** What a socket gets: everything it may see in its namespace, or an explicit set. `types`, `fields` and `rooms` combine by AND. */
export interface SubscriptionView {
  all: boolean;
  types: string[];
  fields: string[];
  rooms: RoomRef[];
  /** Which of the three narrow. One that is named here and empty lets nothing through: its last entry was taken away. */
  narrowedBy: ('types' | 'fields' | 'rooms')[];
  /** A subscription that was widened starts here; what came before is the list endpoints' business. */
  since?: Cursor;
}

/** Empty lists count as not given. */
export interface SubscriptionRequest {
  /** With `subscribe`: back to everything. With `unsubscribe`: nothing any more. */
  all?: true;
  types?: string[];
  /** Meta's webhook fields; its own spellings are understood. */
  fields?: string[];
  rooms?: RoomRef[];
}

export interface HandshakeAuth extends Omit<SubscriptionRequest, 'all'> {
  token?: string;
  cursor?: Cursor;
  /** `all` (default) or `none`: start with nothing and subscribe later. */
  subscribe?: 'all' | 'none';
}

/** `away`: there, and looking elsewhere, in all tabs. */
export type PresenceStatus = 'online' | 'away' | 'offline';

export const resyncReasons = ['cursor_expired', 'cursor_unknown', 'cursor_foreign', 'cursor_invalid'] as const;
export type ResyncReason = (typeof resyncReasons)[number];

export interface Resync {
  reason: ResyncReason;
  /** What to load again before going on from `cursor`, as REST paths. */
  refetch: string[];
  cursor: Cursor;
}

export interface Ready {
  userId: string;
  email: string | null;
  workspaceId: string;
  role: Role;
  /** ISO 8601: when the token ends and with it the socket, unless `authenticate` renews it. */
  expiresAt: string;
  cursor: Cursor;
  subscriptions: SubscriptionView;
  /** How many missed events came before this. */
  replayed: number;
  resync?: Resync;
  /** Only on `/messages`. */
  unread?: UnreadCounts;
}

export const ackErrorCodes = [
  'unauthenticated',
  'token_expired',
  'token_revoked',
  'forbidden',
  'not_found',
  'invalid',
  'rate_limited',
  'internal',
] as const;
export type AckErrorCode = (typeof ackErrorCodes)[number];

export interface AckError {
  code: AckErrorCode;
  message: string;
  details?: unknown;
}

export type Ack<T = unknown> = { ok: true; data: T } | { ok: false; error: AckError };

/** What the server sends on any namespace besides the catalogue. */
export interface ServerNotices {
  ready: Ready;
  error: AckError;
  'session.expiring': { expiresAt: string };
  'session.ended': { reason: string };
  'server.draining': { reconnectAfterMs: number };
  resync: Resync;
  checkpoint: { cursor: Cursor };
}

export interface HeartbeatAck {
  now: string;
  /** Up to here this socket has been served. */
  cursor: Cursor;
}

export interface ConnectionTestAck extends HeartbeatAck {
  socketId: string;
  transport: string;
}
