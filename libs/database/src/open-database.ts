import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Client, Pool as PgPool } from 'pg';
import { withBinaryArrays } from './binary-arrays';
import { Database } from './database';
import { lockFolder } from './folder-lock';
import { prepareDatabase } from './migrations';
import { PGlitePool } from './pglite-pool';
import { Pool, typeParsers } from './pool';
import { tend } from './tending';
import { writeTogether } from './write-together';

export interface DatabaseSettings {
  store: 'embedded' | 'postgres' | 'postgres+redis';
  databaseUrl?: string;
  dataDir: string;
  databasePool: number;
}

export interface OpenDatabase {
  database: Database;
  /** Identifies this database among restores and copies; part of every cursor. */
  epoch: string;
  close: () => Promise<void>;
}

/** The store cannot be used; the message names the variable and the remedy. */
export class StoreUnavailable extends Error {
  readonly code = 'store_unavailable';
}

const planning = {
  // Statements here look up a few rows of tables that are in memory. The default, for turning disks, has the planner read a table of
  // a thousand rows from end to end instead of ten by its index.
  random_page_cost: 1.1,
  // Compiling takes longer than the longest of them.
  jit: 'off',
};

const sessionSettings = {
  ...planning,
  // A process stopped in the middle of a transaction must not hold its locks for longer than this.
  idle_in_transaction_session_timeout: 3000,
  lock_timeout: 15_000,
};

/** Any constant. Held shared by processes with Redis, exclusively by one without. */
const processLock = 5_948_271_302;

/** Opens the store, brings its schema up to date, and refuses what could not work. */
export async function openDatabase(settings: DatabaseSettings, onError: (error: Error) => void): Promise<OpenDatabase> {
  return settings.store === 'embedded' ? openEmbedded(settings.dataDir, onError) : openPostgres(settings, onError);
}

async function openEmbedded(dataDir: string, onError: (error: Error) => void): Promise<OpenDatabase> {
  const unlock = lockFolder(dataDir);
  try {
    const db: PGlite = await PGlite.create(join(dataDir, 'database'));
    // BullMQ's PostgreSQL backend names its tables without a schema.
    await db.exec('create schema if not exists bullmq; set search_path = public, bullmq');
    const settings = Object.entries(planning).map(([name, value]) => `set ${name} = ${value}`);
    await db.exec(settings.join(';'));
    const pool = new PGlitePool(db);
    const { epoch } = await prepareDatabase(pool);
    const stopTending = tend(pool, onError);
    return {
      database: new Database(pool),
      epoch,
      close: async () => {
        await stopTending();
        await pool.end();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

async function openPostgres(settings: DatabaseSettings, onError: (error: Error) => void): Promise<OpenDatabase> {
  const connection = { connectionString: settings.databaseUrl, application_name: 'switchboard', keepAlive: true };
  const guard = await guardProcess(connection, settings.store === 'postgres', onError);
  const pool = new PgPool({
    ...connection,
    max: settings.databasePool,
    // A connection has prepared what it is asked for: a new one every few seconds, the pool's default, does all of that again.
    idleTimeoutMillis: 300_000,
    // Statements that do not wait for each other share a round trip (see Database.send).
    pipeline: true,
    types: typeParsers as never,
    options: Object.entries(sessionSettings)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
    connectionTimeoutMillis: 10_000,
  });
  pool.on('error', onError);
  // An error between two queries of a checked-out client (a restart of PostgreSQL) must not end the process.
  pool.on('connect', (client) => {
    client.on('error', onError);
    writeTogether(client as Client);
  });
  const shaped = pool as unknown as Pool;
  const { epoch } = await prepareDatabase(shaped).catch(async (error: Error) => {
    await Promise.allSettled([pool.end(), guard.close()]);
    throw error;
  });
  return {
    database: new Database(shaped, withBinaryArrays),
    epoch,
    close: async () => {
      await pool.end();
      await guard.close();
    },
  };
}

/** Refuses a second process on a database where the first runs without Redis: its sockets would miss the other's events. */
async function guardProcess(
  connection: { connectionString?: string },
  alone: boolean,
  onError: (error: Error) => void,
): Promise<{ close: () => Promise<void> }> {
  let client = await hold();
  let closing = false;

  async function hold(): Promise<Client> {
    const next = new Client(connection);
    try {
      await next.connect();
    } catch (error) {
      throw new StoreUnavailable(
        `DATABASE_URL: PostgreSQL could not be reached (${reasonOf(error)}). Start it, or correct the address.`,
      );
    }
    const locked = await next.query<{ held: boolean }>(
      `select pg_try_advisory_lock${alone ? '' : '_shared'}($1) as held`,
      [processLock],
    );
    if (!locked.rows[0]!.held) {
      await next.end();
      throw new StoreUnavailable(
        alone
          ? 'DATABASE_URL is in use by another Switchboard process, and several processes need Redis: set REDIS_URL for all of them.'
          : 'DATABASE_URL is in use by a Switchboard process that runs without Redis: set REDIS_URL there too, or stop it.',
      );
    }
    // A lost connection may tell so more than once; it is made again once.
    next.once('error', (error) => {
      next.on('error', () => undefined);
      onError(error);
      void again();
    });
    return next;
  }

  async function again(): Promise<void> {
    while (!closing) {
      await new Promise((resolve) => setTimeout(resolve, 1000).unref());
      try {
        client = await hold();
        return;
      } catch (error) {
        onError(error as Error);
      }
    }
  }

  return {
    close: async () => {
      closing = true;
      await client.end().catch(() => undefined);
    },
  };
}

function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  return code ?? message ?? 'no reason given';
}
