import { Departures } from './departures';

/** Lets messages go that are wanted at these moments, in order, as soon as they may. */
function left(most: number, wanted: readonly number[]): number[] {
  const departures = new Departures(most);
  return wanted.map((at) => {
    const wait = departures.wait(at, 15);
    if (wait === 0) return at;
    expect(departures.wait(at + wait, 15)).toBe(0);
    return at + wait;
  });
}

const mostInASecond = (times: readonly number[]) =>
  Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 1000).length));

describe('messages that leave a channel', () => {
  it('are never more than allowed within a second, though some leave late and together', () => {
    const slots = Array.from({ length: 400 }, (_, n) => n * 12.7);
    // The process stands still for 120 ms each second.
    const late = slots.map((at) => (at % 1000 < 120 ? at - (at % 1000) + 120 : at));
    expect(mostInASecond(left(80, late))).toBeLessThanOrEqual(80);
    expect(
      mostInASecond(
        left(
          80,
          slots.map(() => 5000),
        ),
      ),
    ).toBeLessThanOrEqual(80);
  });

  it('are held back by nothing while they leave at their slots, and make up for what was late', () => {
    const slots = Array.from({ length: 400 }, (_, n) => n * 12.7);
    expect(left(80, slots)).toEqual(slots);
    const late = slots.map((at) => (at > 500 && at < 620 ? 620 : at));
    expect(left(80, late).at(-1)).toBe(slots.at(-1));
  });
});
