import type { MessageErrorView } from '@switchboard/contracts';
import { classifyGraphError, type GraphError, type GraphErrorClass, mayRetry } from '@switchboard/meta';
import { backOff } from './send-rate';

/** What became of handing one message to Meta. */
export type SendOutcome =
  | { kind: 'sent'; platformMessageId: string }
  /** Meta refused it, or it cannot be sent. */
  | { kind: 'failed'; error: MessageErrorView; errorClass: GraphErrorClass | 'ours' }
  /** Nobody knows whether it was sent. Never repeated by itself. */
  | { kind: 'unknown'; error: MessageErrorView }
  /** It was surely not sent, and may be tried again. `waits`: who must wait with it. */
  | { kind: 'later'; delayMs: number; waits: 'channel' | 'pair' | 'message'; reason: string }
  /** The channel cannot send, and the message is to wait until it is connected again. */
  | { kind: 'held' };

/** Tries of a message that never left before it is given up; with the pauses between them about half an hour. */
const mostAttempts = 20;
/** WhatsApp's advice for 131056: 4^X seconds. */
const pairFactor = 4;

/**
 * What to do about a failed call.
 * @param attempts of this message so far, this one included
 * @param throttled how often in a row this channel (or pair) was throttled before
 */
export function outcomeOf(error: GraphError, attempts: number, throttled: number): SendOutcome {
  const { errorClass } = error;
  switch (errorClass) {
    case 'ambiguous':
      return { kind: 'unknown', error: errorView(error) };
    case 'throttled':
      return {
        kind: 'later',
        delayMs: error.retryAfterMs ?? backOff(throttled, 1000, 60_000),
        waits: 'channel',
        reason: error.message,
      };
    case 'pair_throttled':
      return {
        kind: 'later',
        delayMs: pairFactor ** Math.min(throttled + 1, 6) * 1000,
        waits: 'pair',
        reason: error.message,
      };
    case 'not_executed':
      if (attempts < mostAttempts) {
        return { kind: 'later', delayMs: backOff(attempts - 1, 500, 120_000), waits: 'message', reason: error.message };
      }
      return { kind: 'failed', error: errorView(error), errorClass };
    default:
      return { kind: 'failed', error: errorView(error), errorClass };
  }
}

/** After these nothing works on the channel until somebody acts. */
export function stopsChannel(errorClass: GraphErrorClass | 'ours'): boolean {
  return errorClass === 'auth' || errorClass === 'account';
}

/** Meta's words, and whether a retry may help. */
export function errorView({ facts, errorClass, message }: GraphError): MessageErrorView {
  const { code, subcode, userTitle, details, fbtraceId } = facts;
  return {
    reason: errorClass,
    ...(code === undefined ? {} : { code }),
    ...(subcode === undefined ? {} : { subcode }),
    ...(userTitle === undefined ? {} : { title: userTitle }),
    message: facts.message ?? message,
    ...(details === undefined ? {} : { details }),
    ...(fbtraceId === undefined ? {} : { fbtraceId }),
    mayRetry: mayRetry(errorClass),
  };
}

/**
 * What a status says of a message that Meta took and could not deliver, with the class and the verdict that a refused call has. What is
 * ambiguous in the answer to a call is not in a status: it has failed.
 */
export function statusErrors(errors: readonly MessageErrorView[] | undefined): MessageErrorView[] | undefined {
  return errors?.map((error) => {
    const { code, subcode } = error;
    if (code === undefined) return error;
    const errorClass = classifyGraphError({ status: 400, code, ...(subcode === undefined ? {} : { subcode }) });
    const reason = errorClass === 'ambiguous' ? 'not_executed' : errorClass;
    return { ...error, reason, mayRetry: mayRetry(reason) };
  });
}
