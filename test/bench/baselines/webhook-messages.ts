/** One message of a webhook, and the business account it was sent to. */
export interface IncomingMessage {
  account: string;
  message: unknown;
}

interface Body {
  entry?: {
    id: string;
    messaging?: unknown[];
    changes?: { value: { metadata?: { phone_number_id: string }; messages?: unknown[] } }[];
  }[];
}

/** The messages of a webhook, as short as a careless server would write it. */
export function messagesOf(body: Buffer): IncomingMessage[] {
  const { entry = [] } = JSON.parse(body.toString()) as Body;
  return entry.flatMap(({ id, messaging = [], changes = [] }) => [
    ...messaging.map((message) => ({ account: id, message })),
    ...changes.flatMap(({ value }) =>
      (value.messages ?? []).map((message) => ({ account: value.metadata?.phone_number_id ?? id, message })),
    ),
  ]);
}

/** What the baselines call the event that a message makes. */
export const messageEvent = 'message';
