import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { newId, type OpenDatabase, openDatabase } from '@switchboard/database';
import { ExternalUsersRepository } from '../../apps/server/src/identity/external-users.repository';
import { freshDatabase } from '../support/topology';
import { until } from '../support/until';

jest.setTimeout(60_000);

describe('the first two tokens of a user, at the same moment', () => {
  let fresh: Awaited<ReturnType<typeof freshDatabase>>;
  let open: OpenDatabase;

  beforeAll(async () => {
    fresh = await freshDatabase();
    const settings = { store: 'postgres+redis', databaseUrl: fresh.url, dataDir: tmpdir(), databasePool: 4 } as const;
    open = await openDatabase(settings, () => undefined);
  });
  afterAll(async () => {
    await open?.close();
    await fresh?.drop();
  });

  it('are one arrival', async () => {
    const { database } = open;
    const users = new ExternalUsersRepository(database);
    const workspaceId = randomUUID();
    await database.query(`insert into workspaces (id, name) values ($1, 'Shop')`, [workspaceId]);
    const identity = {
      issuer: 'https://issuer.example',
      subject: 'one',
      name: null,
      email: null,
      workspaceId,
      role: 'agent',
    } as never;
    await users.addIfUnknown(identity, newId(), null);
    const { id } = (await users.lock(identity))!;

    let second: Promise<unknown> | undefined;
    const first = await database.transaction(async () => {
      const outcome = await users.join(id, identity);
      second = database.outside(() => database.transaction(() => users.join(id, identity)));
      const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      await until(async () => (await database.outside(() => database.query(waiting))).rows.length > 0, 'one waits');
      return outcome;
    });
    expect([first, await second]).toEqual(['joined', 'member']);
  });
});
