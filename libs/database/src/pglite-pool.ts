import { EventEmitter } from 'node:events';
import type { PGlite, Results } from '@electric-sql/pglite';

const { prepareValue } = require('pg/lib/utils') as { prepareValue: (value: unknown) => string | Buffer | null };

import { Pool, PoolClient, QueryConfig, QueryResult, typeParsers } from './pool';

type TypeParsers = { getTypeParser: (oid: number, format?: 'text') => (value: string) => unknown };
type Row = (string | null)[];
type PgQuery = QueryConfig & { rowMode?: 'array'; types?: TypeParsers };

/** Node-postgres's text form of a parameter, so that both stores read the same value alike. */
function encode(value: unknown): string | null {
  const prepared = prepareValue(value);
  return Buffer.isBuffer(prepared) ? `\\x${prepared.toString('hex')}` : prepared;
}

const asArrays = { rowMode: 'array' } as const;

function rowsOf({ rows, fields }: Results<Row>, { types = typeParsers, rowMode }: PgQuery): unknown[] {
  if (rows.length === 0) return [];
  const columns = fields.map(({ name, dataTypeID }) => ({ name, parse: types.getTypeParser(dataTypeID, 'text') }));
  const read = (value: string | null | undefined, position: number): unknown =>
    typeof value === 'string' ? columns[position]!.parse(value) : null;
  if (rowMode === 'array') return rows.map((row) => row.map(read));
  return rows.map((row) => {
    const named: Record<string, unknown> = {};
    for (let position = 0; position < columns.length; position++) {
      named[columns[position]!.name] = read(row[position], position);
    }
    return named;
  });
}

/** One holder at a time, first come first served. */
class Turn {
  private last: Promise<void> = Promise.resolve();

  async take(): Promise<() => void> {
    let release!: () => void;
    const mine = new Promise<void>((resolve) => {
      release = resolve;
    });
    const before = this.last;
    this.last = before.then(() => mine);
    await before;
    return release;
  }
}

/**
 * PGlite in the shape of a `pg.Pool`, so that Drizzle's node-postgres driver and BullMQ's PostgreSQL backend run on it unchanged.
 * PGlite has one session: a client that begins a transaction holds it until it ends it, and everybody else waits.
 */
export class PGlitePool extends EventEmitter implements Pool {
  readonly options = { keepAlive: true };
  private readonly turn = new Turn();
  /** PostgreSQL's notice of a channel reaches every client that listens; one PGlite subscription serves them all. */
  private readonly subscriptions = new Map<string, Promise<() => Promise<void>>>();
  private readonly listening = new Set<PGliteClient>();

  constructor(readonly db: PGlite) {
    super();
    this.setMaxListeners(0);
    // Text in and text out: read and written here as node-postgres does. Parsers named with each query would be merged with all
    // of PGlite's own each time, a quarter of what the embedded store costs under small queries.
    const passThrough = (value: unknown) => value as string;
    const untouched = new Proxy({}, { get: () => passThrough });
    db.serializers = untouched;
    db.parsers = untouched;
  }

  async connect(): Promise<PoolClient> {
    return new PGliteClient(this);
  }

  // biome-ignore lint/suspicious/noExplicitAny: as node-postgres
  async query<R = any>(query: string | QueryConfig, values?: unknown[]): Promise<QueryResult<R>> {
    const done = await this.turn.take();
    try {
      return await this.run<R>(query, values);
    } finally {
      done();
    }
  }

  async end(): Promise<void> {
    await this.db.close();
  }

  begin(): Promise<() => void> {
    return this.turn.take();
  }

  async run<R>(query: string | QueryConfig, values?: unknown[]): Promise<QueryResult<R>> {
    const config: PgQuery =
      typeof query === 'string' ? { text: query, values } : { ...query, values: query.values ?? values };
    // Like node-postgres: without parameters the simple protocol, which takes several statements at once.
    const result = config.values?.length
      ? await this.db.query<Row>(config.text, config.values.map(encode), asArrays)
      : ((await this.db.exec(config.text, asArrays)).at(-1) as Results<Row> | undefined);
    return {
      rows: (result ? rowsOf(result, config) : []) as R[],
      rowCount: result?.affectedRows ?? result?.rows.length ?? 0,
    };
  }

  async listen(channel: string, client: PGliteClient): Promise<void> {
    this.listening.add(client);
    if (!this.subscriptions.has(channel)) {
      this.subscriptions.set(
        channel,
        this.db.listen(channel, (payload) => {
          for (const listener of this.listening) listener.notify(channel, payload);
        }),
      );
    }
    await this.subscriptions.get(channel);
  }

  forget(client: PGliteClient): void {
    this.listening.delete(client);
  }
}

const begins = /^\s*(begin|start\s+transaction)\b[^;]*;?/i;
const ends = /^\s*(commit|rollback|end)\b(?!\s+(?:work\s+|transaction\s+)?to\b)/i;
/** BullMQ's statement starts with SQL comments. */
const comments = /^(?:\s*--[^\n]*\n|\s*\/\*[\s\S]*?\*\/)*\s*/;
const listens = /^(un)?listen\s+("?[\w*]+"?)/i;

class PGliteClient extends EventEmitter implements PoolClient {
  private endTurn?: () => void;
  private last: Promise<unknown> = Promise.resolve();
  private readonly channels = new Set<string>();

  constructor(private readonly pool: PGlitePool) {
    super();
    this.setMaxListeners(0);
  }

  /** One after the other, as node-postgres does: a query sent behind BEGIN belongs to that transaction. */
  query<R>(query: string | QueryConfig, values?: unknown[]): Promise<QueryResult<R>> {
    const result = this.last.then(() => this.execute<R>(query, values));
    this.last = result.catch(() => undefined);
    return result;
  }

  private async execute<R>(query: string | QueryConfig, values?: unknown[]): Promise<QueryResult<R>> {
    const text = (typeof query === 'string' ? query : query.text).replace(comments, '');
    const listen = listens.exec(text);
    if (listen) return this.listenOrNot<R>(listen);
    if (this.endTurn) return this.inTransaction<R>(query, values, text);
    if (!begins.test(text)) return this.pool.query<R>(query, values);
    this.endTurn = await this.pool.begin();
    return this.inTransaction<R>(query, values, text);
  }

  notify(channel: string, payload: string): void {
    if (this.channels.has(channel)) this.emit('notification', { channel, payload, processId: 0 });
  }

  release(): void {
    this.pool.forget(this);
    this.channels.clear();
    if (!this.endTurn) return;
    const done = this.endTurn;
    this.endTurn = undefined;
    this.pool.run('rollback').then(done, done);
  }

  private async inTransaction<R>(
    query: string | QueryConfig,
    values: unknown[] | undefined,
    text: string,
  ): Promise<QueryResult<R>> {
    try {
      return await this.pool.run<R>(query, values);
    } finally {
      if (ends.test(text) || endsInCommit.test(text)) {
        this.endTurn?.();
        this.endTurn = undefined;
      }
    }
  }

  private async listenOrNot<R>([, un, name]: RegExpExecArray): Promise<QueryResult<R>> {
    const channel = name!.replaceAll('"', '');
    if (un) {
      if (channel === '*') this.channels.clear();
      else this.channels.delete(channel);
    } else {
      this.channels.add(channel);
      await this.pool.listen(channel, this);
    }
    return { rows: [], rowCount: 0 };
  }
}

/** `…; commit` sent as one simple query. */
const endsInCommit = /;\s*commit\s*;?\s*$/i;
