import type { LoggedEvent, Told } from '../support/oracle';
import { Timeline } from './timeline';
import { everything, handshakeOf, nothing, sayable, subscribed, unsubscribed, type Wish, wants } from './wish';

const viewpoint = { workspaceId: 'w', userId: 'u', leads: false };
const event = (sequence: number, more: Partial<LoggedEvent> = {}): LoggedEvent => ({
  sequence,
  id: `event-${sequence}`,
  type: sequence % 2 ? 'label.created' : 'label.updated',
  field: null,
  audience: ['workspace:w'],
  itemId: null,
  messageId: null,
  ...more,
});
const first = (complaints: string[]) => complaints.slice(0, -1);
const log = [1, 2, 3, 4, 5, 6, 7, 8].map((sequence) => event(sequence));
const told = (...sequences: number[]) => sequences.map((sequence) => log[sequence - 1]!);
const odd: Wish = { types: ['label.created'] };

function timeline(after: number, wish: Wish | undefined, ...heard: Told[]): Timeline {
  const made = new Timeline('/messages', viewpoint);
  made.begins(after, wish);
  for (const each of heard) made.hears(each);
  return made;
}

describe('the account of a client', () => {
  it('is content with all that it wished for from its beginning on, and with nothing else', () => {
    expect(timeline(2, everything, ...told(3, 4, 5, 6, 7, 8)).judge(log, 8)).toEqual([]);
    expect(timeline(2, odd, ...told(3, 5, 7)).judge(log, 8)).toEqual([]);
    expect(timeline(2, nothing).judge(log, 8)).toEqual([]);
    const elsewhere = event(9, { type: 'contact.created' });
    expect(timeline(7, everything, ...told(8)).judge([...log, elsewhere], 9)).toEqual([]);
    expect(timeline(2, odd, ...told(3, 7)).judge(log, 8)).toEqual([
      '5 label.created never came',
      'where it wished, after 2 {"types":["label.created"]}',
    ]);
    expect(first(timeline(2, odd, ...told(3, 5, 6, 7)).judge(log, 8))).toHaveLength(1);
    expect(first(timeline(2, odd, ...told(3, 5, 5, 7)).judge(log, 8))).toEqual(['5 label.created came twice']);
    expect(first(timeline(2, nothing, ...told(3)).judge(log, 8))).toHaveLength(1);
  });

  it('lets a change take effect once, anywhere within its bounds', () => {
    const changed = (...sequences: number[]) => {
      const made = timeline(0, everything, ...told(...sequences));
      made.changes(odd, 3, 6);
      return first(made.judge(log, 8));
    };
    expect(changed(1, 2, 3, 4, 5, 6, 7)).toEqual([]);
    expect(changed(1, 2, 3, 4, 5, 7)).toEqual([]);
    expect(changed(1, 2, 3, 5, 7)).toEqual([]);
    expect(changed(1, 2, 3, 5, 6, 7)).not.toEqual([]);
    expect(changed(1, 3, 5, 7)).toEqual(['2 label.updated never came']);
    expect(changed(1, 2, 3, 4, 5, 6, 7, 8)).toHaveLength(1);
  });

  it('wants again what a client asked for again, and loses nothing between', () => {
    const again = (after: number, before: Told[], since: Told[], answered = true) => {
      const made = timeline(0, everything, ...before);
      const { mark } = made;
      for (const each of since) made.hears(each);
      made.asksAgain(after, mark, answered);
      return first(made.judge(log, 8));
    };
    expect(again(2, told(1, 2, 3, 4), told(3, 4, 5, 6, 7, 8))).toEqual([]);
    expect(again(2, told(1, 2, 3, 4), told(5, 3, 4, 5, 6, 7, 8))).toEqual([]);
    expect(again(4, told(1, 2, 3, 4), told(5, 6, 7, 8))).toEqual([]);
    expect(again(2, told(1, 2, 3, 4), told(4, 5, 6, 7, 8))).toEqual(['3 label.created never came']);
    expect(again(2, told(1, 2, 3, 4), told(5, 6, 7, 8))).not.toEqual([]);
    expect(again(2, told(1, 2, 4), told(3, 4, 5, 6, 7, 8))).toEqual(['3 label.created never came']);
    expect(again(2, told(1, 2, 3, 4), told(5, 6, 7, 8), false)).toEqual([]);
    expect(again(2, told(1, 2, 3, 4), told(3, 5, 6, 7, 8), false)).toEqual(['4 label.updated never came']);
    expect(again(2, told(1, 2, 3, 4), told(6, 3, 4, 5, 6, 7, 8))).toEqual(['5 label.created never came']);
  });
});

describe('a wish', () => {
  const sees = (wish: Wish | undefined, audience: string[], who = viewpoint) =>
    wants(wish, who, event(1, { audience, field: 'comments' }));

  it('is for the rooms it names, or for those of the workspace, and for what is for its user alone', () => {
    expect(sees(everything, ['workspace:w', 'channel:c'])).toBe(true);
    expect(sees(everything, ['channel:c'])).toBe(false);
    expect(sees(everything, ['admins:w'])).toBe(false);
    expect(sees(everything, ['admins:w'], { ...viewpoint, leads: true })).toBe(true);
    expect(sees({ rooms: ['channel:c'] }, ['workspace:w', 'channel:c'])).toBe(true);
    expect(sees({ rooms: ['channel:c'] }, ['workspace:w'])).toBe(false);
    expect(sees({ rooms: ['channel:c'] }, ['user:u'])).toBe(true);
    expect(sees(everything, ['workspace:w', 'user:other'])).toBe(false);
    expect(sees({ fields: ['messages'] }, ['user:u'])).toBe(false);
  });

  it('grows and shrinks as the protocol says', () => {
    const room = { kind: 'channel', id: 'c' } as const;
    expect(subscribed(everything, { types: ['label.created'] })).toEqual(odd);
    expect(subscribed(nothing, { rooms: [room] })).toEqual({ rooms: ['channel:c'] });
    expect(subscribed(odd, { all: true })).toBe(everything);
    expect(unsubscribed(odd, { types: ['label.created'] }, '/messages')).toBe(nothing);
    expect(unsubscribed(odd, { rooms: [room] }, '/messages')).toBe('refused');
    const both = { ...odd, rooms: ['channel:c'] };
    expect(unsubscribed(both, { rooms: [room] }, '/messages')).toEqual({ ...odd, rooms: [] });
    expect(sayable({ ...odd, rooms: [] })).toBe(nothing);
    const left = unsubscribed(everything, { types: ['label.created'] }, '/messages') as Wish;
    expect(left.types).toContain('label.updated');
    expect(left.types).not.toContain('label.created');
    expect(handshakeOf(both)).toEqual({ types: ['label.created'], rooms: [room] });
    expect(handshakeOf(nothing)).toEqual({ subscribe: 'none' });
  });
});
