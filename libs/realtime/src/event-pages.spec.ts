import fc from 'fast-check';
import { EventPages } from './event-pages';
import { eventOf, InMemoryLog } from './ports.fixture';

const from = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, at) => first + at);

describe('recent events', () => {
  it('are those of the log, whatever was appended, forgotten or read before', async () => {
    const step = fc.record({
      appended: fc.nat(6),
      skipped: fc.constantFrom(0, 0, 0, 3),
      sought: fc.nat(100),
      meanwhile: fc.nat(4),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 20 }),
        fc.integer({ min: 500, max: 9000 }),
        async (steps, maxBytes) => {
          const log = new InMemoryLog();
          const pages = new EventPages(log, { pageSize: 5, maxBytes });
          let position = 0;
          const live = (count: number, seen: boolean) => {
            const { events, head } = log.append('w1', ...from(1, count).map(() => ({})));
            if (seen) pages.append('w1', events);
            position = head;
          };
          for (const { appended, skipped, sought, meanwhile } of steps) {
            live(skipped, false);
            live(appended, true);
            if (position === 0) continue;
            const sequence = 1 + (sought % position);
            const loading = pages.find('w1', sequence) ?? pages.load('w1', sequence, position);
            live(meanwhile, true);
            const page = await loading;
            expect(page?.holds(sequence)).toBe(true);
            expect(page!.last).toBeLessThanOrEqual(position);
            expect(page!.events.map((event) => event.sequence)).toEqual(from(page!.from, page!.last));
            expect(page!.select(['workspace:w1'], sequence)).toEqual(
              from(sequence - page!.from, page!.events.length - 1),
            );
          }
        },
      ),
    );
  });

  it('are read from the log once for all who return, with those that come next', async () => {
    const log = new InMemoryLog();
    log.append('w1', ...from(1, 20).map(() => ({})));
    const pages = new EventPages(log, { pageSize: 10, maxBytes: 1e6 });
    const loaded = await Promise.all(from(3, 8).map((sequence) => pages.load('w1', sequence, 20)));
    expect(new Set(loaded).size).toBe(1);
    expect(pages.find('w1', 9)).toBe(loaded[0]);
    expect(pages.find('w1', 15)?.last).toBe(20);
    expect(log.reads).toBe(2);
  });

  it('that the log no longer holds are not made up', async () => {
    const log = new InMemoryLog();
    log.append('w1', ...from(1, 20).map(() => ({})));
    log.prune('w1', 14);
    const pages = new EventPages(log, { pageSize: 10, maxBytes: 1e6 });
    expect(await pages.load('w1', 14, 20)).toBeUndefined();
    expect((await pages.load('w1', 15, 20))?.from).toBe(15);
  });

  it('are forgotten when there are too many, those used longest ago first', () => {
    const pages = new EventPages(new InMemoryLog(), { pageSize: 1, maxBytes: 1500 });
    for (const sequence of [1, 2, 3]) pages.append('w1', [eventOf({ workspaceId: 'w1', sequence })]);
    pages.find('w1', 1);
    for (const sequence of [4, 5]) pages.append('w1', [eventOf({ workspaceId: 'w1', sequence })]);
    expect([1, 2, 3, 4, 5].filter((sequence) => pages.find('w1', sequence))).toEqual([1, 3, 4, 5]);
  });
});
