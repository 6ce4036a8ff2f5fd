import type { StoredEvent } from '@switchboard/realtime';
import fc from 'fast-check';
import type { UnreadRow } from './read-state.repository';
import { UnreadBoards, unreadCounts } from './unread-board';

const users = ['ann', 'bob'] as const;
const channels = ['c1', 'c2', 'c3'] as const;
const platforms = { c1: 'whatsapp', c2: 'messenger', c3: 'messenger' } as const;
type User = (typeof users)[number];
type Channel = (typeof channels)[number];

/** The database: a log, and what has been sent and read. */
class Store {
  readonly log: StoredEvent[] = [];
  private readonly inbound = new Map<Channel, number>();
  private readonly read = new Map<string, number>();
  private readonly internal = new Map<User, number>();

  receive(channel: Channel): void {
    this.inbound.set(channel, (this.inbound.get(channel) ?? 0) + 1);
    this.append('message.received', [`channel:${channel}`], { message: { platform: platforms[channel] } });
  }

  markRead(userId: User): void {
    for (const [channel, count] of this.inbound) this.read.set(`${userId} ${channel}`, count);
    this.append('conversation.read', [], { userId });
  }

  /** A message of an internal conversation of both users; who wrote it has read it. */
  post(author: User): void {
    for (const user of users) this.internal.set(user, user === author ? 0 : (this.internal.get(user) ?? 0) + 1);
    const sequence = this.log.length + 1;
    const audience = users.map((user) => `user:${user}`);
    this.log.push({ sequence, type: 'message.posted', audience, data: '{}' } as unknown as StoredEvent);
  }

  rows(userId: User): UnreadRow[] {
    const of = { workspaceId: 'w', userId, head: this.log.length };
    const unread = this.internal.get(userId) ?? 0;
    if (unread === 0) return this.channelRows(userId);
    const internal: UnreadRow = { ...of, channelId: 'i1', platform: 'internal', inbound: unread, read: 0 };
    return [...this.channelRows(userId).filter(({ channelId }) => channelId !== null), internal];
  }

  private channelRows(userId: User): UnreadRow[] {
    const of = { workspaceId: 'w', userId, head: this.log.length };
    if (this.inbound.size === 0) return [{ ...of, channelId: null, platform: 'whatsapp', inbound: 0, read: 0 }];
    return [...this.inbound].map(([channelId, inbound]) => ({
      ...of,
      channelId,
      platform: platforms[channelId],
      inbound,
      read: this.read.get(`${userId} ${channelId}`) ?? 0,
    }));
  }

  private append(type: StoredEvent['type'], audience: string[], data: unknown): void {
    const sequence = this.log.length + 1;
    this.log.push({
      sequence,
      type,
      audience: ['workspace:w', ...audience],
      data: JSON.stringify(data),
    } as StoredEvent);
  }
}

describe('unread counts that are kept up by events', () => {
  it('are those of the database, once everything has passed, or are not known', () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('receive' as const), channel: fc.constantFrom(...channels) }),
      fc.record({ do: fc.constant('post' as const), user: fc.constantFrom(...users) }),
      fc.record({ do: fc.constant('read' as const), user: fc.constantFrom(...users) }),
      fc.record({ do: fc.constant('follow' as const), count: fc.integer({ min: 1, max: 4 }) }),
      fc.record({ do: fc.constant('ask' as const), user: fc.constantFrom(...users) }),
      fc.record({ do: fc.constant('answer' as const) }),
      fc.record({ do: fc.constant('miss' as const) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const store = new Store();
        const boards = new UnreadBoards();
        let followed = 0;
        let pending: { asked: ReturnType<UnreadBoards['ask']>; rows: UnreadRow[] } | undefined;
        const follow = (count: number) => {
          const events = store.log.slice(followed, followed + count);
          followed += events.length;
          if (events.length > 0) boards.follow('w', events);
        };
        for (const one of steps) {
          if (one.do === 'receive') store.receive(one.channel);
          else if (one.do === 'post') store.post(one.user);
          else if (one.do === 'read') store.markRead(one.user);
          else if (one.do === 'follow') follow(one.count);
          // The question reaches the database some time after the board was told of it: here, at once.
          else if (one.do === 'ask' && !pending) pending = { asked: boards.ask(['w']), rows: store.rows(one.user) };
          else if (one.do === 'answer' && pending) {
            boards.answer(pending.asked, pending.rows);
            pending = undefined;
          } else if (one.do === 'miss') followed = store.log.length;
        }
        if (pending) boards.answer(pending.asked, pending.rows);
        // One more message shows whether something was missed; then all has passed.
        store.receive('c1');
        follow(Number.POSITIVE_INFINITY);
        for (const user of users) {
          const counts = boards.countsOf({ workspaceId: 'w', userId: user });
          if (counts) expect(counts).toEqual(unreadCounts(store.rows(user)));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('are known after the database was asked, and until the user reads', () => {
    const store = new Store();
    const boards = new UnreadBoards();
    store.receive('c1');
    boards.answer(boards.ask(['w']), [...store.rows('ann'), ...store.rows('bob')]);
    store.receive('c2');
    expect(boards.follow('w', store.log.slice(1))).toEqual({ messages: true, readers: [] });
    expect(boards.countsOf({ workspaceId: 'w', userId: 'ann' })).toEqual({
      total: 2,
      byPlatform: { whatsapp: 1, messenger: 1 },
      byChannel: { c1: 1, c2: 1 },
    });
    store.markRead('ann');
    expect(boards.follow('w', store.log.slice(2))).toEqual({ messages: false, readers: ['ann'] });
    expect(boards.countsOf({ workspaceId: 'w', userId: 'ann' })).toBeUndefined();
    expect(boards.countsOf({ workspaceId: 'w', userId: 'bob' })).toMatchObject({ total: 2 });
  });

  it('are not known of users and workspaces that nobody is connected for', () => {
    const store = new Store();
    const boards = new UnreadBoards();
    boards.answer(boards.ask(['w']), [...store.rows('ann'), ...store.rows('bob')]);
    boards.keepOnly(() => ['bob']);
    expect([
      boards.countsOf({ workspaceId: 'w', userId: 'ann' }),
      boards.countsOf({ workspaceId: 'w', userId: 'bob' })?.total,
    ]).toEqual([undefined, 0]);
    boards.keepOnly(() => []);
    expect(boards.countsOf({ workspaceId: 'w', userId: 'bob' })).toBeUndefined();
  });

  it('are asked for in portions of so many rows, a member having one for each channel', () => {
    const boards = new UnreadBoards();
    const members = (workspaceId: string, count: number) =>
      Array.from({ length: count }, (_, n) => ({ workspaceId, userId: `u${n}` }));
    const askable = (rows: number) => {
      const chosen = boards.askable([...members('w', 50), ...members('v', 50)], rows);
      return ['w', 'v'].map((id) => chosen.filter(({ workspaceId }) => workspaceId === id).length);
    };
    // Nobody knows yet how many channels there are.
    expect(askable(1000)).toEqual([1, 1]);
    const answer = (workspaceId: string, channelCount: number) =>
      boards.answer(
        boards.ask([workspaceId]),
        Array.from({ length: channelCount }, (_, n) => ({
          ...{ workspaceId, userId: 'u0', head: 0, platform: 'messenger' as const },
          ...{ channelId: `c${n}`, inbound: 1, read: 0 },
        })),
      );
    answer('w', 200);
    expect(askable(1000)).toEqual([5, 0]);
    expect(askable(50)).toEqual([1, 0]);
    answer('v', 3);
    expect(askable(10_000 + 70)).toEqual([50, 7]);
  });
});
