import { FreshEvents } from './fresh-events';
import type { PositionedBatch, StoredEvent } from './stored-event';

const batch = (workspaceId: string, prev: number, head: number): PositionedBatch => ({
  workspaceId,
  prev,
  head,
  events: Array.from({ length: head - prev }, (_, at) => ({ sequence: prev + at + 1, data: '{}' }) as StoredEvent),
});
const sequences = ({ events }: PositionedBatch) => events.map(({ sequence }) => sequence);

describe('events just recorded', () => {
  it('are taken once, by workspace', () => {
    const fresh = new FreshEvents();
    fresh.put(batch('a', 0, 2));
    fresh.put(batch('b', 7, 8));
    expect(fresh.take(['a'])).toEqual([batch('a', 0, 2)]);
    expect(fresh.take(['a', 'c'])).toEqual([]);
    expect(fresh.take(['b'])).toEqual([batch('b', 7, 8)]);
  });

  it('that follow each other are one batch', () => {
    const fresh = new FreshEvents();
    fresh.put(batch('a', 0, 2));
    fresh.put(batch('a', 2, 3));
    const [one, ...more] = fresh.take(['a']);
    expect([one!.prev, one!.head, sequences(one!), more]).toEqual([0, 3, [1, 2, 3], []]);
  });

  it('with others between them stay apart', () => {
    const fresh = new FreshEvents();
    fresh.put(batch('a', 0, 2));
    fresh.put(batch('a', 5, 6));
    expect(fresh.take(['a'])).toEqual([batch('a', 0, 2), batch('a', 5, 6)]);
  });

  it('are left to the log when there are too many, and kept again when there is room', () => {
    const fresh = new FreshEvents();
    fresh.put(batch('a', 0, 19_999));
    fresh.put(batch('b', 0, 2));
    expect(fresh.take(['b'])).toEqual([]);
    expect(fresh.take(['a'])).toHaveLength(1);
    fresh.put(batch('b', 2, 4));
    expect(fresh.take(['b'])).toEqual([batch('b', 2, 4)]);
  });

  it('are left to the log where they are large, and kept again when there is room', () => {
    const fresh = new FreshEvents();
    const large = batch('a', 0, 5);
    for (const event of large.events) event.data = 'x'.repeat(3_000_000);
    fresh.put(large);
    fresh.put({ ...large, workspaceId: 'b' });
    expect(fresh.take(['b'])).toEqual([]);
    expect(fresh.take(['a'])).toHaveLength(1);
    fresh.put({ ...large, workspaceId: 'b' });
    expect(fresh.take(['b'])).toHaveLength(1);
  });

  it('that nobody takes are forgotten, by the time and not by what comes after them', () => {
    jest.useFakeTimers();
    try {
      const fresh = new FreshEvents();
      fresh.put(batch('a', 0, 19_999));
      jest.advanceTimersByTime(1500);
      fresh.put(batch('b', 0, 1));
      jest.advanceTimersByTime(1000);
      expect(fresh.take(['a'])).toEqual([]);
      expect(fresh.take(['b'])).toEqual([batch('b', 0, 1)]);
      jest.advanceTimersByTime(1000);
      expect(jest.getTimerCount()).toBe(0);
      fresh.put(batch('c', 0, 20_000));
      expect(fresh.take(['c'])).toHaveLength(1);
    } finally {
      jest.useRealTimers();
    }
  });
});
