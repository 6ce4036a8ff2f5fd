import type { Platform } from '@switchboard/simulator';
import { closeSockets, type SocketClient } from '../support/socket-client';
import { until } from '../support/until';
import { openShop, openTwoShops, Shop, settle } from './support/shop';
import { colleague } from './support/world';

afterEach(closeSockets);

interface Counts {
  total: number;
  byPlatform: Record<string, number>;
  byChannel: Record<string, number>;
}

const none: Counts = { total: 0, byPlatform: {}, byChannel: {} };

const countsOf = (shop: Shop, total: number): Counts =>
  total === 0 ? none : { total, byPlatform: { [shop.platform]: total }, byChannel: { [shop.channel.id]: total } };

/** Waits until a dashboard was last told these counts. */
async function knows(socket: SocketClient, counts: Counts): Promise<void> {
  const wanted = JSON.stringify(counts);
  const last = () => socket.of('unread.changed').at(-1)?.data ?? socket.notice('ready').unread;
  await until(() => JSON.stringify(last()) === wanted, `unread is ${wanted}`).catch((error) => {
    expect(last()).toEqual(counts);
    throw error;
  });
}

/** A conversation with `count` messages from the customer. */
async function conversationOf<P extends Platform>(shop: Shop<P>, count: number) {
  const chat = shop.chat();
  await shop.receives(Array.from({ length: count }, (_, position) => shop.text(chat, `message ${position + 1}`)));
  const { conversation, messages } = await shop.onlyConversation();
  return { chat, id: conversation.id as string, messages };
}

describe('unread messages', () => {
  it('are counted for every user by channel and platform, live and on arrival', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const page = await shop.tenant.channel('messenger');
    const pageShop = new Shop('messenger', shop.tenant, page, shop.webhooks, shop.messages);
    const agent = await colleague(shop.tenant, 'agent');
    const agentSocket = await agent.sockets('/messages');
    expect(agentSocket.notice('ready').unread).toEqual(none);

    await shop.receives([1, 2].map((n) => shop.text(shop.chat(), `customer ${n}`)));
    await pageShop.receives(pageShop.text(pageShop.chat(), 'On the page'));
    const counts = {
      total: 3,
      byPlatform: { whatsapp: 2, messenger: 1 },
      byChannel: { [shop.channel.id]: 2, [page.id]: 1 },
    };
    for (const socket of [shop.messages, agentSocket]) {
      await until(() => socket.of('unread.changed').at(-1)?.data.total === 3, 'three are unread');
      expect(socket.of('unread.changed').at(-1)!.data).toEqual(counts);
      expect(socket.of('unread.changed').every(({ cursor }) => cursor === undefined)).toBe(true);
    }
    expect((await agent.sockets('/messages')).notice('ready').unread).toEqual(counts);
    await settle(shop, stranger);
    await knows(stranger.messages, countsOf(stranger, 1));
  });

  it('that one user has read stay unread for another', async () => {
    const { shop, stranger } = await openTwoShops('instagram');
    const agent = await colleague(shop.tenant, 'agent');
    const agentSocket = await agent.sockets('/messages');
    const { id, messages } = await conversationOf(shop, 3);
    await knows(agentSocket, countsOf(shop, 3));

    const ack = await shop.messages.ask('message.mark_read', { conversationId: id });
    expect(ack).toEqual({ ok: true, data: { messageIds: messages.map((one) => one.id), unreadCount: 0 } });
    await knows(shop.messages, none);
    const [read] = await agentSocket.waitFor('conversation.read');
    expect(read!.data).toEqual({
      conversationId: id,
      userId: shop.tenant.userId,
      messageIds: messages.map((one) => one.id),
      unreadCount: 0,
    });
    await settle(shop, stranger);
    await knows(agentSocket, countsOf(shop, 4));
    await knows(shop.messages, countsOf(shop, 1));
    expect((await agent.sockets('/messages')).notice('ready').unread).toEqual(countsOf(shop, 4));
    expect((await shop.tenant.sockets('/messages')).notice('ready').unread).toEqual(countsOf(shop, 1));
    expect(stranger.told('messages')).toEqual([]);
  });

  it('are those since somebody joined', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const { id, chat } = await conversationOf(shop, 3);
    const agent = await colleague(shop.tenant, 'agent');
    const agentSocket = await agent.sockets('/messages');
    expect(agentSocket.notice('ready').unread).toEqual(none);
    await shop.receives(shop.text(chat, 'message 4'));
    await knows(agentSocket, countsOf(shop, 1));
    await knows(shop.messages, countsOf(shop, 4));
    expect(await agentSocket.ask('message.mark_read', { conversationId: id })).toMatchObject({
      ok: true,
      data: { messageIds: [expect.any(String)] },
    });
    await knows(agentSocket, none);
    await settle(shop, stranger);
    await knows(agentSocket, countsOf(shop, 1));
    await knows(stranger.messages, countsOf(stranger, 1));
  });

  it('are read up to a message, over REST as over the socket, and never become unread again', async () => {
    const shop = await openShop('messenger');
    const { id, messages } = await conversationOf(shop, 4);
    const upTo = (position: number) =>
      shop.api.post(`/v1/conversations/${id}/read`, { messageId: messages[position].id });

    const second = await upTo(1);
    expect([second.status, second.body]).toEqual([
      200,
      { messageIds: [messages[0].id, messages[1].id], unreadCount: 2 },
    ]);
    await knows(shop.messages, countsOf(shop, 2));
    expect((await upTo(0)).body).toEqual({ messageIds: [], unreadCount: 2 });
    const again = await shop.messages.ask('message.mark_read', { conversationId: id, messageId: messages[0].id });
    expect(again).toEqual({ ok: true, data: { messageIds: [], unreadCount: 2 } });
    expect((await shop.onlyConversation()).conversation.unreadCount).toBe(2);

    const rest = await shop.messages.ask('message.mark_read', { conversationId: id, messageId: messages[3].id });
    expect(rest.data).toEqual({ messageIds: [messages[2].id, messages[3].id], unreadCount: 0 });
    await knows(shop.messages, none);
    await settle(shop);
    expect(shop.toldTypes('messages').filter((type) => type === 'conversation.read')).toHaveLength(2);
  });

  it("of a conversation are none once anybody has read it, while each user's own count stays their own", async () => {
    const shop = await openShop('whatsapp');
    const agent = await colleague(shop.tenant, 'agent');
    const { id } = await conversationOf(shop, 2);
    expect((await agent.api.post(`/v1/conversations/${id}/read`)).body.unreadCount).toBe(0);

    expect((await shop.onlyConversation()).conversation.unreadCount).toBe(0);
    expect((await shop.tenant.sockets('/messages')).notice('ready').unread).toEqual(countsOf(shop, 2));
    expect((await agent.sockets('/messages')).notice('ready').unread).toEqual(none);
    const mine = await shop.api.post(`/v1/conversations/${id}/read`);
    expect(mine.body.messageIds).toHaveLength(2);
  });

  it('are counted right when read while more come in', async () => {
    const shop = await openShop('messenger');
    const { chat, id } = await conversationOf(shop, 1);
    const more = Array.from({ length: 20 }, (_, position) => shop.text(chat, `more ${position}`));
    await Promise.all([
      ...more.map((item) => shop.receives(item).catch(() => undefined)),
      ...Array.from({ length: 10 }, () => shop.api.post(`/v1/conversations/${id}/read`)),
    ]);
    await until(() => shop.webhooks.of('webhook.received').length === 21, 'all came in');
    const { conversation } = await shop.onlyConversation();
    const { unread } = (await shop.tenant.sockets('/messages')).notice('ready');
    expect(unread).toEqual(countsOf(shop, conversation.unreadCount));
    const { messageIds } = (await shop.api.post(`/v1/conversations/${id}/read`)).body;
    expect(messageIds).toHaveLength(conversation.unreadCount);
    await knows(shop.messages, none);
  });

  it('cannot be marked read by a viewer, nor where they are not', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const { id, messages } = await conversationOf(shop, 1);
    const viewer = await colleague(shop.tenant, 'viewer');
    const viewerSocket = await viewer.sockets('/messages');
    expect((await viewer.api.post(`/v1/conversations/${id}/read`)).body.code).toBe('forbidden');
    const refused = await viewerSocket.ask('message.mark_read', { conversationId: id });
    expect(refused).toMatchObject({ ok: false, error: { code: 'forbidden' } });

    const foreign = await stranger.api.post(`/v1/conversations/${id}/read`);
    expect([foreign.status, foreign.body.code]).toEqual([404, 'not_found']);
    const foreignAck = await stranger.messages.ask('message.mark_read', { conversationId: id });
    expect(foreignAck).toMatchObject({ ok: false, error: { code: 'not_found' } });
    const unknown = await shop.messages.ask('message.mark_read', {
      conversationId: id,
      messageId: messages[0].contactId,
    });
    expect(unknown).toMatchObject({ ok: false, error: { code: 'not_found' } });
    expect((await shop.onlyConversation()).conversation.unreadCount).toBe(1);
  });
});
