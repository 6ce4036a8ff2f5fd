import { types } from 'pg';

/** A result as node-postgres gives it. */
export interface QueryResult<R> {
  rows: R[];
  rowCount: number | null;
  /** What the server says it did: `COMMIT`. */
  command?: string;
}

export interface QueryConfig {
  text: string;
  values?: unknown[];
  /** Prepared once per connection under this name; the embedded store prepares whatever comes twice. */
  name?: string;
}

export interface Queryable {
  // biome-ignore lint/suspicious/noExplicitAny: node-postgres's own default; callers name the row type
  query<R = any>(query: string | QueryConfig, values?: unknown[]): Promise<QueryResult<R>>;
}

export interface PoolClient extends Queryable {
  release(destroy?: boolean | Error): void;
}

/** The part of `pg.Pool` that Switchboard, Drizzle and BullMQ use; PostgreSQL and PGlite both provide it. */
export interface Pool extends Queryable {
  connect(): Promise<PoolClient>;
  end(): Promise<void>;
}

const int8 = 20;

/** int8 as a number: every count and sequence here stays far below 2^53. */
export const typeParsers = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === int8 && format !== 'binary' ? Number : types.getTypeParser(oid, format as 'text'),
};
