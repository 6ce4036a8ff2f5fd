import { ConfigurationError, loadConfig } from '@switchboard/config';
import { FolderInUse, openDatabase, StoreUnavailable } from '@switchboard/database';

/**
 * `npm run new-epoch`, with the server's own environment and the server stopped: the database at its next start begins a new epoch.
 * For a restore into the same place, which nothing in the database tells of: numbers that clients have seen are given out again, and
 * their cursors must not be trusted any more.
 */
async function main(): Promise<void> {
  const config = loadConfig();
  // As a process that runs alone: refused while any other uses the database.
  const store = config.store === 'embedded' ? 'embedded' : 'postgres';
  const { database, close } = await openDatabase({ ...config, store }, () => undefined);
  try {
    // No database has this fingerprint, so the next start takes it for another one.
    await database.query(`update instance set fingerprint = ''`);
  } finally {
    await close();
  }
  process.stdout.write('A new epoch begins with the next start: every client then loads its lists again.\n');
}

main().catch((error: unknown) => {
  const known = [ConfigurationError, StoreUnavailable, FolderInUse].some((kind) => error instanceof kind);
  const { message, stack } = error as Error;
  process.stderr.write(known ? `${message}\nStop every Switchboard process before.\n` : `${stack}\n`);
  process.exit(1);
});
