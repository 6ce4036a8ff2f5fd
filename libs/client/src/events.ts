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

export type PresenceStatus = 'online' | 'away' | 'offline';

/** Who of the workspace is there and looks at what. */
interface PresencePayloads {
  'presence.changed': { userId: string; status: PresenceStatus; at: string };
  'viewing.changed': { conversationId: string; viewers: string[] };
}

interface PresenceMessages {
  'presence.set': { body: { status: 'online' | 'away' }; answer: { status: PresenceStatus } };
  'presence.list': { body: undefined; answer: { users: { userId: string; status: PresenceStatus }[] } };
  'viewing.start': { body: { conversationId: string }; answer: { conversationId: string; viewers: string[] } };
  'viewing.stop': { body: { conversationId: string }; answer: { conversationId: string; viewers: string[] } };
}

export type Payloads = EventPayloads & PresencePayloads;
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
export type Messages = ClientMessages & ConversationMessages & PresenceMessages;

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

const local: Record<keyof PresencePayloads, Namespace> = {
  'presence.changed': '/messages',
  'viewing.changed': '/messages',
};

/** Where an event is told; `undefined` of a name that is no event's. */
export function namespaceOf(event: string): Namespace | undefined {
  const all: Record<string, Namespace> = { ...local, ...eventNamespaces };
  return Object.hasOwn(all, event) ? all[event] : undefined;
}

export function isEnvelope(body: unknown): body is Envelope {
  return typeof body === 'object' && body !== null && 'type' in body && 'workspaceId' in body && 'data' in body;
}
