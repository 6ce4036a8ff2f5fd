import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { AppConfig, Environment, readSettings } from './app-config';
import { generatedSecrets, prepareFolder } from './generated-secrets';

/** The environment of this process, with an `.env` file beneath it. */
export function processEnvironment(): Environment {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}

/**
 * The configuration of this process.
 * @throws ConfigurationError with one sentence for every variable that is wrong or missing.
 */
export function loadConfig(env: Environment = processEnvironment()): AppConfig {
  const read = readSettings(env);
  const dataDir = resolve(read.dataDir);
  const complete = read.jwtSecret && read.encryptionKey;
  if (!complete || !read.databaseUrl) prepareFolder(dataDir);
  const made = complete ? undefined : generatedSecrets(dataDir);
  return Object.freeze({
    ...read,
    dataDir,
    jwtSecret: read.jwtSecret ?? made!.jwtSecret,
    encryptionKey: read.encryptionKey ?? Buffer.from(made!.encryptionKey, 'base64'),
    eventLogBytes: read.eventLogBytes ?? (read.databaseUrl ? 20_000_000_000 : 2_000_000_000),
    store: read.redisUrl ? 'postgres+redis' : read.databaseUrl ? 'postgres' : 'embedded',
  } as const);
}
