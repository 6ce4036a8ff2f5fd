import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OpenDatabase, openDatabase } from '@switchboard/database';

/** The embedded store answers COMMIT alike whether it kept a transaction or not. */
describe('a transaction on the embedded store, in which the failure of a statement was caught', () => {
  const folder = mkdtempSync(join(tmpdir(), 'switchboard-'));
  let open: OpenDatabase;

  beforeAll(async () => {
    open = await openDatabase({ store: 'embedded', dataDir: folder, databasePool: 1 }, () => undefined);
    await open.database.query('create table notes (text text)');
  });
  afterEach(() => open.database.query('delete from notes'));
  afterAll(async () => {
    await open?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const note = (text: string) => open.database.query('insert into notes values ($1)', [text]);
  const notes = async () =>
    (await open.database.query('select text from notes order by text')).rows.map(({ text }) => text);
  const fail = () => open.database.query('select * from nowhere');

  it('is told to have failed, and nothing follows it', async () => {
    const then = jest.fn();
    const work = open.database.transaction(async () => {
      await note('lost');
      await fail().catch(() => undefined);
      open.database.afterCommit(then);
    });
    await expect(work).rejects.toMatchObject({ code: 'transaction_aborted', cause: { code: '42P01' } });
    expect(then).not.toHaveBeenCalled();
    expect(await notes()).toEqual([]);
  });

  it('is kept but for the savepoint that failed, by the statement that failed first', async () => {
    await open.database.transaction(async () => {
      await note('kept');
      const inner = open.database.transaction(async () => {
        await note('lost');
        fail().catch(() => undefined);
        await note('behind it');
      });
      await expect(inner).rejects.toMatchObject({ code: '42P01' });
      await note('kept too');
    });
    expect(await notes()).toEqual(['kept', 'kept too']);
  });
});
