import { isLane, laneOf, lanes } from './lane';

describe('the lane of a webhook', () => {
  it('is the ordinary one for what comes all day, a batch of a thousand updates included', () => {
    expect(laneOf(Buffer.alloc(0))).toBe(lanes.ordinary);
    expect(laneOf(Buffer.alloc(415 * 1000))).toBe(lanes.ordinary);
  });

  it('is that of bulk work for an import, so that nobody waits behind it', () => {
    expect(laneOf(Buffer.alloc(3 * 1024 * 1024))).toBe(lanes.bulk);
  });

  it.each([-1, 2, 0.5, Number.NaN, '0', null, undefined])('is not %p', (value) => {
    expect(isLane(value)).toBe(false);
  });
});
