import { type Partition, planOf } from './partition-plan';

const minute = 60_000;
const hour = 60 * minute;
const limits = { retentionMs: 8 * hour, maxBytes: 8000 };

/** Partitions from 3 on, by the hours since each was opened and its size; `ready` is one more. */
const partitions = (hours: number[], bytes: number[], more: Partial<Partition>[] = [{}]): Partition[] => [
  ...hours.map((open, at) => ({ number: at + 3, bytes: bytes[at]!, openedFor: open * hour, empty: false })),
  ...more.map((given, at) => ({ number: hours.length + 3 + at, bytes: 0, openedFor: null, empty: true, ...given })),
];

describe('the partitions of the log', () => {
  it('are left alone while each has its time and all are small', () => {
    expect(planOf(partitions([8.5, 7.9, 0.9], [999, 999, 999]), limits)).toEqual({ drop: [] });
  });

  it('have one that stands ready for what comes', () => {
    expect(planOf(partitions([0.1], [1], []), limits)).toEqual({ attach: 4, drop: [] });
  });

  it('follow each other after an eighth of the retention', () => {
    expect(planOf(partitions([1], [1]), limits).open).toBe(4);
    expect(planOf(partitions([0.99], [1]), limits).open).toBeUndefined();
    expect(planOf(partitions([1], [1], []), limits)).toEqual({ attach: 4, drop: [] });
  });

  it('follow each other after a minute at the earliest', () => {
    const short = { ...limits, retentionMs: minute };
    expect(planOf(partitions([1 / 61], [1]), short).open).toBeUndefined();
    expect(planOf(partitions([1 / 60], [1]), short).open).toBe(4);
  });

  it('follow each other by size too, so that the youngest is never the whole log', () => {
    expect(planOf(partitions([0], [1000]), limits).open).toBeUndefined();
    expect(planOf(partitions([0], [1001]), limits).open).toBe(4);
  });

  it('do not follow each other while nothing is recorded', () => {
    const [only, ready] = partitions([20], [1]) as [Partition, Partition];
    expect(planOf([{ ...only, empty: true }, ready], limits)).toEqual({ drop: [] });
  });

  it('are dropped once the newest event that they can hold is older than the retention', () => {
    // What the first holds was recorded until the second was opened.
    expect(planOf(partitions([20, 8, 0.5], [1, 1, 1]), limits).drop).toEqual([
      { number: 3, why: 'age', closedFor: 8 * hour },
    ]);
    expect(planOf(partitions([20, 7.99, 0.5], [1, 1, 1]), limits).drop).toEqual([]);
  });

  it('are dropped from the oldest on until the rest is no larger than it may be', () => {
    const plan = planOf(partitions([3, 2, 1.5, 0.5], [3000, 3000, 4000, 900]), limits);
    expect(plan.drop.map(({ number, why }) => [number, why])).toEqual([[3, 'size']]);
    const more = planOf(partitions([3, 2, 1.5, 0.5], [100, 3000, 7500, 900]), limits);
    expect(more.drop.map(({ number }) => number)).toEqual([3, 4, 5]);
  });

  it('are never all dropped: the youngest stays, however old and large', () => {
    expect(planOf(partitions([100], [99_000]), limits)).toEqual({ open: 4, drop: [] });
    expect(planOf(partitions([100, 99], [1, 99_000]), limits).drop.map(({ number }) => number)).toEqual([3]);
  });

  it('count by both limits', () => {
    const plan = planOf(partitions([20, 9, 3, 0.5], [100, 9000, 100, 100]), limits);
    expect(plan.drop.map(({ number, why }) => [number, why])).toEqual([
      [3, 'age'],
      [4, 'size'],
    ]);
  });

  it('are left alone where the clock was put back', () => {
    expect(planOf(partitions([-1, -2], [1, 1]), limits)).toEqual({ drop: [] });
  });
});
