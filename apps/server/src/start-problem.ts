import { ConfigurationError } from '@switchboard/config';
import { FolderInUse, StoreUnavailable } from '@switchboard/database';
import { QueueStoreUnavailable } from '@switchboard/queue';
import { listenProblem } from './listen-address';
import { SecretUnreadable } from './secrets';

/** Errors whose message tells the operator all there is to know; anything else is a bug and brings its stack. */
const explained = [ConfigurationError, StoreUnavailable, QueueStoreUnavailable, FolderInUse, SecretUnreadable];

/** What to tell the operator of a start that failed; undefined of a bug. */
export function startProblem(error: unknown): string | undefined {
  return explained.some((kind) => error instanceof kind) ? (error as Error).message : listenProblem(error);
}
