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
    /** `webhook.received`: the item whose raw form is loaded when the event is handed on; the log holds it once. */
    itemId?: string;
    /** The same raw form, JSON text, for handing the event on without loading it. */
    raw?: string;
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
  /** JSON text: written once and handed on as it is, from the database to the client (parsing and writing it at every step took a tenth of the CPU). */
  data: string;
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

const noRaw = '"raw":null}';

/** The data of a `webhook.received` with the item's raw form in its place. */
export function withRaw(data: string, raw: string | null | undefined): string {
  return raw && data.endsWith(noRaw) ? `${data.slice(0, -noRaw.length)}"raw":${raw}}` : data;
}
