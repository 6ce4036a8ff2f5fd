import { isLane, laneOf, lanes } from './lane';

describe('the lane of a webhook', () => {
  it('is the ordinary one for what comes all day, a batch of a thousand updates included', () => {
    expect(laneOf(Buffer.alloc(0))).toBe(lanes.ordinary);
    expect(laneOf(Buffer.alloc(415 * 1000))).toBe(lanes.ordinary);
  });

  it('is that of bulk work for an import, so that nobody waits behind it', () => {
    expect(laneOf(Buffer.alloc(3 * 1024 * 1024))).toBe(lanes.bulk);
  });

  it('is that of bulk work for imported history of any size, and never for a customer who writes its name', () => {
    const bodyOf = (field: string, text: string) =>
      Buffer.from(JSON.stringify({ entry: [{ changes: [{ value: { text }, field }] }] }));
    expect(laneOf(bodyOf('history', ''))).toBe(lanes.bulk);
    expect(laneOf(bodyOf('messages', '"field":"history"'))).toBe(lanes.ordinary);
  });

  it.each([-1, 2, 0.5, Number.NaN, '0', null, undefined])('is not %p', (value) => {
    expect(isLane(value)).toBe(false);
  });
});
