import { Logger } from '@nestjs/common';
import fc from 'fast-check';
import type { PositionedBatch, StoredEvent } from './ports';
import { InMemoryLog } from './ports.fixture';
import { WorkspaceTracker } from './workspace-tracker';

beforeAll(() => Logger.overrideLogger(false));

const options = { pageSize: 7, linger: 0, retryAfter: 0 };
const turn = () => new Promise((resolve) => setImmediate(resolve));

function track(log: InMemoryLog) {
  const delivered: StoredEvent[] = [];
  const gaps: number[] = [];
  const tracker = new WorkspaceTracker(
    log,
    { events: (_id, events) => delivered.push(...events), gap: (_id, position) => gaps.push(position) },
    options,
  );
  log.subscribe({ batches: (batches) => tracker.offer(batches), interrupted: () => void tracker.interrupted() });
  const level = async (workspaceId: string, head: number) => {
    while (tracker.positionOf(workspaceId) < head) {
      await tracker.check();
      tracker.settle();
      await turn();
    }
  };
  return { tracker, delivered, gaps, level, sequences: () => delivered.map(({ sequence }) => sequence) };
}

const from = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, at) => first + at);

/** What happens to one batch between the relay and here. */
const fate = fc.record({
  size: fc.integer({ min: 1, max: 9 }),
  copies: fc.integer({ min: 0, max: 2 }),
  late: fc.integer({ min: 0, max: 3 }),
  failures: fc.constantFrom(0, 0, 0, 1, 3),
  afterwards: fc.constantFrom('nothing', 'turn', 'interrupted', 'check'),
});

describe('events of a workspace', () => {
  it('are each delivered once and in order, whatever is lost, doubled, late or away', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(20), fc.array(fate, { maxLength: 25 }), async (already, fates) => {
        const log = new InMemoryLog();
        if (already > 0) log.append('w1', ...from(1, already).map(() => ({})));
        const { tracker, level, sequences } = track(log);
        await tracker.hold('w1').started;
        const late: { batch: PositionedBatch; due: number }[] = [];
        for (const [at, { size, copies, late: delay, failures, afterwards }] of fates.entries()) {
          log.failures += failures;
          const batch = log.append('w1', ...from(1, size).map(() => ({})));
          for (let copy = 0; copy < copies; copy++) late.push({ batch, due: at + delay * copy });
          for (const { batch: due } of late.filter((each) => each.due === at)) log.publish(due);
          if (afterwards === 'turn') await turn();
          else if (afterwards === 'interrupted') log.interrupt();
          else if (afterwards === 'check') await tracker.check();
          tracker.settle();
        }
        const head = already + fates.reduce((sum, { size }) => sum + size, 0);
        await level('w1', head);
        expect(sequences()).toEqual(from(already + 1, head));
        tracker.close();
      }),
      { numRuns: 200 },
    );
  });

  it('come from the batches alone while none is missing, and from overlapping ones only what is new', async () => {
    const log = new InMemoryLog();
    const { tracker, sequences } = track(log);
    await tracker.hold('w1').started;
    const first = log.append('w1', {}, {});
    const second = log.append('w1', {}, {}, {});
    log.publish(first);
    log.publish({ workspaceId: 'w1', prev: 0, head: 5, events: [...first.events, ...second.events] });
    log.publish(second);
    expect(sequences()).toEqual([1, 2, 3, 4, 5]);
    expect(log.reads).toBe(0);
  });

  it('are read when a batch does not hold what it says', async () => {
    const log = new InMemoryLog();
    const { tracker, sequences, level } = track(log);
    await tracker.hold('w1').started;
    const batch = log.append('w1', {}, {}, {});
    log.publish({ ...batch, events: batch.events.slice(1) });
    await level('w1', 3);
    expect(sequences()).toEqual([1, 2, 3]);
  });

  it('that the log no longer holds are told as a gap, and what follows is delivered', async () => {
    const log = new InMemoryLog();
    const { tracker, gaps, sequences, level } = track(log);
    await tracker.hold('w1').started;
    log.append('w1', ...from(1, 20).map(() => ({})));
    log.prune('w1', 12);
    await level('w1', 20);
    expect(gaps).toEqual([12]);
    expect(sequences()).toEqual(from(13, 20));
  });

  it('are waited for when the log does not show them yet', async () => {
    const log = new InMemoryLog();
    const { tracker, gaps, sequences, level } = track(log);
    await tracker.hold('w1').started;
    log.append('w1', {}, {});
    log.lagging = 3;
    await level('w1', 2);
    expect(gaps).toEqual([]);
    expect(sequences()).toEqual([1, 2]);
  });

  it('let the event loop turn when delivering takes long', async () => {
    const log = new InMemoryLog();
    let turns = 0;
    let delivered = 0;
    const slow = {
      events: (_: string, events: StoredEvent[]) => {
        delivered += events.length;
        for (const until = performance.now() + 6; performance.now() < until; );
      },
      gap: () => undefined,
    };
    const tracker = new WorkspaceTracker(log, slow, options);
    await tracker.hold('w1').started;
    tracker.offer([log.append('w1', ...from(1, 200).map(() => ({})))]);
    while (delivered < 200) {
      await turn();
      turns++;
    }
    expect(turns).toBeGreaterThan(2);
  });
});

describe('a workspace', () => {
  it('is followed from its head on, waits for a log that is away, and catches up when asked', async () => {
    const log = new InMemoryLog();
    log.append('w1', {}, {});
    log.failures = 3;
    const { tracker, sequences } = track(log);
    const workspace = tracker.hold('w1');
    await workspace.started;
    expect(workspace.position).toBe(2);
    log.append('w1', {}, {});
    const heads = await Promise.all([tracker.refresh(workspace), tracker.refresh(workspace)]);
    expect(heads).toEqual(Array(2).fill({ head: 4, floor: 0 }));
    expect(sequences()).toEqual([3, 4]);
  });

  it('is forgotten a while after its last socket', async () => {
    const { tracker } = track(new InMemoryLog());
    await tracker.hold('w1').started;
    await tracker.hold('w1').started;
    tracker.release('w1');
    await tracker.check();
    expect(tracker.positionOf('w1')).toBe(0);
    tracker.release('w1');
    await tracker.check();
    expect(tracker.positionOf('w1')).toBe(-1);
  });
});
