import { atPace, backOff, freeSlots, paceOf, rateKindOf, rateOf } from './send-rate';

/** Sends as fast as slots allow, with claims at the given moments. */
function sent(perSecond: number, burst: number, claims: { at: number; most: number }[]): number[] {
  const all: number[] = [];
  let next = 0;
  for (const { at, most } of claims) {
    const slots = freeSlots({ perSecond, burst }, next, at, 100, most);
    all.push(...slots.at);
    next = slots.next;
  }
  return all;
}

function mostInASecond(times: number[]): number {
  return Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 1000).length));
}

describe('the slots of a channel', () => {
  it('never let more than the limit into any second, however claims fall', () => {
    const { perSecond, burst } = rateOf('whatsapp', 'message');
    const steady = Array.from({ length: 200 }, (_, n) => ({ at: 1000 + n * 37, most: 50 }));
    const ragged = Array.from({ length: 200 }, (_, n) => ({
      at: 1000 + n * 90 + ((n * 7919) % 61),
      most: 1 + (n % 40),
    }));
    for (const claims of [steady, ragged])
      expect(mostInASecond(sent(perSecond, burst, claims))).toBeLessThanOrEqual(80);
  });

  it.each([20, 1000])('go by what Meta takes from the number: %i a second', (most) => {
    const { perSecond, burst } = rateOf('whatsapp', 'message', most);
    const claims = Array.from({ length: 400 }, (_, n) => ({ at: 1000 + n * 25, most: 100 }));
    const times = sent(perSecond, burst, claims);
    expect(mostInASecond(times)).toBeLessThanOrEqual(most);
    expect(times.length).toBeGreaterThanOrEqual(Math.floor(perSecond * 10));
  });

  it('use the rate whole where there is enough to send', () => {
    const { perSecond, burst } = rateOf('whatsapp', 'message');
    const claims = Array.from({ length: 400 }, (_, n) => ({ at: 1000 + n * 25, most: 100 }));
    expect(sent(perSecond, burst, claims).length).toBeGreaterThanOrEqual(Math.floor(perSecond * 10));
  });

  it('are not saved up during a pause', () => {
    expect(sent(80, 1, [{ at: 100_000, most: 1000 }]).length).toBeLessThanOrEqual(9);
  });

  it('let a burst out at once where the limit is by the hour', () => {
    const slots = freeSlots(rateOf('messenger', 'private_reply'), 0, 1e9, 100, 1000);
    expect(slots.at).toHaveLength(50);
    expect(new Set(slots.at)).toEqual(new Set([1e9]));
    expect(freeSlots(rateOf('messenger', 'private_reply'), slots.next, 1e9 + 1000, 100, 1000).at).toEqual([]);
  });

  it('give no more than asked for', () => {
    const slots = freeSlots({ perSecond: 1000, burst: 1 }, 0, 5000, 100, 3);
    expect(slots).toEqual({ at: [5000, 5001, 5002], next: 5003 });
  });
});

describe('what a message counts against', () => {
  it.each([
    ['whatsapp', 'video', 'message'],
    ['messenger', 'video', 'media'],
    ['messenger', 'image', 'message'],
    ['instagram', 'audio', 'media'],
    ['instagram', 'private_reply', 'private_reply'],
    ['messenger', 'text', 'message'],
  ] as const)('%s %s: %s', (platform, type, kind) => {
    expect(rateKindOf(platform, type)).toBe(kind);
  });
});

describe('the pace of a channel that Meta throttles', () => {
  it('is whole until it is throttled, and doubles with each minute without', () => {
    expect(paceOf(1, null, 0)).toBe(1);
    expect(paceOf(1, 5000, 6000)).toBe(1);
    const minutes = [-0.5, 0, 0.9, 1, 2, 3, 600];
    expect(minutes.map((after) => paceOf(0.25, 1e9, 1e9 + after * 60_000))).toEqual([0.25, 0.25, 0.25, 0.5, 1, 1, 1]);
  });

  it('slows what leaves, and keeps nothing for a burst', () => {
    expect(atPace({ perSecond: 80, burst: 50 }, 0.25)).toEqual({ perSecond: 20, burst: 1 });
    expect(atPace({ perSecond: 80, burst: 50 }, 1)).toEqual({ perSecond: 80, burst: 50 });
    const coexistence = atPace(rateOf('whatsapp', 'message'), 0.25);
    const claims = Array.from({ length: 100 }, (_, n) => ({ at: 1000 + n * 50, most: 50 }));
    expect(mostInASecond(sent(coexistence.perSecond, coexistence.burst, claims))).toBeLessThanOrEqual(20);
  });
});

it('backs off twice as long each time, up to a limit', () => {
  expect([0, 1, 2, 3, 100].map((times) => backOff(times, 1000, 60_000))).toEqual([1000, 2000, 4000, 8000, 60_000]);
});
