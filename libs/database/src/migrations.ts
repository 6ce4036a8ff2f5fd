import { createHash, randomBytes } from 'node:crypto';
import { shippedPath } from '@switchboard/config';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { Pool, PoolClient } from './pool';

/** Any constant: processes that start together take this advisory lock, because Drizzle's migrator has none. */
const migrationLock = 5_948_271_301;

/** Brings the schema up to date and settles which epoch this database is in; one process at a time. */
export async function prepareDatabase(pool: Pool): Promise<{ epoch: string }> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    try {
      await migrate(drizzle(client as never), { migrationsFolder: shippedPath('libs/database/migrations') });
      return { epoch: await settleEpoch(client) };
    } finally {
      await client.query('select pg_advisory_unlock($1)', [migrationLock]);
    }
  } finally {
    client.release();
  }
}

/**
 * An epoch lasts as long as sequence numbers can be trusted. A database restored from a dump has another database oid, a
 * cluster restored to a point in time or failed over has another timeline or system id: sequences that clients have seen may be
 * given out again, so the epoch changes and every cursor of before gets a `resync`.
 */
async function settleEpoch(client: PoolClient): Promise<string> {
  const fingerprint = createHash('sha256')
    .update(await fingerprintOf(client))
    .digest('hex')
    .slice(0, 32);
  const epoch = randomBytes(5).toString('hex');
  const settled = await client.query<{ epoch: string }>(
    `insert into instance (id, epoch, fingerprint) values (1, $1, $2)
     on conflict (id) do update set
       epoch = case when instance.fingerprint = excluded.fingerprint then instance.epoch else excluded.epoch end,
       fingerprint = excluded.fingerprint
     returning epoch`,
    [epoch, fingerprint],
  );
  return settled.rows[0]!.epoch;
}

async function fingerprintOf(client: PoolClient): Promise<string> {
  const database = `(select oid from pg_database where datname = current_database())`;
  const ask = async (expression: string): Promise<string> => {
    const { rows } = await client.query<{ fingerprint: string }>(`select ${expression} as fingerprint`);
    return rows[0]!.fingerprint;
  };
  return ask(
    `concat_ws('/', (select system_identifier from pg_control_system()), (select timeline_id from pg_control_checkpoint()), ${database})`,
    // A hosted PostgreSQL may keep its control data to itself; a restored dump is told even so.
  ).catch(() => ask(`${database}::text`));
}
