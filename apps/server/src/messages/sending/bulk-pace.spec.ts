import { lowered, paceAt, regained } from './bulk-pace';

const at = (seconds: number) => new Date(1_800_000_000_000 + seconds * 1000);

describe('the pace of campaigns on a channel', () => {
  it('is whole until something speaks against it', () => {
    expect(regained(undefined, at(0))).toBe(1);
    expect([undefined, 'GREEN', 'UNKNOWN'].map(paceAt)).toEqual([1, 1, 1]);
  });

  it('is halved by a refusal, once for all that come at the same moment', () => {
    expect(lowered(undefined, at(0))).toBe(0.5);
    const half = { pace: 0.5, since: at(0) };
    expect([lowered(half, at(9)), lowered(half, at(11))]).toEqual([undefined, 0.25]);
    expect(lowered({ pace: 0.02, since: at(0) }, at(60))).toBe(0.02);
  });

  it('doubles with every five minutes without one', () => {
    const quarter = { pace: 0.25, since: at(0) };
    expect([0, 299, 300, 600, 900, 1e6].map((after) => regained(quarter, at(after)))).toEqual([
      0.25, 0.25, 0.5, 1, 1, 1,
    ]);
    expect(regained(quarter, at(-60))).toBe(0.25);
  });

  it('is what Meta’s rating of the number allows, and less the worse it is', () => {
    expect(paceAt('YELLOW')).toBe(0.5);
    expect(paceAt('RED')).toBe(0.25);
  });
});
