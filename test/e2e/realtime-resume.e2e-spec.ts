import { closeSockets, connect, dial, type SocketClient } from '../support/socket-client';
import {
  alongside,
  elsewhere,
  gateways,
  hangUp,
  logOf,
  passed,
  type Served,
  served,
  stored,
  untilGone,
} from './support/realtime';
import { openTwoShops, type Shop } from './support/shop';

afterEach(closeSockets);

const cursors = (client: SocketClient) => stored(client).map(({ cursor }) => cursor);

async function customersWrite(shop: Shop, count: number): Promise<void> {
  const chats = Array.from({ length: count }, () => shop.chat());
  for (const chat of chats) await shop.receives(shop.text(chat, 'Anybody there?'));
}

/** Comes back with a cursor; `order` is what it was told, by cursor, with `ready` in its place. */
function comeBack(gateway: string, namespace: Served, auth: { token: string; cursor: string }) {
  const client = dial(gateway, namespace, auth);
  const order: string[] = [];
  client.socket.onAny((name: string, body) => {
    if (name === 'ready') order.push(name);
    else if (body?.data && body.cursor) order.push(body.cursor);
  });
  return { client, order };
}

describe.each(served)('a dashboard of %s whose line was cut', (namespace: Served) => {
  it('gets on another gateway exactly what it missed, in order and once, and then goes on', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    const first = await shop.tenant.sockets(namespace, {}, gateways[0]);
    await customersWrite(shop, 2);
    await passed([shop, stranger], first);
    const { cursor } = first;
    first.socket.io.engine.close();
    await untilGone(first);

    await customersWrite(shop, 5);
    await customersWrite(stranger, 1);
    await passed([shop, stranger]);
    const missed = await logOf(shop.api, namespace, cursor);
    expect(missed.length).toBeGreaterThan(5);

    const back = await connect(elsewhere, namespace, { token: shop.tenant.accessToken, cursor });
    expect(back.notice('ready')).toMatchObject({ replayed: missed.length, workspaceId: shop.tenant.workspaceId });
    expect(back.notice('ready').resync).toBeUndefined();
    expect(stored(back)).toEqual(missed);
    expect(back.notice('ready').cursor >= missed.at(-1)!.cursor!).toBe(true);

    await customersWrite(shop, 2);
    await passed([shop, stranger], back);
    expect(stored(back)).toEqual(await logOf(shop.api, namespace, cursor));
    expect([...stored(first), ...stored(back)].map(({ cursor: at }) => at)).toEqual(
      (await logOf(shop.api, namespace)).map(({ cursor: at }) => at),
    );
  });

  it('is told ready after what it missed, whatever comes meanwhile', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const { cursor } = (await shop.tenant.sockets(namespace, {}, gateways[0])).notice('ready');
    await customersWrite(shop, 3);
    // More while it returns: a cut client comes back into the middle of things.
    const chats = Array.from({ length: 20 }, () => shop.chat());
    const writing = Promise.all(chats.map((chat) => shop.receives(shop.text(chat, 'And now?'))));
    const auth = { token: shop.tenant.accessToken, cursor };
    const backs = [...gateways, ...gateways, ...gateways].map((gateway) => comeBack(gateway, namespace, auth));
    for (const { client } of backs) await client.waitForNotice('ready');
    await writing;
    await passed([shop, stranger], ...backs.map(({ client }) => client));
    const log = await logOf(shop.api, namespace, cursor);
    for (const { client, order } of backs) {
      expect(stored(client)).toEqual(log);
      expect(order).toEqual(log.map(({ cursor: at }) => at).toSpliced(client.notice('ready').replayed, 0, 'ready'));
    }
  });

  it('has missed nothing when it comes back at the head', async () => {
    const { shop, stranger } = await openTwoShops('instagram');
    await customersWrite(shop, 1);
    const client = await shop.tenant.sockets(namespace, {}, gateways[0]);
    await passed([shop, stranger], client);
    const { cursor } = (await client.ask('heartbeat')).data;
    const back = await connect(elsewhere, namespace, { token: shop.tenant.accessToken, cursor });
    expect(back.notice('ready')).toMatchObject({ replayed: 0, cursor });
    expect(stored(back)).toEqual([]);
  });

  it('gets of what it missed only what it subscribed to', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    const { cursor } = (await shop.tenant.sockets(namespace, {}, gateways[0])).notice('ready');
    await customersWrite(shop, 3);
    await passed([shop, stranger]);
    const type = namespace === '/messages' ? 'message.received' : 'webhook.received';
    const narrowed = { types: [type], rooms: [{ kind: 'channel', id: shop.channel.id }] };
    const back = await connect(elsewhere, namespace, { token: shop.tenant.accessToken, cursor, ...narrowed });
    const missed = (await logOf(shop.api, namespace, cursor)).filter((event) => event.type === type);
    expect(missed).toHaveLength(4);
    expect(stored(back)).toEqual(missed);
    expect(back.notice('ready')).toMatchObject({ replayed: 4, subscriptions: narrowed });
    const nothing = await connect(elsewhere, namespace, {
      token: shop.tenant.accessToken,
      cursor,
      subscribe: 'none',
    });
    expect(nothing.notice('ready').replayed).toBe(0);
    expect(stored(nothing)).toEqual([]);
  });

  it('may ask again for what it has on a live socket, as often as it likes', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const client = await shop.tenant.sockets(namespace, {}, elsewhere);
    const start = client.notice('ready').cursor;
    await customersWrite(shop, 3);
    await passed([shop, stranger], client);
    const log = await logOf(shop.api, namespace, start);
    expect(stored(client)).toEqual(log);
    const from = log[1]!.cursor!;
    const answer = await client.ask('resume', { cursor: from });
    expect(answer).toMatchObject({ ok: true, data: { replayed: log.length - 2 } });
    expect(answer.data.cursor >= log.at(-1)!.cursor!).toBe(true);
    expect(stored(client)).toEqual([...log, ...log.slice(2)]);
    expect(client.notice('resync')).toBeUndefined();

    await customersWrite(shop, 1);
    await passed([shop, stranger], client);
    const live = await logOf(shop.api, namespace, log.at(-1)!.cursor);
    expect(stored(client)).toEqual([...log, ...log.slice(2), ...live]);
  });
});

describe('a dashboard with several namespaces on one connection', () => {
  it('keeps a cursor for each, and misses nothing of any', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    const token = shop.tenant.accessToken;
    const before = await connect(gateways[0]!, '/messages', { token });
    const besides = alongside(before, '/webhooks', { token });
    await besides.waitForNotice('ready');
    await customersWrite(shop, 2);
    await passed([shop, stranger], before, besides);
    // One saw more of the log than the other: a single cursor for both would lose events of one.
    const last = { '/messages': cursors(before)[1]!, '/webhooks': cursors(besides).at(-1)! };
    hangUp(before);
    await untilGone(besides);
    await customersWrite(shop, 2);
    await passed([shop, stranger]);

    const messages = await connect(elsewhere, '/messages', { token, cursor: last['/messages'] });
    const webhooks = alongside(messages, '/webhooks', { token, cursor: last['/webhooks'] });
    await webhooks.waitForNotice('ready');
    expect(stored(messages)).toEqual(await logOf(shop.api, '/messages', last['/messages']));
    expect(stored(webhooks)).toEqual(await logOf(shop.api, '/webhooks', last['/webhooks']));
    hangUp(messages);
  });
});

describe('a screen that loads a list while customers write', () => {
  it('has no gap when it goes on from the head the list came with', async () => {
    const { shop, stranger } = await openTwoShops('instagram');
    const chats = Array.from({ length: 30 }, () => shop.chat());
    const writing = Promise.all(chats.map((chat) => shop.receives(shop.text(chat, 'Is this still on?'))));
    const loads: { head: string; listed: string[] }[] = [];
    let written = false;
    void writing.then(() => {
      written = true;
    });
    do {
      const { body } = await shop.api.get('/v1/conversations?limit=200');
      loads.push({ head: body.head, listed: body.items.map(({ id }: { id: string }) => id) });
    } while (!written);
    await writing;
    await passed([shop, stranger]);
    const all = (await shop.api.all('/v1/conversations')).map(({ id }) => id).sort();
    expect(all).toHaveLength(31);
    // Of many loads every so many: from the first, which found next to nothing, to the last.
    const every = Math.ceil(loads.length / 20);
    for (const { head, listed } of loads.filter((_, at) => at % every === 0)) {
      const client = await connect(elsewhere, '/messages', { token: shop.tenant.accessToken, cursor: head });
      expect(client.notice('ready').resync).toBeUndefined();
      const told = client.of('conversation.created').map(({ data }) => data.conversation.id);
      expect([...new Set([...listed, ...told])].sort()).toEqual(all);
      client.close();
    }
  });
});
