import type { EventEnvelope, EventType, Namespace, Role, RoomName, RoomRef } from '@switchboard/contracts';

/** Injection tokens of what this library needs from others; the application wires them. */
export const EVENT_LOG = Symbol('EVENT_LOG');
export const SESSION_VERIFIER = Symbol('SESSION_VERIFIER');
export const ACCESS_POLICY = Symbol('ACCESS_POLICY');
export const EPHEMERAL_BUS = Symbol('EPHEMERAL_BUS');
export const GATEWAY_TALK = Symbol('GATEWAY_TALK');

/** An event as the log holds it. */
export interface StoredEvent {
  workspaceId: string;
  /** Its place in the workspace's log: dense, strictly increasing. */
  sequence: number;
  id: string;
  type: EventType;
  /**
   * Who it is for. An event of the workspace names `workspace:{id}` and the narrower rooms it belongs to;
   * one that names a `user:{id}` is for the users named and nobody else; one that names `admins:{id}` and not the workspace's
   * room is for its admins and owners. One that names a `channel:{id}` is not for sessions that are limited to other channels.
   */
  audience: RoomName[];
  /** Meta's webhook field, where the event has one. */
  field: string | null;
  occurredAt: string;
  /** JSON text, sent as it is. */
  data: string;
}

/** The events with a sequence in (prev, head], ascending and dense. */
export interface PositionedBatch {
  workspaceId: string;
  prev: number;
  head: number;
  events: StoredEvent[];
}

export interface LogHead {
  head: number;
  /** Events up to and including it are no longer held. */
  floor: number;
}

/** The durable log that sockets are served and resumed from. */
export interface EventLog {
  /** Names this life of the database; part of every cursor. */
  readonly epoch: string;
  /** Where the logs of these workspaces stand. A workspace without events may be missing. */
  heads(workspaceIds: string[]): Promise<Map<string, LogHead>>;
  /** Of workspaces by the sequence that is known of them, those whose log goes further, and to where. */
  ahead(known: ReadonlyMap<string, number>): Promise<Map<string, number>>;
  /** Events with a sequence in (after, upTo], ascending, at most `limit`. */
  read(workspaceId: string, after: number, upTo: number, limit: number): Promise<StoredEvent[]>;
  /**
   * Batches as the relay publishes them, after their commit; they may be lost, repeated or out of order.
   * `interrupted` is called when some may have been lost (Redis connection re-made). Returns unsubscribe.
   */
  subscribe(listener: { batches(batches: PositionedBatch[]): void; interrupted(): void }): () => void;
}

/** Who a socket acts for, as its token says. */
export interface Session {
  id: string;
  userId: string;
  email: string | null;
  workspaceId: string;
  role: Role;
  /** Milliseconds since 1970. */
  issuedAt: number;
  /** Milliseconds since 1970. */
  expiresAt: number;
  /** Set where it is an API key that acts; `userId` is then the key's id too, and no user's. */
  apiKeyId?: string;
  /** The only channels whose conversations and events it may see; left out, all of the workspace. Sorted. */
  channelIds?: readonly string[];
  /** Of an API key: the only things it may do, within its role. Left out, all that the role may. */
  scopes?: readonly string[];
}

/** Sessions that end before their token does. Fields that are set combine by AND. */
export interface SessionsEnded {
  sessionId?: string;
  userId?: string;
  /** Only sessions in this workspace. */
  workspaceId?: string;
  /** Only tokens issued before this (milliseconds since 1970). */
  issuedBefore?: number;
  reason: string;
}

export interface SessionVerifier {
  /** Throws `SessionRefused`. */
  verify(token: string): Promise<Session>;
  /** Synchronous, from memory: false once revoked or signed out. */
  isActive(session: Session): boolean;
  onEnded(listener: (ended: SessionsEnded) => void): () => void;
}

export class SessionRefused extends Error {
  constructor(
    readonly code: 'unauthenticated' | 'token_expired' | 'token_revoked' | 'forbidden',
    message: string,
  ) {
    super(message);
  }
}

export interface AccessPolicy {
  /** Of the rooms asked for, those that exist in the session's workspace and that its role may join; checked against the database. */
  joinable(session: Session, rooms: RoomRef[]): Promise<RoomRef[]>;
}

/** Carries what is told but not stored (typing, unread counts) to every gateway, this one included. */
export interface EphemeralBus {
  publish(message: EphemeralMessage): void;
  subscribe(listener: (message: EphemeralMessage) => void): () => void;
}

export interface EphemeralMessage {
  namespace: Namespace;
  audience: RoomName[];
  event: EventEnvelope;
}

/** What processes tell each other of themselves; as JSON, to all, the speaker included. It may be lost. */
export interface GatewayTalk {
  say(topic: string, message: object): void;
  hear(topic: string, listener: (message: unknown) => void): () => void;
}
