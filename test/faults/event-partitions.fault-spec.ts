import { newId, type OpenDatabase, openDatabase } from '@switchboard/database';
import { EventLogRepository, EventPartitionsRepository } from '@switchboard/events';
import { freshDatabase } from '../support/topology';
import { until } from '../support/until';
import { Store } from './support/store';

jest.setTimeout(60_000);

/** The embedded database has one session, and nothing of this can happen there. */
describe('while the partitions of the log change', () => {
  let fresh: Awaited<ReturnType<typeof freshDatabase>>;
  let open: OpenDatabase;
  let store: Store;
  let log: EventLogRepository;
  let partitions: EventPartitionsRepository;

  beforeEach(async () => {
    fresh = await freshDatabase();
    const settings = { store: 'postgres', databaseUrl: fresh.url, dataDir: '', databasePool: 4 } as const;
    open = await openDatabase(settings, () => undefined);
    store = new Store(fresh.url);
    log = new EventLogRepository(open.database);
    partitions = new EventPartitionsRepository(open.database);
  });
  afterEach(async () => {
    await open?.close();
    await fresh?.drop();
  });

  const append = (workspaceId: string) =>
    log.append([
      {
        workspaceId,
        id: newId(),
        type: 'message.received',
        audience: 'workspace',
        field: null,
        itemId: null,
        occurredAt: new Date(),
        data: '{}',
      },
    ]);
  const record = (workspaceId: string) => open.database.transaction(() => append(workspaceId));
  const places = () => store.rows('select partition, sequence::int from events order by workspace_id, sequence');

  it('a transaction that records twice finds a place for both, also where the next partition was made in between', async () => {
    const [one, other] = [newId(), newId()];
    await record(other);
    await open.database.transaction(async () => {
      await append(one);
      await open.database.query('select 1');
      await open.database.outside(async () => {
        expect(await partitions.attach(1)).toBe('done');
        expect(await partitions.open(1)).toBe(false);
      });
      await append(one);
    });
    expect(await partitions.open(1)).toBe(true);
    await record(one);
    await record(other);
    expect((await log.read(one, 0, 9, 9)).map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect((await log.read(other, 0, 9, 9)).map(({ sequence }) => sequence)).toEqual([1, 2]);
    expect(await store.number('select count(*) from events where partition = 1')).toBe(2);
  });

  it('an event that waits for its turn is neither lost nor refused with the partition it was meant for', async () => {
    const [one, other] = [newId(), newId()];
    await record(one);
    await record(other);
    await partitions.attach(1);
    const release = await store.hold('select from workspace_heads where workspace_id = $1 for update', [one]);
    const waiting = record(one);
    await until(async () => (await store.waitingFor('insert into workspace_heads')).length > 0, 'an event waits');
    expect(await partitions.open(1)).toBe(true);
    await record(other);
    await log.advance('realtime', [
      { workspaceId: one, head: 1 },
      { workspaceId: other, head: 2 },
    ]);
    expect(await partitions.drop(0)).toBe('busy');
    await release();
    await waiting;
    expect(await places()).toEqual(
      [
        { id: one, held: [0, 0] },
        { id: other, held: [0, 1] },
      ]
        .toSorted((a, b) => (a.id < b.id ? -1 : 1))
        .flatMap(({ held }) => held.map((partition, at) => ({ partition, sequence: at + 1 }))),
    );
    // It has not been handed on yet.
    expect(await partitions.settle(0, ['realtime'])).toBe(1);
    expect(await partitions.drop(0)).toBe('unsettled');
    await log.advance('realtime', [{ workspaceId: one, head: 2 }]);
    expect(await partitions.settle(0, ['realtime'])).toBe(0);
    expect(await partitions.drop(0)).toBe('done');
    expect(await log.heads([one, other])).toEqual(
      new Map([
        [one, { head: 2, floor: 2 }],
        [other, { head: 2, floor: 1 }],
      ]),
    );
    expect((await log.read(other, 1, 9, 9)).map(({ sequence }) => sequence)).toEqual([2]);
  });

  it('a drop gives way after a moment to whoever has the log open', async () => {
    const [one, other] = [newId(), newId()];
    await record(one);
    await record(other);
    await log.advance('realtime', [
      { workspaceId: one, head: 1 },
      { workspaceId: other, head: 1 },
    ]);
    await partitions.attach(1);
    await partitions.open(1);
    await partitions.settle(0, ['realtime']);
    const release = await store.hold('select from events');
    const began = performance.now();
    expect(await partitions.drop(0)).toBe('busy');
    // A tenth of a second, on a machine that has time; not as long as a statement waits for a lock otherwise, which is 15 s.
    expect(performance.now() - began).toBeLessThan(10_000);
    await record(one);
    await release();
    expect(await partitions.drop(0)).toBe('done');
    expect((await log.heads([other])).get(other)).toEqual({ head: 1, floor: 1 });
    expect((await log.read(one, 1, 9, 9)).map(({ sequence }) => sequence)).toEqual([2]);
  });
});
