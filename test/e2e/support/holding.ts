import { Client } from 'pg';
import { until } from '../../support/until';
import { world } from './world';

const open: Client[] = [];

/** Lets go of what tests have held; for `afterEach`. */
export async function releaseAll(): Promise<void> {
  await Promise.all(open.splice(0).map((client) => client.end()));
}

export interface Held {
  /** Resolves once so many transactions wait for what is held, or for one that does. */
  waiting: (count: number) => Promise<void>;
  release: () => Promise<void>;
}

/**
 * Holds what a statement locks, so that requests meet in an order that the test gives. Only where the test reaches the database: the
 * embedded store runs one transaction after the other, and nothing is held there.
 */
export async function holding(lock: string): Promise<Held> {
  if (!world.databaseUrl) return { waiting: async () => undefined, release: async () => undefined };
  const [holder, observer] = [1, 2].map(() => new Client({ connectionString: world.databaseUrl }));
  open.push(holder!, observer!);
  await Promise.all([holder!.connect(), observer!.connect()]);
  await holder!.query(`begin; ${lock}`);
  const { rows } = await holder!.query('select pg_backend_pid() as pid');
  const { pid } = rows[0];
  const blocked = `
    with recursive blocked as (
      select pid from pg_stat_activity where $1::int = any(pg_blocking_pids(pid))
      union select a.pid from blocked b join pg_stat_activity a on b.pid = any(pg_blocking_pids(a.pid))
    ) select count(*)::int as count from blocked`;
  return {
    waiting: async (count) => {
      const enough = async () => (await observer!.query(blocked, [pid])).rows[0].count >= count;
      await until(enough, `${count} transactions wait`);
    },
    release: async () => {
      await holder!.query('rollback');
    },
  };
}
