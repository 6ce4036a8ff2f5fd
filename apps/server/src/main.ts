import 'reflect-metadata';
import { ConfigurationError, loadConfig } from '@switchboard/config';
import { FolderInUse, StoreUnavailable } from '@switchboard/database';
import { QueueStoreUnavailable } from '@switchboard/queue';
import { listenProblem } from './listen-address';
import { SecretUnreadable } from './secrets';
import { startServer } from './server';

/** Errors whose message tells the operator all there is to know; anything else is a bug and brings its stack. */
const explained = [ConfigurationError, StoreUnavailable, QueueStoreUnavailable, FolderInUse, SecretUnreadable];

const impatienceMs = 1000;

async function main(): Promise<void> {
  const server = await startServer(loadConfig());
  let stoppingSince: number | undefined;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stoppingSince !== undefined) {
        // A later signal is somebody who does not want to wait; npm only repeats the terminal's own at once.
        if (Date.now() - stoppingSince > impatienceMs) process.exit(1);
        return;
      }
      stoppingSince = Date.now();
      void server.stop(signal).then((clean) => process.exit(clean ? 0 : 1));
    });
  }
}

main().catch((error: unknown) => {
  const told = explained.some((kind) => error instanceof kind) ? (error as Error).message : listenProblem(error);
  process.stderr.write(`${told ?? `Switchboard could not start: ${(error as Error)?.stack ?? String(error)}`}\n`);
  process.exit(1);
});
