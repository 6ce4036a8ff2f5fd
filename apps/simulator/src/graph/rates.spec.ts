import fc from 'fast-check';
import { HourlyCalls, PairRate, SlidingWindow, UniqueUsers } from './rates';

describe('a sliding window', () => {
  it('never lets more than its limit into any span, and never refuses without need', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 100 }),
        (limit, gaps) => {
          const window = new SlidingWindow(limit, 100);
          const taken: number[] = [];
          let now = 1_000;
          for (const gap of gaps) {
            now += gap;
            const within = taken.filter((at) => now - at < 100).length;
            const let_in = window.take(now);
            expect(let_in).toBe(within < limit);
            if (let_in) taken.push(now);
          }
        },
      ),
    );
  });

  it('without a limit lets everything in', () => {
    const window = new SlidingWindow(Number.POSITIVE_INFINITY, 1_000);

    expect(Array.from({ length: 1_000 }, () => window.take(0)).every(Boolean)).toBe(true);
  });
});

describe('a pair', () => {
  it('borrows its burst against the time to come', () => {
    const pairs = new PairRate(6_000, 45);
    const burst = Array.from({ length: 46 }, () => pairs.take('a', 0));

    expect(burst.filter(Boolean)).toHaveLength(45);
    expect(pairs.take('b', 0)).toBe(true);
    expect(pairs.take('a', 5_999)).toBe(false);
    expect(pairs.take('a', 6_000)).toBe(true);
    const later = Array.from({ length: 46 }, () => pairs.take('a', 6_000 + 45 * 6_000));
    expect(later.filter(Boolean)).toHaveLength(45);
  });
});

describe('the users of 24 hours', () => {
  it('count once each and are forgotten after that', () => {
    const users = new UniqueUsers(2);

    expect(['a', 'b', 'a', 'c'].map((user) => users.take(user, 0))).toEqual([true, true, true, false]);
    expect(users.take('c', 86_400_000)).toBe(true);
  });
});

describe('the calls of an hour', () => {
  it('tell their share of the limit and when there is room again', () => {
    const calls = new HourlyCalls(4);
    calls.count(0);
    calls.count(60_000);

    expect([calls.usage, calls.exceeded(60_000), calls.regainMinutes(60_000)]).toEqual([50, false, 0]);
    calls.count(60_000);
    calls.count(60_000);
    expect([calls.usage, calls.exceeded(60_000), calls.regainMinutes(60_000)]).toEqual([100, true, 59]);
    expect(calls.exceeded(60 * 60_000)).toBe(false);
  });
});
