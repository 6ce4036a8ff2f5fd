import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';

/** Then whoever still sends is cut off. */
const longestMs = 2000;

/**
 * Reads on, and away, what a client still sends of a request that is refused: an answer to a client that is cut off while it sends is
 * often lost, and on a connection with something unread the next request would wait for ever.
 * @returns false where the client goes on sending; its connection is to be closed behind the answer
 */
export async function readAway(request: IncomingMessage): Promise<boolean> {
  request.unpipe();
  if (request.readableEnded || request.destroyed) return true;
  request.resume();
  const signal = AbortSignal.timeout(longestMs);
  await Promise.race([once(request, 'end', { signal }), once(request, 'close', { signal })]).catch(() => undefined);
  return request.readableEnded;
}
