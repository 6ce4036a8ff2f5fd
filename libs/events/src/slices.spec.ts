import fc from 'fast-check';
import { slicesOf } from './slices';
import type { PositionedBatch, StoredEvent } from './stored-event';

/** Batches of a few workspaces, dense, whose events hold so many characters. */
const batches = fc
  .array(fc.array(fc.nat({ max: 12 }), { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 6 })
  .map((all) =>
    all.map(
      (sizes, at): PositionedBatch => ({
        workspaceId: `w${at}`,
        prev: at,
        head: at + sizes.length,
        events: sizes.map((size, place) => ({ sequence: at + place + 1, data: 'x'.repeat(size) }) as StoredEvent),
      }),
    ),
  );
const chars = (slice: readonly PositionedBatch[]) =>
  slice.flatMap(({ events }) => events).reduce((sum, { data }) => sum + data.length, 0);
const count = (slice: readonly PositionedBatch[]) => slice.reduce((sum, { events }) => sum + events.length, 0);

describe('slices of batches', () => {
  it('hold every event once, in order, each slice within the limits or a single event', () => {
    fc.assert(
      fc.property(batches, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 30 }), (given, events, limit) => {
        const slices = slicesOf(given, { events, chars: limit });
        for (const slice of slices) {
          expect(count(slice)).toBeLessThanOrEqual(events);
          expect(chars(slice) <= limit || count(slice) === 1).toBe(true);
          for (const { prev, head, events: dense } of slice) {
            expect(dense.map(({ sequence }) => sequence)).toEqual(dense.map((_, at) => prev + at + 1));
            expect(head).toBe(prev + dense.length);
          }
        }
        for (const { workspaceId, prev, head, events: all } of given) {
          const parts = slices.flat().filter((part) => part.workspaceId === workspaceId);
          expect(parts.flatMap((part) => part.events)).toEqual(all);
          expect([parts[0]!.prev, parts.at(-1)!.head]).toEqual([prev, head]);
        }
      }),
    );
  });

  it('are the batches themselves where they fit', () => {
    const [given] = fc.sample(batches, 1);
    expect(slicesOf(given!, { events: 1000, chars: 10_000 })).toEqual([given]);
  });
});
