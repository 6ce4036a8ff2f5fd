import { instagram, instagramChat, messenger, messengerChat, type SimulatedItem } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { type AccountAtMeta, closeGraphs, logOf, openConnecting } from './support/connecting';
import { deliver } from './support/deliver';
import type { Body } from './support/shop';
import { colleague } from './support/world';

afterEach(closeSockets);
afterEach(closeGraphs);

const hour = 3_600_000;

/** Customers who have written to the account, and what was answered, before anybody connected it. */
function past(account: AccountAtMeta, customers: number, messages: number): SimulatedItem[] {
  let at = Date.now() - 48 * hour;
  const now = () => {
    at += 60_000;
    return at;
  };
  return Array.from({ length: customers }, (_, seed) => {
    const own = { account: { id: account.externalId }, seed: seed + 1, now };
    if (account.platform === 'messenger') {
      const chat = messengerChat(own);
      return Array.from({ length: messages }, (__, n) =>
        n % 3 === 2 ? messenger.echo(chat, `answer ${n}`) : messenger.text(chat, `message ${n}`),
      );
    }
    const chat = instagramChat(own);
    return Array.from({ length: messages }, (__, n) =>
      n % 3 === 2 ? instagram.echo(chat, `answer ${n}`) : instagram.text(chat, `message ${n}`),
    );
  }).flat();
}

const stateOf = (owner: { api: { get: (path: string) => Promise<Body> } }, id: string) => async (): Promise<Body> =>
  (await owner.api.get(`/v1/channels/${id}/backfill`)).body;

describe.each(['messenger', 'instagram by itself', 'instagram behind a page'] as const)(
  'connecting an account of %s that people have written to',
  (way) => {
    it('brings its conversations, with who wrote what and when, unread to nobody and without a storm of events', async () => {
      const { owner, stranger, graph, account } = await openConnecting(way, { callbacks: false });
      const items = past(account, 23, 9);
      graph.hears(items);
      graph.next(1, { method: 'GET', path: /conversations/ }).fail(2);
      const channel = await owner.api.made('/v1/channels', account.registration);
      const state = stateOf(owner, channel.id);
      await until(async () => (await state()).state === 'idle', 'all is read');
      expect(await state()).toMatchObject({ conversations: 23, messages: 23 * 9, problem: null, silentSince: null });

      const conversations = await owner.api.all('/v1/conversations');
      expect(conversations).toHaveLength(23);
      expect(conversations.map(({ unreadCount }: Body) => unreadCount)).toEqual(Array(23).fill(0));
      const messages = (await owner.api.all(`/v1/conversations/${conversations[0].id}/messages`)).reverse();
      expect(messages.map(({ direction, content }: Body) => [direction, content.text])).toEqual(
        Array.from({ length: 9 }, (_, n) => (n % 3 === 2 ? ['outbound', `answer ${n}`] : ['inbound', `message ${n}`])),
      );
      const types = (await logOf(owner)).map(({ type }: Body) => type);
      expect(types).not.toContain('message.received');
      expect(types.filter((type: string) => type === 'conversation.created')).toHaveLength(23);

      // What webhooks bring late, and a second read, find everything there.
      await deliver(items.slice(-20));
      expect((await owner.api.post(`/v1/channels/${channel.id}/backfill`)).status).toBe(200);
      await until(async () => (await state()).state === 'idle', 'all is read again');
      expect((await state()).messages).toBe(0);
      const again = await owner.api.all(`/v1/conversations/${conversations[0].id}/messages`);
      expect(again).toHaveLength(9);

      expect((await stranger.api.get(`/v1/channels/${channel.id}/backfill`)).status).toBe(404);
      expect((await stranger.api.post(`/v1/channels/${channel.id}/backfill`)).status).toBe(404);
      const agent = await colleague(owner, 'agent');
      expect((await agent.api.post(`/v1/channels/${channel.id}/backfill`)).status).toBe(403);
      expect(await stranger.api.all('/v1/conversations')).toEqual([]);
      expect(await logOf(stranger)).toEqual([]);
    });
  },
);

describe('a long conversation', () => {
  it('of Messenger is read whole', async () => {
    const { owner, graph, account } = await openConnecting('messenger', { callbacks: false });
    graph.hears(past(account, 2, 160));
    const channel = await owner.api.made('/v1/channels', account.registration);
    await until(async () => (await stateOf(owner, channel.id)()).state === 'idle', 'all is read');
    for (const { id } of await owner.api.all('/v1/conversations')) {
      expect(await owner.api.all(`/v1/conversations/${id}/messages`)).toHaveLength(160);
    }
  });
});

describe('webhooks that stop', () => {
  it('are noticed and told, the account subscribed anew and polled, until they return', async () => {
    const { owner, stranger, graph, account } = await openConnecting('messenger', { callbacks: false });
    const channel = await owner.api.made('/v1/channels', account.registration);
    const state = stateOf(owner, channel.id);
    await until(async () => (await state()).finishedAt !== null, 'what there is was read');
    const alerts = async () =>
      (await logOf(owner)).filter(({ type }: Body) => type === 'channel.alert').map(({ data }: Body) => data.kind);

    // Meta has dropped the subscription; a message comes, and no webhook in all the time one is waited for.
    account.inbox!.subscribedApps.clear();
    const lost = Date.parse((await state()).startedAt) - 119_000;
    const chat = messengerChat({ account: { id: account.externalId }, seed: 77, now: () => lost });
    graph.hears(messenger.text(chat, 'Nobody hears me'));
    await until(async () => {
      await owner.api.post(`/v1/channels/${channel.id}/backfill`);
      return (await alerts()).includes('webhooks_silent');
    }, 'it is told');
    const received = async () =>
      (await logOf(owner))
        .filter(({ type }: Body) => type === 'message.received')
        .map(({ data }: Body) => data.message.content.text);
    expect(await received()).toEqual(['Nobody hears me']);
    expect((await owner.api.all('/v1/conversations'))[0].unreadCount).toBe(1);
    await until(() => account.subscribed(), 'it is subscribed anew');

    // Polled: another one is there within seconds, as new.
    account.hears('Still nobody?');
    await until(async () => (await received()).includes('Still nobody?'), 'it is read by polling');
    expect(await alerts()).toEqual(['webhooks_silent']);

    // Webhooks bring one again.
    for (let n = 1; !(await alerts()).includes('webhooks_back'); n += 1) {
      await deliver(account.hears(`There you are ${n}`));
      const polled = (await state()).finishedAt;
      await until(async () => (await received()).includes(`There you are ${n}`), 'it is taken in');
      await until(async () => (await state()).finishedAt !== polled, 'the account is polled');
      if (n === 4) throw new Error('Webhooks bring messages again, and nobody was told.');
    }
    expect((await state()).silentSince).toBeNull();
    const texts = await received();
    expect(texts.filter((text: string) => text === 'Still nobody?')).toHaveLength(1);
    expect(await logOf(stranger)).toEqual([]);
  }, 120_000);
});
