import { RateSearch } from './rate-search';

function tried(capacity: number, start: number, refinements: number) {
  const search = new RateSearch(start, refinements);
  const rates: number[] = [];
  while (search.next !== undefined) {
    const rate = search.next;
    rates.push(rate);
    search.report(rate, rate <= capacity);
  }
  return { rates, sustained: search.sustained };
}

describe('RateSearch', () => {
  it('climbs until a rate is not sustained, then closes in on the highest that is', () => {
    expect(tried(1700, 1000, 2)).toEqual({ rates: [1000, 1250, 1563, 1954, 1759, 1661], sustained: 1661 });
  });

  it('takes the last good step when nothing is refined', () => {
    expect(tried(1700, 1000, 0)).toEqual({ rates: [1000, 1250, 1563, 1954], sustained: 1563 });
  });

  it('climbs down where the first rate is too much', () => {
    expect(tried(700, 1000, 1)).toEqual({ rates: [1000, 800, 640, 720], sustained: 640 });
  });

  it('gives up where nothing is sustained', () => {
    const { rates, sustained } = tried(0, 400, 2);
    expect(rates.at(-1)).toBeLessThanOrEqual(200);
    expect(sustained).toBe(0);
  });
});
