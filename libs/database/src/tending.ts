import type { Pool, Queryable } from './pool';

const everyMs = 30_000;
/** SQLSTATE */
const undefinedTable = '42P01';

/** PostgreSQL's own thresholds for autovacuum, which has a table (of the event log each partition) read anew for the planner and its dead rows made room of. */
const due = `
  select s.relid::regclass::text as name,
         s.n_dead_tup > 50 + 0.2 * greatest(c.reltuples, 0) as vacuum
    from pg_stat_user_tables s join pg_class c on c.oid = s.relid
   where s.n_dead_tup > 50 + 0.2 * greatest(c.reltuples, 0) or s.n_mod_since_analyze > 50 + 0.1 * greatest(c.reltuples, 0)`;

/**
 * Does once what autovacuum does where there is a server: without it tables only ever grow, and a plan made while one was empty is kept
 * once it is not. One table after the other, with room for others' statements in between; 100,000 rows half of them dead take 0.1 s.
 * @returns the tables that were tended
 */
export async function tendOnce(database: Queryable, ended: () => boolean = () => false): Promise<string[]> {
  const { rows } = await database.query<{ name: string; vacuum: boolean }>(due);
  const tended: string[] = [];
  for (const { name, vacuum } of rows) {
    if (ended()) break;
    try {
      await database.query(vacuum ? `vacuum (analyze) ${name}` : `analyze ${name}`);
      tended.push(name);
    } catch (error) {
      // A partition of the event log that was dropped meanwhile.
      if ((error as { code?: string }).code !== undefinedTable) throw error;
    }
  }
  return tended;
}

/** Tends the embedded database until the returned function is called, which waits for what is under way. */
export function tend(pool: Pool, onError: (error: Error) => void): () => Promise<void> {
  let ended = false;
  let running: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(() => tendOnce(pool, () => ended)).catch(onError);
  }, everyMs);
  timer.unref();
  return async () => {
    ended = true;
    clearInterval(timer);
    await running;
  };
}
