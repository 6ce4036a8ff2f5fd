import 'reflect-metadata';
import { ConfigurationError, loadConfig } from '@switchboard/config';
import { FolderInUse, StoreUnavailable } from '@switchboard/database';
import { QueueStoreUnavailable } from '@switchboard/queue';
import { startServer } from './server';

/** Errors whose message tells the operator all there is to know; anything else is a bug and brings its stack. */
const explained = [ConfigurationError, StoreUnavailable, QueueStoreUnavailable, FolderInUse];

async function main(): Promise<void> {
  const server = await startServer(loadConfig());
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    // The second signal is somebody who does not want to wait.
    process.once(signal, () => {
      process.once(signal, () => process.exit(1));
      void server.stop(signal).then((clean) => process.exit(clean ? 0 : 1));
    });
  }
}

main().catch((error: unknown) => {
  if (explained.some((kind) => error instanceof kind)) process.stderr.write(`${(error as Error).message}\n`);
  else process.stderr.write(`Switchboard could not start: ${(error as Error)?.stack ?? String(error)}\n`);
  process.exit(1);
});
