import { ConfigurationError, loadConfig } from '@switchboard/config';
import { FolderInUse, openDatabase, StoreUnavailable } from '@switchboard/database';
import { rotateKeys, SecretBox } from './secrets';

/**
 * `npm run rotate-keys`, with the server's own environment: seals every secret in the database with ENCRYPTION_KEY that is still sealed
 * with one of ENCRYPTION_KEYS_OLD. Ends with 1 where some could not be opened. See docs/operations.md.
 */
async function main(): Promise<void> {
  const config = loadConfig();
  const { database, close } = await openDatabase(config, () => undefined);
  try {
    const { resealed, unreadable } = await rotateKeys(database, new SecretBox(config));
    process.stdout.write(`${resealed} secrets were sealed with the key in use.\n`);
    if (unreadable === 0) return;
    process.exitCode = 1;
    process.stderr.write(
      `${unreadable} secrets are sealed with a key that neither ENCRYPTION_KEY nor ENCRYPTION_KEYS_OLD names, or were altered; name their key, or set them again.\n`,
    );
  } finally {
    await close();
  }
}

main().catch((error: unknown) => {
  const known = [ConfigurationError, StoreUnavailable, FolderInUse].some((kind) => error instanceof kind);
  const { message, stack } = error as Error;
  process.stderr.write(known ? `${message}\n` : `${stack}\n`);
  process.exit(1);
});
