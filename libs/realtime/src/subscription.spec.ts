import fc from 'fast-check';
import { eventOf } from './ports.fixture';
import { ProtocolError } from './protocol-error';
import {
  ALL,
  covers,
  NOTHING,
  type Subscription,
  subscribed,
  subscriptionOf,
  unsubscribed,
  viewOf,
  visible,
} from './subscription';

const types = ['message.received', 'message.read', 'conversation.updated'];
const limits = { types: 100, fields: 100, rooms: 200 };
const offer = { namespace: '/messages', types, fields: true, limits };
const a = { kind: 'conversation', id: 'a' } as const;
const b = { kind: 'contact', id: 'b' } as const;
const fieldOf = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error instanceof ProtocolError && error.code === 'invalid'
      ? (error.details as { field: string }).field
      : error;
  }
  return 'nothing was wrong';
};

describe('a handshake', () => {
  it('asks for everything unless it says otherwise', () => {
    expect(subscriptionOf(undefined, offer)).toBe(ALL);
    expect(subscriptionOf({ token: 'x', cursor: 'y' }, offer)).toBe(ALL);
    expect(subscriptionOf({ subscribe: 'all', types: [], rooms: [] }, offer)).toBe(ALL);
    expect(subscriptionOf({ subscribe: 'none' }, offer)).toBe(NOTHING);
  });

  it('names types, fields in either spelling, and rooms', () => {
    const auth = { types: ['message.read'], fields: ['messaging_postbacks'], rooms: [a, { kind: 'contact', id: 'B' }] };
    expect(viewOf(subscriptionOf(auth, offer))).toEqual({
      all: false,
      types: ['message.read'],
      fields: ['message_postbacks'],
      rooms: [b, a],
      narrowedBy: ['types', 'fields', 'rooms'],
    });
  });

  it.each([
    ['subscribe', { subscribe: 'some' }],
    ['types', { types: ['no.such'] }],
    ['types', { types: 'message.read' }],
    ['types', { types: [{}] }],
    ['types', { types: ['constructor'] }],
    ['types', { types: Array(101).fill('message.read') }],
    ['fields', { fields: ['a b'] }],
    ['fields', { fields: [7] }],
    ['rooms', { rooms: [null] }],
    ['rooms', { rooms: ['conversation:a'] }],
    ['rooms', { rooms: [{ kind: 'user', id: 'a' }] }],
    ['rooms', { rooms: [{ kind: 'workspace', id: 'a' }] }],
    ['rooms', { rooms: [{ kind: 'admins', id: 'a' }] }],
    ['rooms', { rooms: [{ kind: 'contact', id: 'a:b' }] }],
    ['rooms', { rooms: Array.from({ length: 201 }, (_, id) => ({ kind: 'contact', id: String(id) })) }],
    ['curser', { token: 'x', curser: 'y' }],
    ['all', { all: true }],
    ['__proto__', JSON.parse('{"__proto__":1}')],
    ['auth', 'text'],
    ['auth', [1]],
    ['auth', Buffer.from('x')],
  ])('is invalid, and says that it is %s', (field, auth) => {
    expect(fieldOf(() => subscriptionOf(auth, offer))).toBe(field);
  });
});

describe('an empty list', () => {
  const room = { kind: 'conversation', id: 'a' };

  it('counts as not given: a client that always sends all three is not left with nothing', () => {
    const narrowed = subscribed(ALL, { types: [], fields: [], rooms: [room] }, offer);
    expect(viewOf(narrowed)).toMatchObject({ rooms: [room], narrowedBy: ['rooms'] });
    expect(unsubscribed(narrowed, { types: ['message.read'], fields: [], rooms: [] }, offer).rooms).toEqual(
      narrowed.rooms,
    );
    expect(fieldOf(() => subscribed(ALL, { types: [], fields: [], rooms: [] }, offer))).toBe('types');
  });
});

describe('what is wrong', () => {
  const messageOf = (auth: unknown, at = offer) => {
    try {
      subscriptionOf(auth, at);
    } catch (error) {
      return (error as Error).message;
    }
    return undefined;
  };

  it('is said with the entry and what there is instead', () => {
    expect(messageOf({ types: ['message.read', 'message.raed'] })).toBe(
      'types: "message.raed" is no event of /messages, which has message.received, message.read, conversation.updated.',
    );
    expect(messageOf({ types: ['x'.repeat(1000)] })?.length).toBeLessThan(300);
    expect(messageOf({ rooms: ['a'] })).toBe(
      'rooms are { kind, id } with kind one of channel, conversation, contact, campaign, flow; "a" is none.',
    );
    expect(messageOf({ curser: 1 })).toBe(
      'curser is not known here; there are token, cursor, subscribe, types, fields, rooms.',
    );
  });

  it('is a field where events have none: it would let nothing through', () => {
    const fieldless = { ...offer, fields: false };
    expect(messageOf({ fields: ['comments'] }, fieldless)).toContain('/webhooks');
    expect(fieldOf(() => subscribed(ALL, { fields: ['comments'] }, fieldless))).toBe('fields');
    expect(subscriptionOf({ fields: [] }, fieldless)).toBe(ALL);
  });

  it.each([
    ['types', { all: true, types: ['message.read'] }],
    ['rooms', { all: true, rooms: [] }],
    ['all', { all: 'yes' }],
    ['type', { type: 'message.read' }],
    ['token', { token: 'x', types: ['message.read'] }],
  ])('is %s in a request for %j', (field, request) => {
    expect(fieldOf(() => subscribed(ALL, request, offer))).toBe(field);
    expect(fieldOf(() => unsubscribed(ALL, request, offer))).toBe(field);
  });
});

describe('changing a subscription', () => {
  it('adds and takes away, and leaves nothing when the last entry is gone', () => {
    let subscription = subscribed(NOTHING, { rooms: [a] }, offer);
    subscription = subscribed(subscription, { rooms: [b], types: ['message.read'] }, offer);
    expect(viewOf(subscription)).toMatchObject({ all: false, types: ['message.read'], rooms: [b, a] });
    subscription = unsubscribed(subscription, { rooms: [a, b] }, offer);
    expect(viewOf(subscription)).toMatchObject({ rooms: [], types: ['message.read'], narrowedBy: ['types', 'rooms'] });
    const event = eventOf({ workspaceId: 'w', sequence: 1, type: 'message.read' });
    expect(visible(event, subscription, { workspaceId: 'w', userId: 'u', role: 'owner' })).toBe(false);
    expect(unsubscribed(subscription, { types: ['message.read'] }, offer)).toBe(NOTHING);
    expect(subscribed(subscription, { all: true }, offer)).toBe(ALL);
    expect(unsubscribed(ALL, { all: true }, offer)).toBe(NOTHING);
  });

  it('takes types from everything, but no rooms or fields, of which it names none', () => {
    expect(viewOf(unsubscribed(ALL, { types: ['message.read'] }, offer)).types).toEqual([
      'conversation.updated',
      'message.received',
    ]);
    expect(fieldOf(() => unsubscribed(ALL, { rooms: [a] }, offer))).toBe('rooms');
    expect(fieldOf(() => unsubscribed(ALL, { fields: ['comments'] }, offer))).toBe('fields');
  });

  it('needs something to add or take, and stays within limits', () => {
    expect(fieldOf(() => subscribed(ALL, {}, offer))).toBe('types');
    expect(fieldOf(() => subscribed(ALL, undefined, offer))).toBe('types');
    const full = subscribed(NOTHING, { rooms: Array.from({ length: 200 }, (_, id) => ({ ...a, id: `${id}` })) }, offer);
    expect(fieldOf(() => subscribed(full, { rooms: [a] }, offer))).toBe('rooms');
  });

  it('never widens by unsubscribing, and tells widening from narrowing', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 6 }), (changes) => {
        let current: Subscription = ALL;
        for (const { verb, request } of changes) {
          const before = current;
          try {
            current = (verb === 'subscribe' ? subscribed : unsubscribed)(current, request, offer);
          } catch (error) {
            expect(error).toBeInstanceOf(ProtocolError);
            continue;
          }
          if (verb === 'unsubscribe') expect(covers(before, current)).toBe(true);
          if (!covers(before, current)) continue;
          for (const event of everyEvent) {
            if (visible(event, current, me)) expect(visible(event, before, me)).toBe(true);
          }
        }
      }),
    );
  });
});

const me = { workspaceId: 'w', userId: 'u', role: 'admin' } as const;
const request = fc.record(
  {
    types: fc.uniqueArray(fc.constantFrom(...types), { maxLength: 2 }),
    fields: fc.uniqueArray(fc.constantFrom('comments', 'mentions'), { maxLength: 2 }),
    rooms: fc.uniqueArray(fc.constantFrom(a, b), { maxLength: 2 }),
  },
  { requiredKeys: [] },
);
const change = fc.record({ verb: fc.constantFrom('subscribe', 'unsubscribe'), request });
const everyEvent = types.flatMap((type) =>
  [null, 'comments', 'mentions'].flatMap((field) =>
    [
      ['workspace:w'],
      ['workspace:w', 'conversation:a'],
      ['workspace:w', 'contact:b'],
      ['user:u'],
      ['admins:w'],
      ['workspace:w', 'user:x'],
    ].map((audience) =>
      eventOf({ workspaceId: 'w', sequence: 1, type, field, audience } as Parameters<typeof eventOf>[0]),
    ),
  ),
);
