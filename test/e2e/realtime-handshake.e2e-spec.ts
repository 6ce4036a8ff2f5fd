import { randomUUID } from 'node:crypto';
import { clientMessages } from '@switchboard/contracts';
import { closeSockets, connect, dial } from '../support/socket-client';
import { until } from '../support/until';
import {
  alongside,
  anonymous,
  elsewhere,
  gateways,
  hangUp,
  namespaces,
  refusal,
  secondsFromNow,
  signedAnew,
  unsigned,
  untilGone,
} from './support/realtime';
import { openTwoShops, settle } from './support/shop';
import { colleague, tenant } from './support/world';

afterEach(closeSockets);

const all = { all: true, types: [], fields: [], rooms: [], narrowedBy: [] };
const cursorForm = /^[a-z0-9]{4,32}\.\d{16}$/;

describe('a dashboard that connects with its token', () => {
  it.each(namespaces)('is told on %s who it is, where, how far and until when', async (namespace) => {
    const owner = await tenant();
    const agent = await colleague(owner, 'agent');
    const { items } = (await owner.api.get('/v1/users')).body;
    for (const [account, role] of [[owner, 'owner'] as const, [agent, 'agent'] as const]) {
      for (const gateway of gateways) {
        const ready = (await connect(gateway, namespace, { token: account.accessToken })).notice('ready');
        expect(ready).toEqual({
          userId: account.userId,
          email: items.find(({ id }: { id: string }) => id === account.userId).email,
          workspaceId: owner.workspaceId,
          role,
          expiresAt: expect.any(String),
          cursor: expect.stringMatching(cursorForm),
          subscriptions: all,
          replayed: 0,
          ...(namespace === '/messages' ? { unread: { total: 0, byPlatform: {}, byChannel: {} } } : {}),
        });
        expect(new Date(ready.expiresAt).toISOString()).toBe(ready.expiresAt);
        expect(Date.parse(ready.expiresAt)).toBeGreaterThan(Date.now());
      }
    }
  });

  it('finds its unread messages counted, and no one else’s', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    const chat = shop.chat();
    await shop.receives([shop.text(chat, 'one'), shop.text(chat, 'two')]);
    await settle(stranger);
    await shop.messages.waitFor('message.received', 2);
    const counts = { total: 2, byPlatform: { messenger: 2 }, byChannel: { [shop.channel.id]: 2 } };
    const again = await shop.tenant.sockets('/messages', {}, elsewhere);
    expect(again.notice('ready').unread).toEqual(counts);
    expect((await stranger.tenant.sockets('/messages')).notice('ready').unread).toMatchObject({ total: 1 });
  });

  it('may bring the token as a header instead', async () => {
    const owner = await tenant();
    const client = dial(
      elsewhere,
      '/messages',
      {},
      {
        extraHeaders: { authorization: `Bearer ${owner.accessToken}` },
      },
    );
    expect(await client.waitForNotice('ready')).toMatchObject({ userId: owner.userId, role: 'owner' });
    // One connection has one set of headers: every namespace on it is authenticated by them.
    const webhooks = alongside(client, '/webhooks', {});
    expect(await webhooks.waitForNotice('ready')).toMatchObject({ userId: owner.userId });
    hangUp(client);
  });

  it('may come by HTTP long polling where WebSocket does not pass', async () => {
    const owner = await tenant();
    const client = dial(elsewhere, '/messages', { token: owner.accessToken }, { transports: ['polling'] });
    await client.waitForNotice('ready');
    expect((await client.ask('test_connection')).data.transport).toBe('polling');
  });
});

describe('a dashboard that connects without a token', () => {
  it.each(namespaces)('may authenticate on %s and nothing else, and is served from then on', async (namespace) => {
    const owner = await tenant();
    const client = await anonymous(elsewhere, namespace);
    const own = namespace === '/messages' ? clientMessages[namespace] : [];
    const others = [...clientMessages.everywhere, ...own].filter((message) => message !== 'authenticate');
    for (const message of others) {
      expect([message, await client.ask(message, {})]).toMatchObject([
        message,
        { ok: false, error: { code: 'unauthenticated' } },
      ]);
    }
    expect(client.notices).toEqual([]);
    const answer = await client.ask('authenticate', { token: owner.accessToken });
    expect(answer).toMatchObject({ ok: true, data: { userId: owner.userId, workspaceId: owner.workspaceId } });
    expect(client.notice('ready')).toEqual(answer.data);
    expect(await client.ask('heartbeat')).toMatchObject({ ok: true });
  });

  it('is told of nothing before it has authenticated, and of everything after', async () => {
    const { shop, stranger } = await openTwoShops('instagram');
    const client = await anonymous(elsewhere, '/messages');
    await shop.receives(shop.text(shop.chat(), 'before'));
    await settle(shop, stranger);
    expect(client.events).toEqual([]);
    await client.ask('authenticate', { token: shop.tenant.accessToken });
    await shop.receives(shop.text(shop.chat(), 'after'));
    await client.waitFor('message.received');
    expect(client.of('message.received').map(({ data }) => data.message.content.text)).toEqual(['after']);
  });

  it.each([
    [undefined, 'token'],
    [{}, 'token'],
    [{ token: '' }, 'token'],
    [{ token: 7 }, 'token'],
    [{ token: 'x', admin: true }, 'admin'],
  ])('is told what is wrong with %j and may try again', async (argument, field) => {
    const client = await anonymous(elsewhere, '/messages');
    const answer = await client.ask('authenticate', argument);
    expect(answer).toMatchObject({ ok: false, error: { code: 'invalid', details: { field } } });
    const { accessToken } = await tenant();
    expect(await client.ask('authenticate', { token: accessToken })).toMatchObject({ ok: true });
  });

  it('is let go when it has not authenticated in time, on every namespace and gateway', async () => {
    const clients = await Promise.all(gateways.flatMap((gateway) => namespaces.map((one) => anonymous(gateway, one))));
    for (const client of clients) {
      await untilGone(client);
      expect(client.notice('error')).toMatchObject({ code: 'unauthenticated' });
      expect(client.notice('error').message).toContain('10 s');
    }
  });
});

describe('a token that is not good', () => {
  type Made = (token: string) => string | Promise<string>;
  const bad: [string, string, Made][] = [
    ['no token at all', 'unauthenticated', () => 'not-a-token'],
    ['signed with another secret', 'unauthenticated', (token) => signedAnew(token, {}, randomUUID().repeat(2))],
    ['not signed (alg none)', 'unauthenticated', unsigned],
    ['expired', 'token_expired', (token) => signedAnew(token, { exp: secondsFromNow(-5) })],
    ['for another audience', 'unauthenticated', (token) => signedAnew(token, { aud: 'another-application' })],
    ['for no audience', 'unauthenticated', (token) => signedAnew(token, { aud: undefined })],
    ['of an issuer nobody knows', 'unauthenticated', (token) => signedAnew(token, { iss: 'https://nobody.example' })],
    ['of a role there is not', 'unauthenticated', (token) => signedAnew(token, { role: 'king' })],
    ['that never ends', 'unauthenticated', (token) => signedAnew(token, { exp: undefined })],
    [
      'with a payload changed after it was signed',
      'unauthenticated',
      async (token) => {
        const [header, , signature] = token.split('.');
        return `${header}.${(await signedAnew(token, { role: 'owner', op: true })).split('.')[1]}.${signature}`;
      },
    ],
  ];

  it.each(bad)('%s is refused in the handshake of every namespace: %s', async (_, code, make) => {
    const token = await make((await tenant()).accessToken);
    for (const namespace of namespaces) expect(await refusal(elsewhere, namespace, { token })).toMatchObject({ code });
  });

  it.each(bad)('%s ends the socket that authenticates with it: %s', async (_, code, make) => {
    const token = await make((await tenant()).accessToken);
    for (const namespace of namespaces) {
      const client = await anonymous(elsewhere, namespace);
      expect(await client.ask('authenticate', { token })).toMatchObject({ ok: false, error: { code } });
      await untilGone(client);
      expect(client.notice('error')).toMatchObject({ code });
      expect(client.notice('ready')).toBeUndefined();
    }
  });

  it('on one namespace leaves the others of the connection alone', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const messages = await connect(elsewhere, '/messages', { token: shop.tenant.accessToken });
    const webhooks = alongside(messages, '/webhooks', {});
    await until(() => webhooks.socket.connected, 'a second namespace is connected');
    const token = unsigned(shop.tenant.accessToken);
    expect(await webhooks.ask('authenticate', { token })).toMatchObject({ ok: false });
    await untilGone(webhooks);
    await shop.receives(shop.text(shop.chat(), 'Still there?'));
    await settle(shop, stranger);
    await messages.waitFor('message.received', 2);
    expect(webhooks.events).toEqual([]);
    hangUp(messages);
  });

  it('does not replace the good one of a live socket: that is ended', async () => {
    const owner = await tenant();
    const client = await owner.sockets('/messages', {}, elsewhere);
    const answer = await client.ask('authenticate', { token: unsigned(owner.accessToken) });
    expect(answer).toMatchObject({ ok: false, error: { code: 'unauthenticated' } });
    await untilGone(client);
  });

  it('of another user cannot take over a live socket', async () => {
    const [owner, other] = await Promise.all([tenant(), tenant()]);
    const client = await owner.sockets('/messages', {}, elsewhere);
    const answer = await client.ask('authenticate', { token: other.accessToken });
    expect(answer).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    await untilGone(client);
  });
});
