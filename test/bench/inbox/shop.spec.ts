import { idOf, Shop, sizes } from './shop';

describe('a seeded workspace', () => {
  const shop = new Shop(sizes.small, 1, Date.parse('2026-11-21T18:00:00Z'));

  it('gives ids that tell workspace, kind and number, and sort by time', () => {
    expect(idOf(19, 255, 0x1234_5678_9abc)).toBe('12345678-9abc-7000-8013-0000000000ff');
    const ids = [0, 1, 2, 9_999].map((message) => shop.id('message', message));
    expect(ids.toSorted()).toEqual(ids);
    expect(shop.id('message', 7)).not.toBe(new Shop(sizes.small, 0, shop.now).id('message', 7));
  });

  it('has its last message now, and every conversation one in each pass', () => {
    expect(shop.sentAt(sizes.small.messages - 1)).toBe(shop.now);
    const pass = Array.from({ length: sizes.small.contacts }, (_, message) => shop.conversationOf(message));
    expect(new Set(pass).size).toBe(sizes.small.contacts);
  });
});
