import type { EventPayloads, EventType, RoomName } from '@switchboard/contracts';

/** An event as a feature records it. Its cursor is given when it is recorded. */
export type NewEvent = {
  [T in EventType]: {
    workspaceId: string;
    type: T;
    /** The rooms that may see it; at least one. */
    audience: RoomName[];
    data: EventPayloads[T];
    /** Milliseconds; now if left out. */
    occurredAt?: number;
    /** The webhook field, for subscriptions by field. */
    field?: string;
    /** `webhook.received`: the item whose raw form is loaded when the event is handed on. */
    itemId?: string;
  };
}[EventType];

/** An event as it stands in the log. */
export interface StoredEvent {
  workspaceId: string;
  sequence: number;
  id: string;
  type: EventType;
  audience: RoomName[];
  field: string | null;
  /** ISO 8601. */
  occurredAt: string;
  data: unknown;
}

/** Consecutive events of one workspace: their sequences are exactly `prev + 1 … head`. */
export interface PositionedBatch {
  workspaceId: string;
  prev: number;
  head: number;
  events: StoredEvent[];
}

export interface LogHead {
  head: number;
  /** Events up to and including this one are no longer held. */
  floor: number;
}
