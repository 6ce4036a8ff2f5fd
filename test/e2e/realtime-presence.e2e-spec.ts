import { randomUUID } from 'node:crypto';
import { closeSockets, connect, type SocketClient } from '../support/socket-client';
import { until } from '../support/until';
import { elsewhere, gateways } from './support/realtime';
import { openShop, openTwoShops, type Shop } from './support/shop';
import { colleague } from './support/world';

afterEach(closeSockets);

const conversationOf = async (shop: Shop): Promise<string> => {
  await shop.receives(shop.text(shop.chat(), 'Is anybody there?'));
  return (await shop.messages.waitFor('message.received'))[0]!.data.conversation.id;
};

const at = (gateway: string | undefined, { accessToken: token }: { accessToken: string }): Promise<SocketClient> =>
  connect(gateway!, '/messages', { token });

const statuses = (client: SocketClient, userId: string): string[] =>
  client
    .of('presence.changed')
    .filter(({ data }) => data.userId === userId)
    .map(({ data }) => data.status);

const told = (client: SocketClient, userId: string, expected: string[]) =>
  until(() => statuses(client, userId).join() === expected.join(), `the presence ${expected} was told`, 20_000);

describe('presence', () => {
  it('is told of all tabs together, on every gateway, without a cursor, and to the own workspace alone', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const agent = await colleague(shop.tenant, 'agent');
    const viewer = await colleague(shop.tenant, 'viewer');
    const watchers = [shop.messages, await at(elsewhere, viewer)];
    const tab = await agent.sockets('/messages');
    const other = await at(elsewhere, agent);
    for (const watcher of watchers) await told(watcher, agent.userId, ['online']);
    expect(await tab.ask('presence.set', { status: 'away' })).toEqual({ ok: true, data: { status: 'online' } });
    expect(await other.ask('presence.set', { status: 'away' })).toMatchObject({ ok: true });
    for (const watcher of watchers) await told(watcher, agent.userId, ['online', 'away']);
    other.close();
    tab.close();
    for (const watcher of watchers) await told(watcher, agent.userId, ['online', 'away', 'offline']);
    const [first] = watchers[0]!.of('presence.changed');
    expect(first).toEqual({
      id: expect.any(String),
      type: 'presence.changed',
      workspaceId: shop.tenant.workspaceId,
      occurredAt: expect.any(String),
      data: { userId: expect.any(String), status: 'online' },
    });
    expect(
      stranger.messages.of('presence.changed').filter(({ workspaceId }) => workspaceId !== stranger.tenant.workspaceId),
    ).toEqual([]);
  });

  it('can be asked for, by whoever comes later too, and tells nothing of other workspaces', async () => {
    const { shop, stranger } = await openTwoShops('instagram');
    const agent = await colleague(shop.tenant, 'agent');
    const tab = await at(gateways[0], agent);
    await tab.ask('presence.set', { status: 'away' });
    const late = await shop.tenant.sockets('/messages', {}, elsewhere);
    const list = async (client: SocketClient) =>
      new Map<string, string>(
        (await client.ask('presence.list')).data.users.map(({ userId, status }: { userId: string; status: string }) => [
          userId,
          status,
        ]),
      );
    await until(async () => (await list(late)).get(agent.userId) === 'away', 'the agent is known to be away');
    expect([...(await list(late)).keys()].sort()).toEqual([agent.userId, shop.tenant.userId].sort());
    expect([...(await list(stranger.messages)).keys()]).toEqual([stranger.tenant.userId]);
    const wrong = await tab.ask('presence.set', { status: 'offline' });
    expect(wrong).toMatchObject({ ok: false, error: { code: 'invalid', details: { field: 'status' } } });
  });
});

describe('who has a conversation open', () => {
  it('is told to the workspace, is of one conversation a tab, and ends with it', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    const ours = await conversationOf(shop);
    const theirs = await conversationOf(stranger);
    const agent = await colleague(shop.tenant, 'agent');
    const tab = await at(elsewhere, agent);
    const viewers = () => shop.messages.of('viewing.changed').map(({ data }) => data.viewers);
    expect(await tab.ask('viewing.start', { conversationId: ours })).toEqual({
      ok: true,
      data: { conversationId: ours, viewers: [agent.userId] },
    });
    await until(() => viewers().length === 1, 'one viewer was told');
    const both = await shop.messages.ask('viewing.start', { conversationId: ours });
    expect(both.data.viewers).toEqual([agent.userId, shop.tenant.userId].sort());
    expect(await shop.messages.ask('viewing.stop')).toEqual({ ok: true, data: null });
    tab.close();
    await until(() => viewers().length === 4, 'all changes were told');
    expect(viewers()).toEqual([[agent.userId], both.data.viewers, [agent.userId], []]);
    expect(stranger.messages.of('viewing.changed')).toEqual([]);
    for (const conversationId of [theirs, randomUUID()]) {
      const refused = await shop.messages.ask('viewing.start', { conversationId });
      expect(refused).toMatchObject({ ok: false, error: { code: 'not_found' } });
    }
  });

  it('reaches the participants alone where it is internal', async () => {
    const shop = await openShop('whatsapp');
    const [ann, bob] = [await colleague(shop.tenant, 'agent'), await colleague(shop.tenant, 'agent')];
    const [annSocket, bobSocket] = [await ann.sockets('/messages'), await at(elsewhere, bob)];
    const sent = await annSocket.ask('message.send', { to: bob.userId, text: 'Lunch?' });
    const conversationId = sent.data.conversation.id;
    expect(await shop.messages.ask('viewing.start', { conversationId })).toMatchObject({
      error: { code: 'not_found' },
    });
    await annSocket.ask('viewing.start', { conversationId });
    expect((await bobSocket.waitFor('viewing.changed'))[0]!.data).toEqual({ conversationId, viewers: [ann.userId] });
    const ours = await conversationOf(shop);
    await annSocket.ask('viewing.start', { conversationId: ours });
    await shop.messages.waitFor('viewing.changed');
    expect(shop.messages.of('viewing.changed').map(({ data }) => data.conversationId)).toEqual([ours]);
  });
});

describe('typing', () => {
  it('ends with the tab, told once however often it was begun', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const conversationId = await conversationOf(shop);
    const agent = await colleague(shop.tenant, 'agent');
    const tab = await at(elsewhere, agent);
    await tab.ask('typing.start', { conversationId });
    await tab.ask('typing.start', { conversationId });
    tab.close();
    expect((await shop.messages.waitFor('typing.stopped'))[0]!.data).toEqual({ conversationId, userId: agent.userId });
    expect(shop.messages.of('typing.started', 'typing.stopped').map(({ type }) => type)).toEqual([
      'typing.started',
      'typing.started',
      'typing.stopped',
    ]);
    expect(stranger.messages.of('typing.started', 'typing.stopped')).toEqual([]);
  });

  it('ends by itself when nothing more is heard of it', async () => {
    const shop = await openShop('instagram');
    const conversationId = await conversationOf(shop);
    await shop.messages.ask('typing.start', { conversationId });
    await shop.messages.waitFor('typing.stopped', 1, 20_000);
    await shop.messages.ask('typing.stop', { conversationId });
    await shop.messages.ask('heartbeat');
    expect(shop.messages.of('typing.stopped')).toHaveLength(1);
  });
});
