import { rooms } from '@switchboard/contracts';
import type { Connection } from './connection';
import { InMemoryTalk } from './ports.fixture';
import { Presence } from './presence';

const times = { refreshMs: 20_000, ttlMs: 60_000, lingerMs: 5000 };
let talk: LossyTalk;
let now: number;

/** As the bus between processes: everybody hears everything, unless it is lost. */
class LossyTalk extends InMemoryTalk {
  loses = false;

  override say(topic: string, message: object): void {
    if (!this.loses) super.say(topic, message);
  }
}

beforeEach(() => {
  jest.useFakeTimers({ now: 0 });
  talk = new LossyTalk();
  now = 0;
});

afterEach(() => jest.useRealTimers());

/** A process, and what its sockets were told. */
function process() {
  const presence = new Presence(talk, { presence: times });
  const told: string[] = [];
  presence.onChange({
    presence: (workspaceId, userId, status) => told.push(`${workspaceId} ${userId} ${status}`),
    viewing: (_workspaceId, conversationId, { userIds, audience }) =>
      told.push(`${conversationId} [${userIds}] to ${audience}`),
  });
  return { presence, told };
}

function tab(userId: string, workspaceId = 'w1', apiKeyId?: string): Connection {
  return { session: { userId, workspaceId, apiKeyId }, socket: { connected: true } } as unknown as Connection;
}

function pass(ms: number, ...processes: { presence: Presence }[]): void {
  for (const end = now + ms; now < end; ) {
    now += 1000;
    jest.setSystemTime(now);
    for (const { presence } of processes) presence.tick(now);
  }
}

const toAll = [rooms.workspace('w1')];

describe('presence', () => {
  it('is that of all tabs in all processes together, and each change is told once in each', () => {
    const a = process();
    const b = process();
    const watcher = tab('watcher');
    b.presence.enter(watcher);
    const first = tab('ann');
    const second = tab('ann');
    a.presence.enter(first);
    b.presence.enter(second);
    expect(a.presence.set(first, 'away')).toBe('online');
    expect(b.presence.set(second, 'away')).toBe('away');
    expect(a.presence.set(first, 'online')).toBe('online');
    expect(b.told).toEqual(['w1 watcher online', 'w1 ann online', 'w1 ann away', 'w1 ann online']);
    expect(a.told).toEqual(expect.arrayContaining(['w1 ann online', 'w1 ann away']));
    for (const { presence } of [a, b]) {
      expect(presence.list('w1').sort((x, y) => x.userId.localeCompare(y.userId))).toEqual([
        { userId: 'ann', status: 'online' },
        { userId: 'watcher', status: 'online' },
      ]);
    }
  });

  it('outlives a page that is loaded anew, and ends with the last tab', () => {
    const a = process();
    const b = process();
    b.presence.enter(tab('watcher'));
    const before = tab('ann');
    a.presence.enter(before);
    a.presence.leave(before, now);
    pass(3000, a, b);
    const after = tab('ann');
    a.presence.enter(after);
    pass(10_000, a, b);
    expect(b.told).toEqual(['w1 watcher online', 'w1 ann online']);
    a.presence.leave(after, now);
    pass(5000, a, b);
    expect(b.told.slice(2)).toEqual(['w1 ann offline']);
    expect(b.presence.statusOf('w1', 'ann')).toBe('offline');
  });

  it('is known to a process whose first socket comes later', () => {
    const a = process();
    a.presence.enter(tab('ann'));
    const b = process();
    b.presence.enter(tab('bob'));
    expect(b.presence.statusOf('w1', 'ann')).toBe('online');
    expect(a.told).toEqual(['w1 ann online', 'w1 bob online']);
  });

  it('is put right by the next refresh when a message was lost', () => {
    const a = process();
    const b = process();
    b.presence.enter(tab('bob'));
    talk.loses = true;
    const ann = tab('ann');
    a.presence.enter(ann);
    expect(b.presence.statusOf('w1', 'ann')).toBe('offline');
    talk.loses = false;
    pass(20_000, a, b);
    expect(b.presence.statusOf('w1', 'ann')).toBe('online');
    talk.loses = true;
    a.presence.enter(tab('eve'));
    a.presence.leave(ann, now);
    pass(6000, a, b);
    talk.loses = false;
    pass(20_000, a, b);
    expect(b.presence.statusOf('w1', 'ann')).toBe('offline');
    expect(b.presence.statusOf('w1', 'eve')).toBe('online');
  });

  it('of a process that is gone ends by itself', () => {
    const a = process();
    const b = process();
    b.presence.enter(tab('bob'));
    a.presence.enter(tab('ann'));
    pass(59_000, b);
    expect(b.presence.statusOf('w1', 'ann')).toBe('online');
    pass(2000, b);
    expect(b.told).toEqual(['w1 bob online', 'w1 ann online', 'w1 ann offline']);
  });

  it('of a process that is stopped ends at once', () => {
    const a = process();
    const b = process();
    b.presence.enter(tab('bob'));
    a.presence.enter(tab('ann'));
    a.presence.onModuleDestroy();
    expect(b.told).toEqual(['w1 bob online', 'w1 ann online', 'w1 ann offline']);
  });

  it('stays in its workspace, and is no business of API keys', () => {
    const a = process();
    const b = process();
    b.presence.enter(tab('bob', 'w2'));
    a.presence.enter(tab('ann'));
    const key = tab('key', 'w2', 'key');
    a.presence.enter(key);
    expect(a.presence.set(key, 'online')).toBe('offline');
    expect(b.told).toEqual(['w2 bob online']);
    expect(b.presence.list('w1')).toEqual([]);
    expect(b.presence.list('w2')).toEqual([{ userId: 'bob', status: 'online' }]);
  });
});

describe('viewing', () => {
  it('is of one conversation a tab, told to whom the conversation concerns, and ends with the tab', () => {
    const a = process();
    const b = process();
    const ann = tab('ann');
    const bob = tab('bob');
    a.presence.enter(ann);
    b.presence.enter(bob);
    expect(a.presence.viewing.start(ann, 'c1', toAll)).toEqual(['ann']);
    expect(b.presence.viewing.start(bob, 'c1', toAll)).toEqual(['ann', 'bob']);
    a.presence.viewing.start(ann, 'c2', [rooms.user('ann')]);
    expect(a.presence.viewing.of('w1', 'c1')).toEqual(['bob']);
    a.presence.leave(ann, now);
    b.presence.viewing.stop(bob);
    b.presence.viewing.stop(bob);
    const told = [
      'c1 [ann] to workspace:w1',
      'c1 [ann,bob] to workspace:w1',
      'c1 [bob] to workspace:w1',
      'c2 [ann] to user:ann',
      'c2 [] to user:ann',
      'c1 [] to workspace:w1',
    ];
    for (const each of [a, b]) expect(each.told.filter((line) => line.startsWith('c'))).toEqual(told);
  });

  it('of a tab that is gone already is nobody’s', () => {
    const a = process();
    const gone = tab('ann');
    a.presence.enter(gone);
    (gone.socket as { connected: boolean }).connected = false;
    a.presence.leave(gone, now);
    expect(a.presence.viewing.start(gone, 'c1', toAll)).toEqual([]);
    pass(10_000, a);
    expect(a.presence.list('w1')).toEqual([]);
  });
});
