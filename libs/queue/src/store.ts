import { type Pool } from '@switchboard/database';
import { type ConnectionOptions, createPostgresBackend, runMigrations, setDefaultBackendFactory } from 'bullmq';
import { Redis } from 'ioredis';
import { Pool as PgPool } from 'pg';
import { queueNames } from './catalogue';

export interface QueueStoreSettings {
  databaseUrl?: string;
  redisUrl?: string;
}

export interface QueueStore {
  connection: ConnectionOptions;
  /** Present on Redis: for pub/sub and health. */
  redis?: Redis;
  close: () => Promise<void>;
}

/** The queue store cannot be used; the message names the variable and the remedy. */
export class QueueStoreUnavailable extends Error {
  readonly code = 'queue_store_unavailable';
}

const schema = 'bullmq';

/** Redis where REDIS_URL is set, else BullMQ's PostgreSQL backend, on the embedded database or a pool of its own. */
export async function openQueueStore(
  settings: QueueStoreSettings,
  embedded: Pool,
  log: { warn: (message: string) => void },
): Promise<QueueStore> {
  if (settings.redisUrl) return openRedis(settings.redisUrl, log);
  setDefaultBackendFactory(createPostgresBackend as never);
  const pool = settings.databaseUrl
    ? new PgPool({
        connectionString: settings.databaseUrl,
        application_name: 'switchboard-queue',
        // BullMQ keeps one client per worker to LISTEN on; apart from the application's pool, or it would starve it.
        max: queueNames.length + 10,
        options: `-c search_path=${schema}`,
        keepAlive: true,
      })
    : undefined;
  pool?.on('error', (error) => log.warn(`Queue connection to PostgreSQL lost: ${error.message}`));
  pool?.on('connect', (client) => client.on('error', () => undefined));
  const client = await (pool ?? embedded).connect();
  try {
    await runMigrations(client as never, schema);
  } finally {
    client.release();
  }
  return { connection: (pool ?? embedded) as never, close: async () => pool?.end() };
}

async function openRedis(url: string, log: { warn: (message: string) => void }): Promise<QueueStore> {
  // BullMQ's workers need unlimited retries; commands wait for the connection to come back.
  const redis = new Redis(url, { maxRetriesPerRequest: null, lazyConnect: true, connectTimeout: 5000 });
  let reported = false;
  redis.on('ready', () => {
    reported = false;
  });
  redis.on('error', (error) => {
    if (!reported)
      log.warn(`Redis is not reachable (${error.message}); events wait in the database and flow when it is back.`);
    reported = true;
  });
  try {
    await Promise.race([redis.connect(), rejectAfter(8000)]);
  } catch (error) {
    redis.disconnect();
    throw new QueueStoreUnavailable(
      `REDIS_URL: Redis could not be reached (${(error as Error).message}). Start it, or correct the address.`,
    );
  }
  const policy = await redis.config('GET', 'maxmemory-policy').catch(() => undefined);
  const value = (policy as string[] | undefined)?.[1];
  if (value !== undefined && value !== 'noeviction') {
    log.warn(
      `REDIS_URL: maxmemory-policy is ${value}, so Redis may throw queue entries away when memory is short. Nothing is lost, but it is late: run "redis-cli config set maxmemory-policy noeviction".`,
    );
  }
  return {
    connection: redis as never,
    redis,
    close: async () => {
      await redis.quit().catch(() => redis.disconnect());
    },
  };
}

function rejectAfter(ms: number): Promise<never> {
  return new Promise((_, reject) => setTimeout(() => reject(new Error(`no answer within ${ms / 1000} s`)), ms).unref());
}
