import { backoff } from './courier';

describe('backoff', () => {
  it('doubles from the base to the cap', () => {
    const waits = [2, 3, 4, 5, 6].map((attempt) => backoff(attempt, { retryBaseMs: 100, retryCapMs: 500 }));

    expect(waits).toEqual([100, 200, 400, 500, 500]);
  });

  it('starts at half a second and never waits longer than 30 s unless told otherwise', () => {
    expect(backoff(2, {})).toBe(500);
    expect(backoff(40, {})).toBe(30_000);
  });
});
