import type { TakenMessage } from './outbound.repository';
import { type SendOutcome, stopsChannel } from './send-outcome';

/** The channel has been stopped with that failure (see ChannelGraph); what may be held waits for it to be connected again. */
export function held({ request }: TakenMessage, outcome: SendOutcome): SendOutcome {
  return outcome.kind === 'failed' && stopsChannel(outcome.errorClass) && request.hold ? { kind: 'held' } : outcome;
}

/** This process stood still between taking the message and making its call. */
export const neverMade: SendOutcome = {
  kind: 'later',
  delayMs: 0,
  waits: 'message',
  reason: `It could not be sent in time after it was taken.`,
};

/** Ids of Meta are far shorter; what an index cannot hold is none. */
const longestId = 1000;

/** Meta's answer to a send that it took: WhatsApp lists messages, Messenger and Instagram name one; a comment reply has an id. */
export function accepted(body: unknown): SendOutcome {
  const { messages, message_id, id } = (body ?? {}) as {
    messages?: { id?: unknown }[];
    message_id?: unknown;
    id?: unknown;
  };
  const platformMessageId = (Array.isArray(messages) ? messages[0]?.id : undefined) ?? message_id ?? id;
  if (isId(platformMessageId)) return { kind: 'sent', platformMessageId };
  return {
    kind: 'unknown',
    error: { reason: 'ambiguous', message: 'Meta answered without the id of the message.', mayRetry: true },
  };
}

const isId = (id: unknown): id is string =>
  typeof id === 'string' && id !== '' && id.length <= longestId && !id.includes('\0');

/** Ours, not Meta's: the request could not be made. It never left. */
export function brokenRequest(error: unknown): SendOutcome {
  const message = `The message could not be put into Meta's form: ${(error as Error).message}`;
  return { kind: 'failed', errorClass: 'ours', error: { reason: 'invalid', message, mayRetry: false } };
}
