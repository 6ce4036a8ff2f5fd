import { AsyncLocalStorage } from 'node:async_hooks';
import { drizzle, NodePgDatabase } from 'drizzle-orm/node-postgres';
import { Pool, PoolClient, Queryable, QueryConfig, QueryResult } from './pool';
import * as schema from './schema';

export type Orm = NodePgDatabase<typeof schema>;

interface OpenTransaction {
  client: PoolClient;
  depth: number;
  ended: boolean;
  afterCommit: (() => unknown)[];
  /** Statements on their way whose outcome decides the transaction: see `send`. */
  sent: Promise<unknown>[];
}

/** A query was made with a transaction that has ended: something in it was not awaited. */
export class TransactionEnded extends Error {
  readonly code = 'transaction_ended';
  constructor() {
    super('This query belongs to a transaction that has already ended; await everything inside a transaction.');
  }
}

/** A statement failed, the failure was caught, and the transaction went on to its COMMIT: nothing of it was kept. */
export class TransactionAborted extends Error {
  readonly code = 'transaction_aborted';
  constructor() {
    super('A statement of this transaction had failed, so nothing of it was kept; use a savepoint for what may fail.');
  }
}

/**
 * The only way to the database. Inside `transaction` every query of the same asynchronous call chain runs in that transaction:
 * a query that slipped past it to the pool would wait for ever on the embedded store and silently not be atomic on PostgreSQL.
 */
export class Database implements Queryable {
  private readonly current = new AsyncLocalStorage<OpenTransaction>();
  private readonly pooled: Orm;
  private readonly orms = new WeakMap<PoolClient, Orm>();

  /**
   * @param toParameters how this store takes a statement's values, where not as they are
   */
  constructor(
    readonly pool: Pool,
    private readonly toParameters?: (text: string, values: readonly unknown[]) => unknown[],
  ) {
    this.pooled = drizzle(pool as never, { schema });
  }

  /** Drizzle, in the open transaction if there is one. */
  get orm(): Orm {
    const transaction = this.open();
    return transaction ? this.ormOf(transaction.client) : this.pooled;
  }

  // biome-ignore lint/suspicious/noExplicitAny: as node-postgres
  query<R = any>(query: string | QueryConfig, values?: unknown[]): Promise<QueryResult<R>> {
    const target = this.open()?.client ?? this.pool;
    if (typeof query !== 'string') return target.query<R>(this.prepared(query));
    return target.query<R>(query, values && this.toParameters ? this.toParameters(query, values) : values);
  }

  /** True inside `transaction`. */
  get inTransaction(): boolean {
    return this.current.getStore() !== undefined;
  }

  /**
   * Runs `work` in a transaction and commits it; any error rolls it back. Inside another transaction it is a savepoint.
   * @param first SQL to send together with BEGIN, saving a round trip (a lock, a setting).
   */
  async transaction<T>(work: () => Promise<T>, first = ''): Promise<T> {
    const outer = this.open();
    if (outer) return this.savepoint(outer, work, first);
    const client = await this.pool.connect();
    const transaction: OpenTransaction = { client, depth: 0, ended: false, afterCommit: [], sent: [] };
    let broken: Error | undefined;
    // Not awaited: the first statement of `work` travels with it. Should it fail, so does every statement behind it.
    const began = settled(client.query(`begin; ${first}`));
    try {
      const result = await this.current.run(transaction, work);
      transaction.ended = true;
      // PostgreSQL rolls back at COMMIT when a statement before it has failed, so COMMIT may travel with the last of them.
      const committed = settled(client.query('commit'));
      for (const outcome of [began, ...transaction.sent]) await outcome;
      // Not an error to PostgreSQL: it rolls back what has failed, whoever has caught the failure.
      if ((await committed).command === 'ROLLBACK') throw new TransactionAborted();
      for (const then of transaction.afterCommit) this.current.exit(then);
      return result;
    } catch (error) {
      transaction.ended = true;
      await client.query('rollback').catch((failure: Error) => {
        broken = failure;
      });
      // What failed first is the cause; the rest only says that the transaction is aborted.
      for (const outcome of [began, ...transaction.sent]) await outcome;
      throw error;
    } finally {
      // A client that could not even roll back must not serve anybody else.
      client.release(broken);
    }
  }

  /**
   * Sends a statement whose result nobody needs before the transaction ends: it travels with what comes next, COMMIT included.
   * Its failure fails the transaction. Outside a transaction it is an ordinary query. `result` is there once the transaction has ended.
   */
  // biome-ignore lint/suspicious/noExplicitAny: as node-postgres
  async send<R = any>(query: QueryConfig): Promise<{ result: Promise<QueryResult<R>> }> {
    const transaction = this.open();
    const result = settled((transaction?.client ?? this.pool).query<R>(this.prepared(query)));
    if (transaction) transaction.sent.push(result);
    else await result;
    return { result };
  }

  /** Runs `then` once the open transaction has committed, never when it is rolled back; at once when there is none. */
  afterCommit(then: () => unknown): void {
    const transaction = this.open();
    if (transaction) transaction.afterCommit.push(then);
    else then();
  }

  /** Runs `work` outside any transaction of the caller, on a connection of its own. */
  outside<T>(work: () => T): T {
    return this.current.exit(work);
  }

  private async savepoint<T>(outer: OpenTransaction, work: () => Promise<T>, first: string): Promise<T> {
    outer.depth += 1;
    const before = outer.afterCommit.length;
    const name = `s${outer.depth}`;
    for (const outcome of outer.sent) await outcome;
    outer.sent = [];
    await outer.client.query(`savepoint ${name}; ${first}`);
    try {
      const result = await work();
      for (const outcome of outer.sent) await outcome;
      await outer.client.query(`release savepoint ${name}`);
      return result;
    } catch (error) {
      // What was undone is not to be told.
      outer.afterCommit.length = before;
      await outer.client.query(`rollback to savepoint ${name}; release savepoint ${name}`);
      for (const outcome of outer.sent) await outcome;
      throw error;
    } finally {
      outer.sent = [];
      outer.depth -= 1;
    }
  }

  private prepared(query: QueryConfig): QueryConfig {
    const { text, values, name } = query;
    return values && this.toParameters ? { name, text, values: this.toParameters(text, values) } : query;
  }

  private open(): OpenTransaction | undefined {
    const transaction = this.current.getStore();
    if (transaction?.ended) throw new TransactionEnded();
    return transaction;
  }

  private ormOf(client: PoolClient): Orm {
    let orm = this.orms.get(client);
    if (!orm) {
      orm = drizzle(client as never, { schema });
      this.orms.set(client, orm);
    }
    return orm;
  }
}

/** A promise that somebody will await later: until then its failure is not "unhandled". */
function settled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
