import { PGlite } from '@electric-sql/pglite';
import { PGlitePool } from './pglite-pool';
import { tendOnce } from './tending';

let pool: PGlitePool;

beforeAll(async () => {
  pool = new PGlitePool(await PGlite.create());
  await pool.query('create table things (id int primary key, name text not null)');
}, 60_000);

afterAll(() => pool.end());

const prepared = async (like: string) =>
  (await pool.query('select name from pg_prepared_statements where statement like $1', [like])).rows.length;

describe('the embedded database', () => {
  it('answers as node-postgres does', async () => {
    const added = await pool.query('insert into things select g, g::text from generate_series(1, $1::int) g', [3]);
    expect(added).toEqual({ rows: [], rowCount: 3, command: 'INSERT' });
    const read = await pool.query(
      'select id, name, null as nothing, $1::bytea as raw from things order by id limit 1',
      [Buffer.from([0, 255])],
    );
    expect(read).toEqual({
      rows: [{ id: 1, name: '1', nothing: null, raw: Buffer.from([0, 255]) }],
      rowCount: 1,
      command: 'SELECT',
    });
    expect(await pool.query("select 1; update things set name = 'x' where id > 1")).toMatchObject({
      rows: [],
      rowCount: 2,
    });
    expect(await pool.query('select name from things where false')).toMatchObject({ rows: [], rowCount: 0 });
  });

  it('prepares what comes a second time, and tells each time what is wrong', async () => {
    const text = 'insert into things values ($1, $2)';
    await pool.query(text, [10, 'ten']);
    expect(await prepared(`${text}%`)).toBe(0);
    for (let turn = 0; turn < 3; turn++) {
      await expect(pool.query(text, [10, 'again'])).rejects.toMatchObject({ code: '23505', constraint: 'things_pkey' });
    }
    expect(await prepared(`${text}%`)).toBe(1);
    await pool.query(text, [11, 'eleven']);

    for (let turn = 0; turn < 3; turn++) {
      await expect(pool.query('select $1::int from nowhere', [1])).rejects.toMatchObject({ code: '42P01' });
    }
    expect((await pool.query('select count(*) as n from things where id >= $1', [10])).rows).toEqual([{ n: 2 }]);
  });

  it('keeps the statements that are used, and not all that ever came', async () => {
    const often = 'select name from things where id = $1::int and true';
    for (let made = 0; made < 1100; made++) {
      const text = `select ${made}::int + $1::int as sum`;
      await pool.query(text, [1]);
      expect((await pool.query(text, [1])).rows).toEqual([{ sum: made + 1 }]);
      if (made % 100 === 0) await pool.query(often, [1]);
    }
    expect(await prepared(`${often}%`)).toBe(1);
    const all = await prepared('%');
    expect(all).toBeGreaterThan(900);
    expect(all).toBeLessThanOrEqual(1000);
  });

  it('goes on after a transaction that failed, and says that it was rolled back', async () => {
    const client = await pool.connect();
    await client.query('begin');
    await expect(client.query('select $1::int / 0', [1])).rejects.toMatchObject({ code: '22012' });
    await expect(client.query('select $1::int', [1])).rejects.toMatchObject({ code: '25P02' });
    expect((await client.query('commit')).command).toBe('ROLLBACK');
    client.release();
    expect((await pool.query('select $1::int as one', [1])).rows).toEqual([{ one: 1 }]);
  });

  it('notifies each client of the channels it listens to', async () => {
    const [first, second] = [await pool.connect(), await pool.connect()] as unknown as (NodeJS.EventEmitter &
      Awaited<ReturnType<PGlitePool['connect']>>)[];
    const told: unknown[] = [];
    first!.on('notification', ({ payload }) => told.push(['first', payload]));
    second!.on('notification', ({ payload }) => told.push(['second', payload]));
    await Promise.all([first!.query('listen "news"'), second!.query('listen "news"')]);
    await pool.query("select pg_notify('news', $1)", ['one']);
    await second!.query('unlisten "news"');
    await pool.query("select pg_notify('news', $1)", ['two']);
    expect(told).toEqual([
      ['first', 'one'],
      ['second', 'one'],
      ['first', 'two'],
    ]);
    first!.release();
    second!.release();
  });
});

describe('tending', () => {
  /** What a session has counted is seen after a second at the latest, and now where it is asked for. */
  const change = async (text: string) => {
    await pool.query(text);
    await pool.query('select pg_stat_force_next_flush()');
  };

  it('makes room of dead rows and counts the living, where it is worth it', async () => {
    await pool.query('create table worn (id int primary key, times int not null default 0)');
    await pool.query('insert into worn select g from generate_series(1, 1000) g');
    await change('update worn set times = times + 1');
    const state = async () =>
      (
        await pool.query(
          "select s.n_dead_tup as dead, c.reltuples::int as counted from pg_stat_user_tables s join pg_class c on c.oid = s.relid where s.relname = 'worn'",
        )
      ).rows[0];
    expect(await state()).toEqual({ dead: 1000, counted: -1 });
    expect(await tendOnce(pool)).toContain('worn');
    expect(await state()).toEqual({ dead: 0, counted: 1000 });
    expect(await tendOnce(pool)).not.toContain('worn');

    await change('insert into worn select g from generate_series(1001, 1200) g');
    expect(await tendOnce(pool)).toContain('worn');
    expect(await state()).toEqual({ dead: 0, counted: 1200 });
  });

  it('takes each partition of a table by itself, and does not mind one that is dropped meanwhile', async () => {
    await pool.query('create table days (day int not null, n int not null) partition by list (day)');
    for (const day of [1, 2, 3]) await pool.query(`create table days_${day} partition of days for values in (${day})`);
    await change('insert into days select 1 + g % 3, g from generate_series(1, 3000) g');
    const dropping = {
      query: async (text: string) => {
        if (text.endsWith('days_2')) await pool.query('drop table days_2');
        return pool.query(text);
      },
    };
    expect((await tendOnce(dropping as never)).filter((name) => name.startsWith('days'))).toEqual(['days_1', 'days_3']);
    const { rows } = await pool.query(
      "select relname as name, reltuples::int as counted from pg_class where relname like 'days__' order by relname",
    );
    expect(rows).toEqual([
      { name: 'days_1', counted: 1000 },
      { name: 'days_3', counted: 1000 },
    ]);
  });

  it('stops between two tables once it is ended', async () => {
    await change('update worn set times = times + 1');
    expect(await tendOnce(pool, () => true)).toEqual([]);
  });
});
