import { randomUUID } from 'node:crypto';
import { closeSockets, connect, type SocketClient } from '../support/socket-client';
import { elsewhere, gateways, namespaces, passed, refusal } from './support/realtime';
import { openShop, openTwoShops, type Shop } from './support/shop';
import { colleague, tenant } from './support/world';

afterEach(closeSockets);

const typing = ({ events }: SocketClient) =>
  events
    .filter(({ type }) => type.startsWith('typing.'))
    .map(({ type, data }) => [type, data.conversationId, data.userId]);

async function conversationOf(shop: Shop): Promise<string> {
  await shop.receives(shop.text(shop.chat(), 'hello'));
  return (await shop.messages.waitFor('conversation.created'))[0]!.data.conversation.id;
}

describe('a colleague who types', () => {
  it('is seen by the others of the workspace on every gateway, and by nobody else', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    const [ours, theirs] = [await conversationOf(shop), await conversationOf(stranger)];
    const agent = await colleague(shop.tenant, 'agent');
    const viewer = await colleague(shop.tenant, 'viewer');
    const sockets = await Promise.all(
      gateways.flatMap((gateway) =>
        [agent, viewer].map((one) => connect(gateway, '/messages', { token: one.accessToken })),
      ),
    );
    const foreign = await Promise.all(
      gateways.map((gateway) => connect(gateway, '/messages', { token: stranger.tenant.accessToken })),
    );
    const author = await shop.tenant.sockets('/messages', {}, gateways[0]);
    expect(await author.ask('typing.start', { conversationId: ours })).toEqual({
      ok: true,
      data: { conversationId: ours },
    });
    expect(await author.ask('typing.stop', { conversationId: ours })).toMatchObject({ ok: true });
    for (const socket of sockets) {
      await socket.waitFor('typing.stopped');
      expect(typing(socket)).toEqual([
        ['typing.started', ours, shop.tenant.userId],
        ['typing.stopped', ours, shop.tenant.userId],
      ]);
      expect(socket.of('typing.started')[0]).toEqual({
        id: expect.any(String),
        type: 'typing.started',
        workspaceId: shop.tenant.workspaceId,
        occurredAt: expect.any(String),
        data: { conversationId: ours, userId: shop.tenant.userId },
      });
    }
    // Sent after ours by the same gateway: were ours to come to them, it would have come before.
    const other = await stranger.tenant.sockets('/messages', {}, gateways[0]);
    await other.ask('typing.start', { conversationId: theirs });
    for (const socket of foreign) {
      await socket.waitFor('typing.started');
      expect(typing(socket)).toEqual([['typing.started', theirs, stranger.tenant.userId]]);
    }
  });

  it('types only where there is a conversation, and leaves nothing in the log', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    const [ours, theirs] = [await conversationOf(shop), await conversationOf(stranger)];
    const before = (await shop.log()).length;
    for (const conversationId of [theirs, randomUUID()]) {
      const answer = await shop.messages.ask('typing.start', { conversationId });
      expect(answer).toMatchObject({ ok: false, error: { code: 'not_found' } });
    }
    expect(await shop.messages.ask('typing.start', { conversationId: ours })).toMatchObject({ ok: true });
    await shop.messages.waitFor('typing.started');
    expect(await shop.log()).toHaveLength(before);
    await passed([shop, stranger]);
    expect(typing(stranger.messages)).toEqual([]);
  });
});

describe('a conversation that is read', () => {
  it('is told to all of the workspace, and only to it', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const agent = await colleague(shop.tenant, 'agent');
    const conversationId = await conversationOf(shop);
    await conversationOf(stranger);
    const socket = await agent.sockets('/messages');
    expect(socket.notice('ready').unread.total).toBe(1);
    const { id } = (await shop.messages.waitFor('message.received'))[0]!.data.message;
    const answer = await socket.ask('message.mark_read', { conversationId, messageId: id });
    expect(answer).toEqual({ ok: true, data: { messageIds: [id], unreadCount: 0 } });
    const [read] = await shop.messages.waitFor('conversation.read');
    expect(read!.data).toEqual({ conversationId, userId: agent.userId, messageIds: [id], unreadCount: 0 });
    expect((await agent.sockets('/messages')).notice('ready').unread.total).toBe(0);
    await passed([shop, stranger]);
    expect(stranger.messages.of('conversation.read')).toEqual([]);
  });

  it('cannot be one of another workspace', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const [ours, theirs] = [await conversationOf(shop), await conversationOf(stranger)];
    const refused = { ok: false, error: { code: 'not_found' } };
    expect(await shop.messages.ask('message.mark_read', { conversationId: theirs })).toMatchObject(refused);
    expect(
      await shop.messages.ask('message.mark_read', { conversationId: ours, messageId: randomUUID() }),
    ).toMatchObject(refused);
  });

  it.each(['message.mark_read', 'typing.start', 'typing.stop'])('is not for a viewer: %s', async (message) => {
    const shop = await openShop('whatsapp');
    const conversationId = await conversationOf(shop);
    const viewer = await colleague(shop.tenant, 'viewer');
    const socket = await viewer.sockets('/messages');
    const answer = await socket.ask(message, { conversationId });
    expect(answer).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    expect(await socket.ask('heartbeat')).toMatchObject({ ok: true });
  });
});

describe('a message that is wrong', () => {
  const uuid = randomUUID();
  const room = { kind: 'channel', id: uuid };
  it.each([
    ['message.mark_read', undefined, 'conversationId'],
    ['message.mark_read', { conversationId: 'x' }, 'conversationId'],
    ['message.mark_read', { conversationId: uuid, messageId: 7 }, 'messageId'],
    ['message.mark_read', { conversationId: uuid, userId: uuid }, 'userId'],
    ['typing.start', {}, 'conversationId'],
    ['typing.stop', { conversationId: [uuid] }, 'conversationId'],
    ['resume', {}, 'cursor'],
    ['subscribe', {}, 'types'],
    ['subscribe', 'everything', 'subscribe'],
    ['subscribe', { types: 'message.received' }, 'types'],
    ['subscribe', { types: ['webhook.received'] }, 'types'],
    ['subscribe', { fields: ['no such field!'] }, 'fields'],
    ['subscribe', { rooms: [{ kind: 'workspace', id: uuid }] }, 'rooms'],
    ['subscribe', { rooms: [{ kind: 'user', id: uuid }] }, 'rooms'],
    ['subscribe', { rooms: [{ kind: 'channel', id: { $ne: 1 } }] }, 'rooms'],
    ['subscribe', { rooms: Array.from({ length: 201 }, () => room) }, 'rooms'],
    ['subscribe', { rooms: [null] }, 'rooms'],
    ['unsubscribe', { rooms: [room] }, 'rooms'],
    ['unsubscribe', { fields: ['messages'] }, 'fields'],
  ])('%s %j is refused by the name of its field, and the socket goes on', async (message, argument, field) => {
    const client = await (await tenant()).sockets('/messages', {}, elsewhere);
    const answer = await client.ask(message, argument);
    expect(answer).toMatchObject({ ok: false, error: { code: 'invalid', details: { field } } });
    expect((await client.ask('subscriptions')).data).toMatchObject({ all: true });
  });

  it.each([
    [{ subscribe: 'some' }, 'subscribe'],
    [{ types: ['no.such'] }, 'types'],
    [{ fields: [7] }, 'fields'],
    [{ rooms: [{ kind: 'planet', id: uuid }] }, 'rooms'],
    [{ token: { $ne: null } }, 'token'],
  ])('in the handshake is refused by the name of its field: %j', async (auth, field) => {
    const { accessToken: token } = await tenant();
    const error = await refusal(elsewhere, '/messages', { token, ...auth });
    expect(error).toMatchObject({ code: 'invalid', details: { field } });
  });

  it.each(namespaces)('is never met with silence on %s', async (namespace) => {
    const client = await (await tenant()).sockets(namespace, {}, elsewhere);
    for (const name of ['no.such', 'constructor', '__proto__', 'message.sent'])
      expect([name, await client.ask(name, {})]).toMatchObject([name, { ok: false, error: { code: 'invalid' } }]);
  });

  it('without an ack is told as an error and harms nothing', async () => {
    const client = await (await tenant()).sockets('/messages', {}, elsewhere);
    client.socket.emit('no.such', { any: 'thing' });
    expect(await client.waitForNotice('error')).toMatchObject({ code: 'invalid' });
    client.socket.emit('message.mark_read');
    client.socket.emit('subscribe', null);
    client.socket.emit('typing.start', 'x', 'y', 'z');
    client.socket.emit('heartbeat');
    client.socket.emit('authenticate');
    expect(await client.ask('heartbeat')).toMatchObject({ ok: true });
    const errors = client.notices.filter(({ name }) => name === 'error').map(({ body }) => body.code);
    expect(errors).toEqual(['invalid', 'invalid', 'invalid', 'invalid', 'invalid']);
  });
});

describe('a quiet client', () => {
  it.each(namespaces)('learns on %s by a heartbeat how far it is', async (namespace) => {
    const { shop, stranger } = await openTwoShops('instagram');
    const client = await shop.tenant.sockets(namespace, { subscribe: 'none' }, elsewhere);
    const before = client.notice('ready').cursor;
    await shop.receives(shop.text(shop.chat(), 'unheard'));
    await passed([shop, stranger], client);
    const { ok, data } = await client.ask('heartbeat');
    expect(ok).toBe(true);
    expect(data).toEqual({ now: expect.any(String), cursor: expect.any(String) });
    expect(new Date(data.now).toISOString()).toBe(data.now);
    expect(data.cursor > before).toBe(true);
    const test = await client.ask('test_connection');
    expect(test.data).toEqual({
      ...test.data,
      socketId: client.socket.id,
      transport: 'websocket',
      cursor: data.cursor,
    });
  });
});
