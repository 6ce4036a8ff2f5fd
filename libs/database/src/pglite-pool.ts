import { EventEmitter } from 'node:events';
import { messages, type PGlite, protocol } from '@electric-sql/pglite';

const { prepareValue } = require('pg/lib/utils') as { prepareValue: (value: unknown) => string | Buffer | null };

import { Pool, PoolClient, QueryConfig, QueryResult, typeParsers } from './pool';

const { serialize } = protocol;

type TypeParsers = { getTypeParser: (oid: number, format?: 'text') => (value: string) => unknown };
type Answer = Awaited<ReturnType<PGlite['execProtocolStream']>>[number];
type PgQuery = QueryConfig & { rowMode?: 'array'; types?: TypeParsers };

/** Node-postgres's text form of a parameter, so that both stores read the same value alike. */
function encode(value: unknown): string | null {
  const prepared = prepareValue(value);
  return Buffer.isBuffer(prepared) ? `\\x${prepared.toString('hex')}` : prepared;
}

/** What the last of the statements came to, as node-postgres gives it. */
function resultOf<R>(answers: readonly Answer[], { types = typeParsers, rowMode }: PgQuery): QueryResult<R> {
  let result: QueryResult<unknown> = { rows: [], rowCount: null };
  let columns: { name: string; parse: (value: string) => unknown }[] = [];
  let rows: unknown[] = [];
  for (const answer of answers) {
    if (answer instanceof messages.DataRowMessage) {
      const values = answer.fields.map((value, at) => (value === null ? null : columns[at]!.parse(value)));
      rows.push(rowMode === 'array' ? values : Object.fromEntries(columns.map(({ name }, at) => [name, values[at]])));
    } else if (answer instanceof messages.RowDescriptionMessage) {
      columns = answer.fields.map(({ name, dataTypeID }) => ({ name, parse: types.getTypeParser(dataTypeID, 'text') }));
    } else if (answer instanceof messages.CommandCompleteMessage) {
      const [, command, count] = /^(\w+).*?(\d+)?$/.exec(answer.text) ?? [];
      result = { rows, rowCount: count === undefined ? null : Number(count), command };
      rows = [];
    }
  }
  return result as QueryResult<R>;
}

/** Statements that came before are prepared: most of what a small one costs here is reading and planning its text. */
class PreparedStatements {
  private readonly known = new Map<string, string | undefined>();
  private made = 0;

  /** The name that a statement has or is to be given; none before it comes a second time. */
  nameOf(text: string): { name: string; prepared: boolean } {
    const name = this.known.get(text);
    const seen = this.known.delete(text);
    // The latest at the end.
    this.known.set(text, name);
    if (name !== undefined) return { name, prepared: true };
    return { name: seen ? `s${++this.made}` : '', prepared: false };
  }

  prepared(text: string, name: string): void {
    this.known.set(text, name);
  }

  /** Names to close, so that no more than `mostStatements` are kept. */
  forget(): string[] {
    const closed: string[] = [];
    for (const [text, name] of this.known) {
      if (this.known.size <= mostStatements) break;
      this.known.delete(text);
      if (name !== undefined) closed.push(name);
    }
    return closed;
  }
}

/** More than all of ours and BullMQ's; what is made anew each time does not stay. */
const mostStatements = 1000;

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
  private readonly statements = new PreparedStatements();
  private readonly listening = new Set<PGliteClient>();
  private readonly channels = new Map<string, Promise<unknown>>();

  constructor(readonly db: PGlite) {
    super();
    this.setMaxListeners(0);
    db.onNotification((channel, payload) => {
      for (const listener of this.listening) listener.notify(channel, payload);
    });
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

  /** Only in one's turn. */
  async run<R>(query: string | QueryConfig, values?: unknown[]): Promise<QueryResult<R>> {
    const config: PgQuery =
      typeof query === 'string' ? { text: query, values } : { ...query, values: query.values ?? values };
    // Like node-postgres: without parameters the simple protocol, which takes several statements at once.
    if (!config.values?.length) return resultOf<R>(await this.exchange([serialize.query(config.text)]), config);
    return this.execute<R>(config, config.values);
  }

  /** One statement, all its messages in one call. */
  private async execute<R>(config: PgQuery, values: unknown[]): Promise<QueryResult<R>> {
    const { name, prepared } = this.statements.nameOf(config.text);
    const closed = this.statements.forget().map((old) => serialize.close({ type: 'S', name: old }));
    const answers = await this.exchange(
      [
        ...closed,
        ...(prepared ? [] : [serialize.parse({ name, text: config.text })]),
        serialize.bind({ statement: name, values: values.map(encode) }),
        serialize.describe({ type: 'P' }),
        serialize.execute({}),
        serialize.sync(),
      ],
      (all) => {
        if (name !== '' && !prepared && all.some((answer) => answer.name === 'parseComplete')) {
          this.statements.prepared(config.text, name);
        }
      },
    );
    return resultOf<R>(answers, config);
  }

  /** @throws what PostgreSQL refuses, with its SQLSTATE as `code` */
  private async exchange(
    sent: readonly Uint8Array[],
    answered: (answers: Answer[]) => void = () => undefined,
  ): Promise<Answer[]> {
    // Files are written through: there is nothing to be brought to the file system afterwards.
    const options = { throwOnError: false, syncToFs: false };
    const answers = await this.db.execProtocolStream(Buffer.concat(sent), options);
    answered(answers);
    for (const answer of answers) if (answer instanceof messages.DatabaseError) throw answer;
    return answers;
  }

  async listen(channel: string, client: PGliteClient): Promise<void> {
    this.listening.add(client);
    if (!this.channels.has(channel)) this.channels.set(channel, this.query(`listen "${channel}"`));
    await this.channels.get(channel);
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
