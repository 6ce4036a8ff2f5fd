import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from './app-config';

/** Secrets of an instance that runs alone: made once, kept in the data folder for its owner's eyes only. */
export interface GeneratedSecrets {
  jwtSecret: string;
  encryptionKey: string;
}

export function generatedSecrets(dataDir: string): GeneratedSecrets {
  const file = join(dataDir, 'secrets.json');
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const fresh: GeneratedSecrets = {
      jwtSecret: randomBytes(48).toString('base64'),
      encryptionKey: randomBytes(32).toString('base64'),
    };
    // `wx`: of two processes that start together one makes the file and both read it.
    writeFileSync(file, `${JSON.stringify(fresh, null, 2)}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw new ConfigurationError([
        `SWITCHBOARD_DATA_DIR (${dataDir}) cannot be written: ${(error as Error).message}. Name a folder this user may write to.`,
      ]);
    }
  }
  const kept = JSON.parse(readFileSync(file, 'utf8')) as Partial<GeneratedSecrets>;
  if (!kept.jwtSecret || !kept.encryptionKey) {
    throw new ConfigurationError([
      `${file} lacks jwtSecret or encryptionKey. Restore it from a backup, or set JWT_SECRET and ENCRYPTION_KEY.`,
    ]);
  }
  return { jwtSecret: kept.jwtSecret, encryptionKey: kept.encryptionKey };
}
