import type { RoomName } from '@switchboard/contracts';
import fc from 'fast-check';
import { Page } from './event-pages';
import { defaultLimits } from './limits';
import type { Session, StoredEvent } from './ports';
import { eventOf, OpenVerifier } from './ports.fixture';
import { roomsOf, type Subscription, subscriptionOf, visible } from './subscription';
import { type Group, type Member, SubscriptionGroups } from './subscription-groups';

const types = ['message.received', 'message.read'] as const;
const offer = { namespace: '/messages', types, fields: true, limits: defaultLimits.subscriptions };
const ids = ['a', 'b', 'c'];

const subscription: fc.Arbitrary<Subscription> = fc
  .record({
    subscribe: fc.constantFrom('all', 'none'),
    types: fc.uniqueArray(fc.constantFrom(...types), { maxLength: 1 }),
    fields: fc.uniqueArray(fc.constantFrom('comments', 'mentions'), { maxLength: 1 }),
    rooms: fc.uniqueArray(
      fc.record({ kind: fc.constantFrom('conversation', 'contact'), id: fc.constantFrom(...ids) }),
      {
        maxLength: 3,
        selector: ({ kind, id }) => kind + id,
      },
    ),
  })
  .map((auth) => subscriptionOf(auth, offer));

const session: fc.Arbitrary<Session> = fc
  .record({
    userId: fc.constantFrom('u1', 'u2', 'u3'),
    workspaceId: fc.constantFrom('w1', 'w2'),
    role: fc.constantFrom('agent' as const, 'owner' as const),
    channelIds: fc.constantFrom(undefined, [], ['k1'], ['k1', 'k2']),
  })
  .map((given) => JSON.parse(OpenVerifier.token(given)) as Session);

const everyRoom: RoomName[] = [
  'workspace:w1',
  'workspace:w2',
  'admins:w1',
  'admins:w2',
  'user:u1',
  'user:u2',
  'conversation:a',
  'contact:c',
  'channel:k1',
  'channel:k2',
];
const room = fc.constantFrom(...everyRoom);
const event = fc
  .record({
    workspaceId: fc.constantFrom('w1', 'w2'),
    type: fc.constantFrom(...types),
    field: fc.constantFrom(null, 'comments', 'mentions'),
    audience: fc.array(room, { minLength: 1, maxLength: 4 }),
  })
  .map((given) => ({ ...given, sequence: 0 }));

class Listener implements Member {
  group: Group | undefined = undefined;
  constructor(
    readonly session: Session,
    readonly subscription: Subscription,
  ) {}
}
const listener = fc.tuple(session, subscription).map(([who, what]) => new Listener(who, what));

const timesReached = (groups: SubscriptionGroups<Listener>, who: Listener, what: StoredEvent) => {
  const targets = groups.targets(what);
  return [...targets.groups, ...targets.members].filter((each) => each === who.group || each === who).length;
};

describe('what a socket gets', () => {
  it('is the same live, by the index of groups, as in a replay, by the index of pages', () => {
    fc.assert(
      fc.property(fc.array(listener, { maxLength: 12 }), fc.array(event, { maxLength: 12 }), (listeners, given) => {
        const groups = new SubscriptionGroups<Listener>();
        for (const each of listeners) {
          groups.enter(each);
          groups.join(each, 0, 0);
        }
        for (const workspaceId of ['w1', 'w2']) {
          const page = new Page(1);
          const events = given
            .filter((each) => each.workspaceId === workspaceId)
            .map((each, at) => eventOf({ ...each, sequence: at + 1 }));
          for (const each of events) page.push(each);
          for (const each of listeners.filter(({ session }) => session.workspaceId === workspaceId)) {
            const due = events.filter((one) => visible(one, each.subscription, each.session));
            const live = events.filter((one) => timesReached(groups, each, one) === 1);
            const replayed = page
              .select(roomsOf(each.subscription, each.session), 1)
              .map((at) => page.events[at]!)
              .filter((one) => visible(one, each.subscription, each.session));
            expect(live).toEqual(due);
            expect(replayed).toEqual(due);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is nothing of channels that the session is not for', () => {
    const who = { ...(JSON.parse(OpenVerifier.token()) as Session), channelIds: ['k1'] };
    const all = subscriptionOf({}, offer);
    const of = (...audience: RoomName[]) => eventOf({ workspaceId: 'w1', sequence: 1, audience });
    expect(visible(of('workspace:w1', 'channel:k1'), all, who)).toBe(true);
    expect(visible(of('workspace:w1'), all, who)).toBe(true);
    expect(visible(of('workspace:w1', 'channel:k2', 'contact:c'), all, who)).toBe(false);
    expect(visible(of('user:user1', 'channel:k2'), all, who)).toBe(false);
    const room = subscriptionOf({ rooms: [{ kind: 'contact', id: 'c' }] }, offer);
    expect(visible(of('channel:k2', 'contact:c'), room, who)).toBe(false);
    expect(visible(of('channel:k2', 'contact:c'), room, { ...who, channelIds: undefined })).toBe(true);
    expect(visible(of('workspace:w1', 'channel:k1'), all, { ...who, channelIds: [] })).toBe(false);
  });

  it('is decided for single users by the user alone', () => {
    const who = JSON.parse(OpenVerifier.token()) as Session;
    const narrow = subscriptionOf({ rooms: [{ kind: 'contact', id: 'a' }] }, offer);
    const own = eventOf({ workspaceId: 'w1', sequence: 1, audience: ['user:user1', 'workspace:w1'] });
    expect(visible(own, narrow, who)).toBe(true);
    expect(visible(own, subscriptionOf({}, offer), { ...who, userId: 'user2' })).toBe(false);
    expect(visible(own, subscriptionOf({ types: ['message.read'] }, offer), who)).toBe(false);
    expect(visible({ ...own, workspaceId: 'w2' }, narrow, who)).toBe(false);
  });

  it.each([
    ['viewer', false],
    ['agent', false],
    ['admin', true],
    ['owner', true],
  ] as const)('is, where it is for admins, seen by a session of the role %s: %s', (role, seen) => {
    const who = new Listener(JSON.parse(OpenVerifier.token({ role })) as Session, subscriptionOf({}, offer));
    const event = eventOf({ workspaceId: 'w1', sequence: 1, audience: ['admins:w1'] });
    expect(visible(event, who.subscription, who.session)).toBe(seen);
    const groups = new SubscriptionGroups<Listener>();
    groups.enter(who);
    groups.join(who, 0, 0);
    expect(timesReached(groups, who, event)).toBe(seen ? 1 : 0);
    const elsewhere = eventOf({ workspaceId: 'w1', sequence: 1, audience: ['admins:w2'] });
    expect(visible(elsewhere, who.subscription, who.session)).toBe(false);
  });
});

describe('the index', () => {
  it('counts those who are left as if the others had never come', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(listener, fc.boolean()), { maxLength: 10 }), (listeners) => {
        const groups = new SubscriptionGroups<Listener>();
        const fresh = new SubscriptionGroups<Listener>();
        for (const [each] of listeners) {
          groups.enter(each);
          groups.join(each, 0, 0);
        }
        for (const [each, stays] of listeners) if (!stays) groups.leave(each);
        for (const [{ session, subscription }, stays] of listeners) {
          if (!stays) continue;
          const same = new Listener(session, subscription);
          fresh.enter(same);
          fresh.join(same, 0, 0);
        }
        expect(groups.counts()).toEqual(fresh.counts());
      }),
    );
  });

  it('knows the users who are told of what is addressed to them', () => {
    fc.assert(
      fc.property(fc.array(listener, { maxLength: 8 }), fc.constantFrom(...types), (listeners, type) => {
        const groups = new SubscriptionGroups<Listener>();
        for (const each of listeners) groups.enter(each);
        for (const workspaceId of ['w1', 'w2']) {
          const told = listeners.filter(({ session, subscription }) =>
            visible({ workspaceId, type, field: null, audience: [`user:${session.userId}`] }, subscription, session),
          );
          const expected = new Set(told.map(({ session: { userId } }) => userId));
          expect(groups.users(workspaceId, type).sort()).toEqual([...expected].sort());
        }
      }),
    );
  });

  it('forgets groups and users that have gone', () => {
    fc.assert(
      fc.property(fc.array(listener, { maxLength: 10 }), (listeners) => {
        const groups = new SubscriptionGroups<Listener>();
        for (const each of listeners) {
          groups.enter(each);
          groups.join(each, 0, 0);
        }
        expect([...groups.groups()].reduce((sum, { size }) => sum + size, 0)).toBe(listeners.length);
        for (const each of listeners) groups.leave(each);
        expect(groups.counts()).toEqual({ subscriptions: 0, rooms: 0, users: 0 });
        expect([...groups.groups()]).toEqual([]);
      }),
    );
  });
});
