import { randomBytes } from 'node:crypto';
import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from './app-config';

/** Makes the data folder unless it is there. @throws ConfigurationError when it is none that this user may write to. */
export function prepareFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === 'EEXIST' || code === 'ENOTDIR' ? 'it is a file, or lies in one' : message;
    throw new ConfigurationError([
      `SWITCHBOARD_DATA_DIR (${dataDir}) cannot be used: ${reason}. Name a folder this user may write to.`,
    ]);
  }
}

/** Secrets of an instance that runs alone: made once, kept in the data folder for its owner's eyes only. */
export interface GeneratedSecrets {
  jwtSecret: string;
  encryptionKey: string;
}

/** In a folder that is prepared. */
export function generatedSecrets(dataDir: string): GeneratedSecrets {
  const file = join(dataDir, 'secrets.json');
  const fresh: GeneratedSecrets = {
    jwtSecret: randomBytes(48).toString('base64'),
    encryptionKey: randomBytes(32).toString('base64'),
  };
  try {
    // `wx`: of two processes that start together one makes the file and both read it.
    writeFileSync(file, `${JSON.stringify(fresh, null, 2)}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw new ConfigurationError([
        `SWITCHBOARD_DATA_DIR (${dataDir}) cannot be written: ${(error as Error).message}. Name a folder this user may write to.`,
      ]);
    }
  }
  const kept = read(file);
  if (!kept?.jwtSecret || !kept.encryptionKey) {
    throw new ConfigurationError([
      `${file} cannot be read or lacks jwtSecret or encryptionKey. Restore it from a backup, or set JWT_SECRET and ENCRYPTION_KEY.`,
    ]);
  }
  return { jwtSecret: kept.jwtSecret, encryptionKey: kept.encryptionKey };
}

function read(file: string): Partial<GeneratedSecrets> | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Partial<GeneratedSecrets>;
  } catch {
    return undefined;
  }
}
