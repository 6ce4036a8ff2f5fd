import {
  type AckError,
  type ClientMessages,
  type ConversationMessages,
  type Cursor,
  type EventPayloads,
  eventNamespaces,
  type Namespace,
  type ResyncReason,
} from '@switchboard/contracts';

export type Payloads = EventPayloads;
export type EventName = keyof Payloads;

/** An event as it comes. `cursor` is missing where the event is told to whoever is there and not kept. */
export interface Envelope<T extends EventName = EventName> {
  id: string;
  type: T;
  workspaceId: string;
  /** ISO 8601. Informs only; order is the cursor's. */
  occurredAt: string;
  cursor?: Cursor;
  data: Payloads[T];
}

/** What can be asked over a socket, with its argument and its answer. */
export type Messages = ClientMessages & ConversationMessages;

/** What was missed can no longer be told: load it again. The client itself goes on from `cursor`. */
export interface ResyncNotice {
  namespace: Namespace;
  reason: ResyncReason;
  /** What to load again, as REST paths. */
  refetch: string[];
  cursor: Cursor;
}

/** What went wrong where nobody waited for an answer. */
export interface ErrorNotice extends Omit<AckError, 'code'> {
  /** One of the server's, or `listener`: a listener of yours threw, `cause` is what. */
  code: string;
  namespace?: string;
  cause?: unknown;
}

/** Where an event is told; `undefined` of a name that is no event's. */
export function namespaceOf(event: string): Namespace | undefined {
  const all: Record<string, Namespace> = eventNamespaces;
  return Object.hasOwn(all, event) ? all[event] : undefined;
}

export function isEnvelope(body: unknown): body is Envelope {
  return typeof body === 'object' && body !== null && 'type' in body && 'workspaceId' in body && 'data' in body;
}
