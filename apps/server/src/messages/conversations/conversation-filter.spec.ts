import { formatPosition, parsePosition } from './conversation-filter';

const id = '01900000-0000-7000-8000-000000000000';

describe('the position in a list of conversations', () => {
  it('comes back as it was given out', () => {
    const lastMessageAt = new Date('2026-11-21T10:00:00.123Z');
    expect(parsePosition(formatPosition({ id, lastMessageAt }))).toEqual({ at: lastMessageAt, id });
  });

  it('may be a conversation, then it is where that stands now', () => {
    expect(parsePosition(id)).toEqual({ at: null, id });
    expect(parsePosition(undefined)).toBeUndefined();
  });

  it('is a time that a database can hold, whatever the digits', () => {
    const { at } = parsePosition(`999999999999999_${id}`)!;
    expect(at!.getTime()).toBeLessThanOrEqual(8.64e15);
  });
});
