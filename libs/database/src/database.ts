import { AsyncLocalStorage } from 'node:async_hooks';
import { drizzle, NodePgDatabase } from 'drizzle-orm/node-postgres';
import { Pool, PoolClient, Queryable, QueryConfig, QueryResult } from './pool';
import * as schema from './schema';

export type Orm = NodePgDatabase<typeof schema>;

/** A statement that was refused. */
interface Failure {
  error: unknown;
  /** Nobody awaits it but the transaction: see `send`. */
  unseen: boolean;
}

class OpenTransaction {
  depth = 0;
  ended = false;
  readonly afterCommit: (() => unknown)[] = [];
  /**
   * What failed first, of the statements that no savepoint has undone. From then on the server refuses every other, and a COMMIT
   * undoes it all: both say that something has failed, and not what.
   */
  failure?: Failure;

  constructor(readonly client: PoolClient) {}

  readonly failed = (error: unknown): void => {
    this.failure ??= { error, unseen: false };
  };

  readonly failedUnseen = (error: unknown): void => {
    this.failure ??= { error, unseen: true };
  };

  /** What an error is to be told as. Statements are answered in the order sent, so the first failure is known before its consequences. */
  causeOf(error: unknown): unknown {
    return this.failure && (this.failure.unseen || saysOnlyAborted(error)) ? this.failure.error : error;
  }

  /** @throws what failed unseen, or TransactionAborted where somebody caught a failure. */
  check(): void {
    if (!this.failure) return;
    throw this.failure.unseen ? this.failure.error : new TransactionAborted(this.failure.error);
  }
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
  constructor(cause?: unknown) {
    super('A statement of this transaction had failed, so nothing of it was kept; use a savepoint for what may fail.', {
      cause,
    });
  }
}

/**
 * The only way to the database. Inside `transaction` every query of the same asynchronous call chain runs in that transaction:
 * a query that slipped past it to the pool would wait for ever on the embedded store and silently not be atomic on PostgreSQL.
 */
export class Database implements Queryable {
  private readonly current = new AsyncLocalStorage<OpenTransaction>();
  /** Drizzle, in the open transaction if there is one. */
  readonly orm: Orm;

  /**
   * @param toParameters how this store takes a statement's values, where not as they are
   */
  constructor(
    readonly pool: Pool,
    private readonly toParameters?: (text: string, values: readonly unknown[]) => unknown[],
  ) {
    this.orm = drizzle({ query: this.run.bind(this) } as never, { schema });
  }

  // biome-ignore lint/suspicious/noExplicitAny: as node-postgres
  query<R = any>(query: string | QueryConfig, values?: unknown[]): Promise<QueryResult<R>> {
    if (typeof query !== 'string') return this.run<R>(this.prepared(query));
    return this.run<R>(query, values && this.toParameters ? this.toParameters(query, values) : values);
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
    const transaction = new OpenTransaction(client);
    let broken: Error | undefined;
    // Not awaited: the first statement of `work` travels with it. Should it fail, so does every statement behind it.
    client.query(`begin; ${first}`).catch(transaction.failedUnseen);
    try {
      const result = await this.current.run(transaction, work);
      transaction.ended = true;
      transaction.check();
      // A failed transaction is rolled back at COMMIT, so COMMIT may travel with the last statements. Not an error to PostgreSQL, which
      // names it in its answer.
      const { command } = await client.query('commit');
      transaction.check();
      if (command === 'ROLLBACK') throw new TransactionAborted();
      for (const then of transaction.afterCommit) this.current.exit(then);
      return result;
    } catch (error) {
      transaction.ended = true;
      await client.query('rollback').catch((failure: Error) => {
        broken = failure;
      });
      throw transaction.causeOf(error);
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
    const result = (transaction?.client ?? this.pool).query<R>(this.prepared(query));
    if (transaction) result.catch(transaction.failedUnseen);
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
    const { length: before } = outer.afterCommit;
    const name = `s${outer.depth}`;
    try {
      await this.run(`savepoint ${name}; ${first}`).catch((error: unknown) => {
        throw outer.causeOf(error);
      });
      try {
        const result = await work();
        await this.run(`release savepoint ${name}`);
        return result;
      } catch (error) {
        // What was undone is not to be told.
        outer.afterCommit.length = before;
        await outer.client.query(`rollback to savepoint ${name}; release savepoint ${name}`);
        const cause = outer.causeOf(error);
        outer.failure = undefined;
        throw cause;
      }
    } finally {
      outer.depth -= 1;
    }
  }

  /** One statement, as it is, in the open transaction if there is one. */
  private run<R>(query: string | QueryConfig, values?: unknown[]): Promise<QueryResult<R>> {
    const transaction = this.open();
    if (!transaction) return this.pool.query<R>(query, values);
    const result = transaction.client.query<R>(query, values);
    result.catch(transaction.failed);
    return result;
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
}

/** SQLSTATE of every statement of a transaction behind the one that failed. */
const inFailedTransaction = '25P02';

function saysOnlyAborted(error: unknown): boolean {
  const { code, cause } = error as { code?: string; cause?: { code?: string } };
  return code === inFailedTransaction || cause?.code === inFailedTransaction;
}
