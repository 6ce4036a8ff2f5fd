import { randomBytes } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { newId, type OpenDatabase } from '@switchboard/database';
import { EventLogRepository, EventPartitionsRepository, EventRetention } from '@switchboard/events';
import { PersonalDataRepository } from '../../apps/server/src/contacts/personal-data/personal-data.repository';
import { ownStore } from './support/own-store';

const hour = 3_600_000;
const week = 168 * hour;
const huge = 1e12;

/** On a database of its own: what is dropped is everybody's. */
describe('the partitions of the event log', () => {
  let store: Awaited<ReturnType<typeof ownStore>>;
  let open: OpenDatabase;
  let log: EventLogRepository;
  let partitions: EventPartitionsRepository;
  let busy: string;
  let quiet: string;

  beforeAll(async () => {
    store = await ownStore();
    open = await store.open();
    log = new EventLogRepository(open.database);
    partitions = new EventPartitionsRepository(open.database);
  });
  beforeEach(async () => {
    jest.spyOn(Logger.prototype, 'log').mockImplementation(() => undefined);
    for (const number of await numbers()) await query(`drop table events_${number}`);
    await query('truncate event_partitions, workspace_heads, consumer_positions');
    await partitions.attach(0);
    await partitions.open(0);
    [busy, quiet] = [newId(), newId()];
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(async () => {
    await open?.close();
    await store?.remove();
  });

  const query = async (text: string, values: unknown[] = []) => (await open.database.query(text, values)).rows;

  /** Records so many events, of so many characters each. */
  const record = (workspaceId: string, count: number, chars = 10, audience = 'workspace') =>
    open.database.transaction(() =>
      log.append(
        Array.from({ length: count }, () => ({
          workspaceId,
          id: newId(),
          type: 'message.received',
          audience,
          field: null,
          itemId: null,
          occurredAt: new Date(),
          // Nothing that compresses.
          data: JSON.stringify({ text: randomBytes(chars / 2).toString('hex') }),
        })),
      ),
    );

  /** Hands all there is to the relay's clients. */
  const relayed = async (...workspaceIds: string[]) => {
    const heads = await log.heads(workspaceIds);
    await log.advance(
      'realtime',
      workspaceIds.map((workspaceId) => ({ workspaceId, head: heads.get(workspaceId)!.head })),
    );
  };

  const retention = (eventRetention: number, eventLogBytes: number) =>
    new EventRetention(partitions, { register: () => undefined } as never, { eventRetention, eventLogBytes });
  const numbers = async () => (await partitions.list()).map(({ number }) => number);
  /** Lets time pass for all that was opened. */
  const pass = (ms: number) =>
    query(`update event_partitions set opened_at = opened_at - $1::float8 * interval '1 millisecond'`, [ms]);
  const standOf = async (workspaceId: string) => (await log.heads([workspaceId])).get(workspaceId);
  const held = async (workspaceId: string, after = 0) =>
    (await log.read(workspaceId, after, 1_000_000, 10_000)).map(({ sequence }) => sequence);
  const whereabouts = async () =>
    query('select partition, count(*)::int as events from events group by partition order by partition');

  it('are opened one after the other and dropped when their time is over, the newest never', async () => {
    const sweeps = retention(week, huge);
    await record(busy, 3);
    await record(quiet, 2);
    await relayed(busy, quiet);
    await sweeps.sweep();
    expect(await numbers()).toEqual([0, 1]);

    await pass(week / 8);
    await sweeps.sweep();
    expect(await numbers()).toEqual([0, 1, 2]);
    await record(busy, 4);
    await relayed(busy);
    expect(await whereabouts()).toEqual([
      { partition: 0, events: 5 },
      { partition: 1, events: 4 },
    ]);
    expect(await held(busy)).toEqual([1, 2, 3, 4, 5, 6, 7]);

    await pass(week - hour);
    expect(await sweeps.sweep()).toBe(0);
    expect([await held(busy), await held(quiet)]).toEqual([
      [1, 2, 3, 4, 5, 6, 7],
      [1, 2],
    ]);
    await pass(hour);
    expect(await sweeps.sweep()).toBe(1);
    expect(await standOf(busy)).toEqual({ head: 7, floor: 3 });
    expect(await held(busy)).toEqual([4, 5, 6, 7]);
    // Whoever has seen all of a quiet workspace is not told to load anew: its floor is its head, and not beyond.
    expect(await standOf(quiet)).toEqual({ head: 2, floor: 2 });
    expect(await held(quiet)).toEqual([]);

    await record(quiet, 1);
    expect([await standOf(quiet), await held(quiet)]).toEqual([{ head: 3, floor: 2 }, [3]]);
    await relayed(quiet);
    await pass(10 * week);
    for (let times = 0; times < 4; times++) await sweeps.sweep();
    expect(await whereabouts()).toEqual([{ partition: 2, events: 1 }]);
    expect(await standOf(busy)).toEqual({ head: 7, floor: 7 });
  });

  it('are dropped oldest first where the log is larger than allowed, which the operator is told once', async () => {
    const warned = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    const sweeps = retention(week, 1_000_000);
    const size = async () => (await partitions.list()).reduce((sum, { bytes }) => sum + bytes, 0);
    await record(quiet, 1);
    await relayed(quiet);
    for (let turn = 0; turn < 30; turn++) {
      await record(busy, 10, 10_000);
      await relayed(busy);
      await sweeps.sweep();
    }
    expect(await size()).toBeLessThanOrEqual(1_000_000);
    const { head, floor } = (await standOf(busy))!;
    expect([head, floor > 0 && floor < head]).toEqual([300, true]);
    expect(await held(busy, floor)).toEqual(Array.from({ length: head - floor }, (_, at) => floor + at + 1));
    expect(await standOf(quiet)).toEqual({ head: 1, floor: 1 });
    // No more than what had to be.
    expect(await size()).toBeGreaterThan(500_000);
    expect(warned.mock.calls.map(([line]) => line)).toEqual([expect.stringMatching(/EVENT_LOG_BYTES \(1000000\)/)]);
  });

  it('are held for whoever has not been handed their events', async () => {
    const sweeps = retention(week, huge);
    await record(busy, 2);
    await record(quiet, 2);
    await relayed(quiet);
    await log.advance('another', [{ workspaceId: quiet, head: 1 }]);
    await sweeps.sweep();
    await pass(week / 8);
    await sweeps.sweep();
    await pass(week);
    expect(await sweeps.sweep()).toBe(0);
    expect([await standOf(busy), await standOf(quiet)]).toEqual([
      { head: 2, floor: 0 },
      { head: 2, floor: 0 },
    ]);
    const [waiting] = await log.readAfterPosition('realtime', [busy, quiet], 10);
    expect(waiting).toMatchObject({ workspaceId: busy, prev: 0, head: 2 });

    await relayed(busy);
    // The other consumer has yet to be handed one of the quiet workspace, and everything of the busy one.
    expect(await sweeps.sweep()).toBe(0);
    await log.advance('another', [
      { workspaceId: busy, head: 2 },
      { workspaceId: quiet, head: 2 },
    ]);
    expect(await sweeps.sweep()).toBe(1);
    expect([await held(busy), await held(quiet)]).toEqual([[], []]);
  });

  it('set the floor by what they held, also where an event was recorded into the older one late', async () => {
    const sweeps = retention(week, huge);
    await record(busy, 2);
    await record(quiet, 2);
    await sweeps.sweep();
    await pass(week / 8);
    await sweeps.sweep();
    await record(busy, 1);
    await query('update event_partitions set opened_at = null where number = 1');
    await record(busy, 1);
    await query('update event_partitions set opened_at = clock_timestamp() where number = 1');
    await record(busy, 1);
    await relayed(busy, quiet);
    await pass(week);
    await sweeps.sweep();
    // 3 is there and may not be handed out: 4 is not.
    expect(await standOf(busy)).toEqual({ head: 5, floor: 4 });
    expect(await held(busy, 4)).toEqual([5]);
    expect(await standOf(quiet)).toEqual({ head: 2, floor: 2 });
  });

  it('are not dropped with events that are still served, nor the one that takes events, nor twice', async () => {
    await record(busy, 2);
    await record(quiet, 1);
    await relayed(busy, quiet);
    expect(await partitions.attach(1)).toBe('done');
    expect(await partitions.open(1)).toBe(true);
    expect(await partitions.open(1)).toBe(false);
    expect(await partitions.drop(0)).toBe('unsettled');
    expect(await partitions.settle(0, ['realtime'])).toBe(0);
    await record(busy, 1);
    expect(await partitions.settle(1, ['nobody'])).toBe(1);
    expect(await partitions.drop(1)).toBe('unsettled');
    expect([await held(busy), await held(quiet)]).toEqual([[1, 2, 3], [1]]);
    expect(await partitions.drop(0)).toBe('done');
    expect(await partitions.drop(0)).toBe('elsewhere');
    // Nor is one brought back that was dropped.
    expect(await partitions.attach(0)).toBe('elsewhere');
    expect(await numbers()).toEqual([1]);
    expect([await held(busy), await held(quiet)]).toEqual([[3], []]);
  });

  it('are no obstacle to erasing a person, nor to pruning one workspace', async () => {
    const contactId = newId();
    const erased = new PersonalDataRepository(open.database);
    for (const number of [1, 2]) {
      await record(busy, 2, 10, `workspace contact:${contactId}`);
      await record(busy, 1);
      await record(quiet, 1, 10, `workspace contact:${contactId}`);
      await partitions.attach(number);
      await partitions.open(number);
    }
    const subject = { workspaceId: busy, contactId, contactIds: [contactId], values: [], usernames: [] };
    expect(await erased.eraseEvents(subject, 0, 100)).toEqual({ position: 6, done: true });
    const said = async (workspaceId: string) =>
      (await log.read(workspaceId, 0, 100, 100)).map(({ data }) => data === '{"erased":true}');
    expect(await said(busy)).toEqual([true, true, false, true, true, false]);
    expect(await said(quiet)).toEqual([false, false]);

    expect(await log.prune(busy, 4)).toBe(4);
    expect([await held(busy), await held(quiet)]).toEqual([
      [5, 6],
      [1, 2],
    ]);
  });
});
