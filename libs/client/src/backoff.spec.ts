import { Backoff } from './backoff';

const limits = { first: 1000, longest: 30_000 };

describe('waiting between attempts', () => {
  it('doubles up to the longest, and starts over', () => {
    const backoff = new Backoff(limits, () => 1);
    expect(Array.from({ length: 7 }, () => backoff.next())).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
    backoff.reset();
    expect(backoff.next()).toBe(1000);
  });

  it('is spread over half of its length, so that clients do not come back all at once', () => {
    expect(new Backoff(limits, () => 0).next()).toBe(500);
    expect(new Backoff(limits, () => 0.5).next()).toBe(750);
  });
});
