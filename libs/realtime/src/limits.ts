import type { RateLimit } from './connection';

/** Injection token of `RealtimeLimits`. */
export const REALTIME_LIMITS = Symbol('REALTIME_LIMITS');

/** Bounds and times of the socket layer; times in milliseconds. */
export interface RealtimeLimits {
  messages: RateLimit;
  /** Events read from the log at a time. */
  pageSize: number;
  /** Recent events kept in memory for returning clients, all workspaces together. */
  recentBytes: number;
  /** What may be written ahead of a client that replays, before it has to read. */
  replayAheadBytes: number;
  /** What may wait in memory for one client; beyond that, twice in a row, it is told and disconnected. */
  waitingPackets: number;
  waitingBytes: number;
  /** How long before its end a session is announced to end. */
  expiryNotice: number;
  /** A namespace that was quiet this long is told its position. */
  checkpointAfter: number;
  /** How long a workspace without sockets is followed. */
  linger: number;
  /** The first wait after a failed read. */
  retryAfter: number;
  connections: ConnectionLimits;
  subscriptions: SubscriptionLimits;
  presence: PresenceTimes;
}

export interface PresenceTimes {
  /** How often a process tells the others of all its users. */
  refreshMs: number;
  /** Users of a process that has not told of them for this long are offline. */
  ttlMs: number;
  /** How long a user without a tab is not yet offline: a page that is loaded anew is back by then. */
  lingerMs: number;
}

/** How many may be connected to this process. */
export interface ConnectionLimits {
  /** Connections from one IP address; IPv6 addresses count by their /64. */
  perAddress: number;
  /** Sockets of one user or API key in one namespace. */
  perUser: number;
  /** Sockets of one workspace in one namespace. */
  perWorkspace: number;
  /** Connections without a valid token, from all addresses together. */
  unauthenticated: number;
  /** Sockets on one connection, in all namespaces together. */
  socketsPerConnection: number;
  /** Refused handshakes on one connection, in all namespaces together, before it is closed. */
  refusedHandshakes: number;
}

/** How many of each one socket's subscription may name. */
export interface SubscriptionLimits {
  types: number;
  fields: number;
  rooms: number;
}

export const defaultLimits: RealtimeLimits = {
  messages: { perSecond: 50, burst: 100, unanswered: 100 },
  pageSize: 1000,
  recentBytes: 64 * 1024 * 1024,
  replayAheadBytes: 256 * 1024,
  waitingPackets: 4000,
  waitingBytes: 8 * 1024 * 1024,
  expiryNotice: 60_000,
  checkpointAfter: 30_000,
  linger: 60_000,
  retryAfter: 100,
  connections: {
    perAddress: 2000,
    perUser: 100,
    perWorkspace: 20_000,
    unauthenticated: 5000,
    socketsPerConnection: 32,
    refusedHandshakes: 10,
  },
  subscriptions: { types: 100, fields: 100, rooms: 200 },
  presence: { refreshMs: 20_000, ttlMs: 60_000, lingerMs: 5000 },
};
