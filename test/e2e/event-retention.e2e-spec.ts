import { randomBytes, randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { formatCursor, rooms } from '@switchboard/contracts';
import { type Database, newId } from '@switchboard/database';
import { EventPartitionsRepository } from '@switchboard/events';
import { drizzle as overPostgres } from 'drizzle-orm/node-postgres';
import { migrate as migratePostgres } from 'drizzle-orm/node-postgres/migrator';
import { drizzle as overPglite } from 'drizzle-orm/pglite';
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator';
import { Client } from 'pg';
import { ApiClient, makeTenant, type Tenant } from '../support/api-client';
import { ServerProcess } from '../support/server-process';
import { closeSockets, connect } from '../support/socket-client';
import { until } from '../support/until';
import { ownStore } from './support/own-store';

const migrations = join(__dirname, '../../libs/database/migrations');
/** The migrations before the log had partitions. */
const earlier = 4;
const [ours, theirs] = [randomUUID(), randomUUID()];
const owner = { email: 'owner@example.com', password: randomBytes(12).toString('hex') };

let store: Awaited<ReturnType<typeof ownStore>>;
let server: ServerProcess;

type Ask = (text: string, values: unknown[]) => Promise<unknown>;

/** The schema of an earlier version, as that version made it. */
async function earlierSchema(work: (ask: Ask) => Promise<void>): Promise<void> {
  const migrationsFolder = mkdtempSync(join(tmpdir(), 'switchboard-migrations-'));
  cpSync(migrations, migrationsFolder, { recursive: true });
  const journal = join(migrationsFolder, 'meta/_journal.json');
  const { entries, ...rest } = JSON.parse(readFileSync(journal, 'utf8'));
  writeFileSync(journal, JSON.stringify({ ...rest, entries: entries.slice(0, earlier) }));
  if (store.databaseUrl) {
    const client = new Client({ connectionString: store.databaseUrl });
    await client.connect();
    await migratePostgres(overPostgres(client), { migrationsFolder });
    await work((text, values) => client.query(text, values));
    await client.end();
  } else {
    const database = await PGlite.create(join(store.folder, 'database'));
    await database.exec('create schema if not exists bullmq');
    await migratePglite(overPglite(database), { migrationsFolder });
    await work((text, values) => database.query(text, values));
    await database.close();
  }
  rmSync(migrationsFolder, { recursive: true });
}

/** Events from `floor + 1` to `head`, handed on, as an earlier version left them. */
async function recorded(ask: Ask, workspaceId: string, floor: number, head: number): Promise<void> {
  await ask('insert into workspace_heads (workspace_id, head, floor) values ($1, $2, $3)', [workspaceId, head, floor]);
  await ask(`insert into consumer_positions values ('realtime', $1, $2)`, [workspaceId, head]);
  for (let sequence = floor + 1; sequence <= head; sequence++) {
    await ask(
      `insert into events (workspace_id, sequence, id, type, audience, occurred_at, data)
       values ($1, $2, $3, 'team.activity', $4, now(), $5)`,
      [workspaceId, sequence, newId(), [rooms.workspace(workspaceId)], JSON.stringify({ old: sequence })],
    );
  }
}

/** With the server stopped. */
async function inDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const open = await store.open();
  return work(open.database).finally(() => open.close());
}

const cursorOf = (head: string, sequence: number) => formatCursor(head.split('.')[0]!, sequence);
const sequenceIn = (cursor: string) => Number(cursor.split('.')[1]);

async function signedIn(): Promise<ApiClient> {
  const anonymous = new ApiClient(server.url);
  return anonymous.as((await anonymous.signIn(owner.email, owner.password)).accessToken);
}

/** The whole log that is held, and where it ends. */
async function logOf(api: ApiClient) {
  const { body } = await api.get('/v1/events?limit=1000');
  return { head: body.head as string, sequences: body.items.map(({ cursor }: never) => sequenceIn(cursor)), ...body };
}

const upTo = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at + 1);

beforeAll(async () => {
  store = await ownStore();
  await earlierSchema(async (ask) => {
    await recorded(ask, ours, 2, 5);
    await recorded(ask, theirs, 0, 3);
  });
  server = new ServerProcess('server', {
    SWITCHBOARD_DATA_DIR: store.folder,
    DATABASE_URL: store.databaseUrl,
    JWT_SECRET: 'j'.repeat(40),
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    OWNER_EMAIL: owner.email,
    OWNER_PASSWORD: owner.password,
    FIRST_WORKSPACE_ID: ours,
    META_APP_ID: 'app-1',
    META_APP_SECRETS: randomBytes(16).toString('hex'),
    META_VERIFY_TOKEN: randomBytes(8).toString('hex'),
  });
  await server.start();
});
afterEach(closeSockets);
afterAll(async () => {
  await server?.stop();
  await store?.remove();
});

describe('the event log of a server that was upgraded', () => {
  it('is the one it had, and goes on from there', async () => {
    const api = await signedIn();
    const { items, head, sequences } = await logOf(api);
    expect(sequences).toEqual(upTo(2, sequenceIn(head)));
    expect(items.slice(0, 3).map(({ data }: never) => data)).toEqual([{ old: 3 }, { old: 4 }, { old: 5 }]);
    // Of the other workspace's events, which have the same sequences, it has none.
    expect(new Set(items.map(({ workspaceId }: never) => workspaceId))).toEqual(new Set([ours]));
    expect((await api.get(`/v1/events?after=${cursorOf(head, 1)}`)).body).toMatchObject({ reason: 'cursor_expired' });
    expect((await api.get(`/v1/events?after=${cursorOf(head, 3)}`)).body.items).toEqual(items.slice(1));

    await api.made('/v1/users', { email: 'ann@example.com', password: randomUUID(), role: 'agent' });
    const later = await logOf(api);
    expect(later.sequences).toEqual(upTo(2, sequenceIn(later.head)));
    expect(sequenceIn(later.head)).toBeGreaterThan(sequenceIn(head));
  });

  it('loses its oldest partition when the time is over: who needs it is told to load anew, who does not gets everything', async () => {
    await server.stop();
    /** What the first partition holds, of which the next takes over. */
    const last = await inDatabase(async (database) => {
      const partitions = new EventPartitionsRepository(database);
      await partitions.attach(1);
      await partitions.open(1);
      const { rows } = await database.query<{ id: string; last: number }>(
        'select workspace_id as id, max(sequence) as last from events where partition = 0 group by workspace_id',
      );
      return new Map(rows.map(({ id, last }) => [id, last]));
    });
    expect(last.get(theirs)).toBe(3);
    await server.start();
    const young: Tenant = await makeTenant(await signedIn(), server.url, 'app-1');
    await young.channel('messenger');
    await (await signedIn()).made('/v1/users', { email: 'ben@example.com', password: randomUUID(), role: 'agent' });

    await server.stop();
    await inDatabase((database) =>
      database.query(`update event_partitions set opened_at = opened_at - interval '8 days'`),
    );
    await server.start();
    const before = await logOf(await signedIn());
    const expired = async () => {
      const { status } = await (await signedIn()).get(`/v1/events?after=${cursorOf(before.head, 4)}`);
      return status === 410;
    };
    await until(expired, 'the first partition is dropped');

    for (const turn of ['while it runs', 'after a restart']) {
      if (turn === 'after a restart') {
        await server.stop();
        await server.start();
      }
      const api = await signedIn();
      const floor = last.get(ours)!;
      const { items, head, sequences } = await logOf(api);
      expect([turn, sequences]).toEqual([turn, upTo(floor, sequenceIn(head))]);
      expect(items.length).toBeGreaterThan(0);
      const [gone, atFloor] = [floor - 1, floor].map((sequence) => cursorOf(head, sequence));
      expect((await api.get(`/v1/events?after=${gone}`)).body).toMatchObject({
        code: 'resync',
        reason: 'cursor_expired',
      });
      expect((await api.get(`/v1/events?after=${atFloor}`)).body.items).toEqual(items);
      const socket = (cursor: string) => connect(server.url, '/notifications', { token: api.token, cursor });
      const returning = await socket(gone!);
      expect(returning.notice('ready')).toMatchObject({ replayed: 0, resync: { reason: 'cursor_expired' } });
      expect(returning.events).toEqual([]);
      const held = await socket(atFloor!);
      expect(held.notice('ready').resync).toBeUndefined();
      const cursors = ({ items: those }: { items: { cursor: string }[] }) => those.map(({ cursor }) => cursor);
      expect(held.events.map(({ cursor }) => cursor)).toEqual(cursors({ items }));

      // What happened later, in another workspace, is all there.
      const theirLog = await logOf(young.api.as((await young.api.signIn(young.email, young.password)).accessToken));
      expect(theirLog.sequences).toEqual(upTo(0, sequenceIn(theirLog.head)));
    }

    await server.stop();
    const left = await inDatabase(async (database) => ({
      heads: (await database.query('select head, floor from workspace_heads where workspace_id = $1', [theirs])).rows,
      tables: (await database.query(`select to_regclass('events_0') as first`)).rows,
    }));
    // Nothing has happened there since: its floor is its head.
    expect(left).toEqual({ heads: [{ head: 3, floor: 3 }], tables: [{ first: null }] });
    await server.start();
  });
});
