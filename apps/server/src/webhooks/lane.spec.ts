import { laneCount, laneOf } from './lane';

const body = (id: string, rest = '') => Buffer.from(`{"object":"page","entry":[{"id":"${id}","time":1${rest}}]}`);

describe('the lane of a webhook', () => {
  it('is the same for every webhook of one account, so that they stand behind each other', () => {
    expect(laneOf(body('1029384756'))).toBe(laneOf(body('1029384756', ',"messaging":[{"sender":{"id":"7"}}]')));
  });

  it('does not depend on white space or on ids before the entry', () => {
    const spaced = Buffer.from('{ "id": "9", "object": "page", "entry" : [ { "time": 1, "id" : "1029384756" } ] }');
    expect(laneOf(spaced)).toBe(laneOf(body('1029384756')));
  });

  it('spreads accounts over all lanes', () => {
    const lanes = new Set(Array.from({ length: 200 }, (_, i) => laneOf(body(String(1_029_384_000 + i)))));
    expect(lanes.size).toBe(laneCount);
  });

  it.each(['', '{', '"id"', '{"entry":[{"id":', '{"entry":[{"id":"12', '\u0000\u0001', '{"entry":[{"id":12}]}'])(
    'is a lane whatever the bytes are: %j',
    (text) => {
      const lane = laneOf(Buffer.from(text));
      expect(Number.isInteger(lane) && lane >= 0 && lane < laneCount).toBe(true);
    },
  );
});
