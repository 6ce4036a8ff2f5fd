import { setImmediate as turn } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { defaultLimits } from './limits';
import { OpenVerifier } from './ports.fixture';
import { listen, startSockets } from './sockets.fixture';

let stop: () => Promise<void>;
const clients: Socket[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) client.disconnect();
  await stop();
});

type Started = Awaited<ReturnType<typeof startSockets>>;

async function start(...given: Parameters<typeof startSockets>): Promise<Started> {
  const server = await startSockets(...given);
  stop = server.stop;
  return server;
}

function connect(
  { url }: Started,
  namespace: string,
  session?: Parameters<typeof OpenVerifier.token>[0],
  more: object = {},
) {
  const socket = io(url + namespace, {
    auth: session ? { token: OpenVerifier.token(session) } : {},
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    ...more,
  });
  clients.push(socket);
  return { socket, ...listen(socket) };
}

const { connections } = defaultLimits;

describe('connections are bounded', () => {
  it('by user, in each namespace; other users are let in, and the user again once one has gone', async () => {
    const server = await start(10_000, { connections: { ...connections, perUser: 2 } });
    const first = connect(server, '/messages', { userId: 'a' });
    await first.next('ready');
    await connect(server, '/messages', { userId: 'a' }).next('ready');
    const third = connect(server, '/messages', { userId: 'a' });
    expect(await third.next('error')).toMatchObject({
      code: 'rate_limited',
      message: expect.stringMatching(/2 sockets/),
    });
    await third.next('disconnect');
    await connect(server, '/contacts', { userId: 'a' }).next('ready');
    await connect(server, '/messages', { userId: 'b' }).next('ready');
    const late = connect(server, '/messages');
    expect(await late.send('authenticate', { token: OpenVerifier.token({ userId: 'a' }) })).toMatchObject({
      ok: false,
      error: { code: 'rate_limited' },
    });
    expect(server.counted).toEqual(['user_full', 'user_full', 'rate_limited']);
    first.socket.disconnect();
    await first.next('disconnect');
    while (server.hub.stats()['/messages']!.clients > 2) await turn();
    await connect(server, '/messages', { userId: 'a' }).next('ready');
  });

  it('by workspace; the next workspace has room of its own', async () => {
    const server = await start(10_000, { connections: { ...connections, perWorkspace: 2 } });
    await connect(server, '/messages', { userId: 'a' }).next('ready');
    await connect(server, '/messages', { userId: 'b' }).next('ready');
    expect(await connect(server, '/messages', { userId: 'c' }).next('error')).toMatchObject({ code: 'rate_limited' });
    await connect(server, '/messages', { userId: 'c', workspaceId: 'w2' }).next('ready');
    expect(server.counted).toEqual(['workspace_full']);
  });

  it('by address: the one too many is refused before it is a connection', async () => {
    const server = await start(10_000, { connections: { ...connections, perAddress: 1 } });
    await connect(server, '/messages', {}).next('ready');
    const second = connect(server, '/messages', {}, { transports: ['polling'] });
    await second.next('connect_error');
    expect(server.counted).toEqual(['address_full']);
    expect(server.hub.census().connections).toBe(1);
  });

  it('by the address that a trusted proxy tells', async () => {
    const limits = { connections: { ...connections, perAddress: 1 } };
    const server = await start(10_000, limits, { TRUST_PROXY: 'loopback' });
    const from = (address: string) => ({ extraHeaders: { 'x-forwarded-for': `10.0.0.1, ${address}` } });
    await connect(server, '/messages', {}, from('203.0.113.1')).next('ready');
    await connect(server, '/messages', {}, from('203.0.113.2')).next('ready');
    await connect(server, '/messages', {}, from('203.0.113.2')).next('connect_error');
    expect(server.counted).toEqual(['address_full']);
  });

  it('while nobody has shown a token', async () => {
    const server = await start(10_000, { connections: { ...connections, unauthenticated: 1 } });
    const anonymous = connect(server, '/messages');
    expect(await anonymous.send('subscriptions')).toMatchObject({ error: { code: 'unauthenticated' } });
    await connect(server, '/messages', {}).next('connect_error');
    await anonymous.send('authenticate', { token: OpenVerifier.token() });
    await connect(server, '/messages', {}).next('ready');
    expect(server.counted).toEqual(['unauthenticated', 'unauthenticated_full']);
  });
});

describe('what one connection may do is bounded', () => {
  it('in sockets: one more than there may be closes it, others stay', async () => {
    const server = await start(10_000, { connections: { ...connections, socketsPerConnection: 2 } });
    const other = connect(server, '/messages', { userId: 'b' });
    await other.next('ready');
    const { socket, next } = connect(server, '/messages', {});
    await next('ready');
    for (const namespace of ['/contacts', '/']) socket.io.socket(namespace, { auth: { token: OpenVerifier.token() } });
    await next('disconnect');
    expect(server.counted).toEqual(['too_many_sockets']);
    expect(await other.send('subscriptions')).toMatchObject({ ok: true });
  });

  it('in refused handshakes, over all namespaces: the last is answered, then it is closed', async () => {
    const server = await start(10_000, { connections: { ...connections, refusedHandshakes: 3 } });
    const { socket, next } = connect(server, '/messages', {});
    await next('ready');
    const refused: unknown[] = [];
    for (const namespace of ['/contacts', '/', '/contacts']) {
      const again = socket.io.socket(namespace, { auth: { token: 'made up' } });
      const answer = new Promise((told) =>
        again.once('connect_error', (error: Error & { data?: unknown }) => told(error.data)),
      );
      refused.push(await answer);
    }
    expect(refused).toEqual(refused.map(() => expect.objectContaining({ code: 'unauthenticated' })));
    await next('disconnect');
    expect(server.counted).toEqual(['token', 'token', 'token', 'too_many_refusals']);
  });
});

describe('what a client sends is bounded', () => {
  it('in messages that wait for their answers', async () => {
    const server = await start(10_000, { messages: { ...defaultLimits.messages, unanswered: 1 } });
    const client = connect(server, '/messages', {});
    await client.next('ready');
    const answers = await Promise.all(Array.from({ length: 3 }, () => client.send('subscriptions')));
    expect(answers.map(({ ok }) => ok)).toEqual([true, false, false]);
    expect(server.counted).toEqual(['rate_limited', 'rate_limited']);
    expect(await client.send('subscriptions')).toMatchObject({ ok: true });
  });

  it('in what a subscription names', async () => {
    const server = await start(10_000, { subscriptions: { types: 1, fields: 1, rooms: 1 } });
    const client = connect(server, '/messages', {});
    await client.next('ready');
    const types = ['message.received', 'message.read'];
    const refused = { ok: false, error: { code: 'invalid', details: { field: 'types' } } };
    expect(await client.send('subscribe', { types })).toMatchObject(refused);
    expect(await client.send('subscribe', { types: types.slice(0, 1) })).toMatchObject({ ok: true });
    expect(await client.send('subscribe', { types: types.slice(1) })).toMatchObject(refused);
    expect(server.counted).toEqual(['invalid', 'invalid']);
  });

  it('in rate: told first, closed when it goes on', async () => {
    const server = await start(10_000, { messages: { perSecond: 1, burst: 5, unanswered: 100 } });
    const client = connect(server, '/messages', {});
    await client.next('ready');
    const answers = await Promise.all(Array.from({ length: 8 }, () => client.send('subscriptions')));
    expect(answers.filter(({ ok }) => !ok)).toHaveLength(3);
    for (let sent = 0; sent < 60; sent++) client.socket.emit('subscriptions');
    await client.next('disconnect');
    expect(client.told).toContainEqual({ type: 'error', body: { code: 'rate_limited', message: expect.any(String) } });
    expect(server.counted).toContain('flood');
    expect(server.hub.stats()['/messages']!.clients).toBe(0);
  });

  it('in size: the connection of a packet too large is closed, others are not', async () => {
    const server = await start(10_000, {}, { SOCKET_PACKET_BYTES: '10000' });
    const other = connect(server, '/messages', {});
    await other.next('ready');
    const client = connect(server, '/messages', {});
    await client.next('ready');
    expect(await client.send('subscribe', { types: ['x'.repeat(9000)] })).toMatchObject({ ok: false });
    client.socket.emit('subscribe', { types: ['x'.repeat(11_000)] });
    await client.next('disconnect');
    expect(await other.send('subscriptions')).toMatchObject({ ok: true });
  });
});

it('takes WebSocket alone where the operator says so', async () => {
  const server = await start(10_000, {}, { SOCKET_TRANSPORTS: 'websocket' });
  await connect(server, '/messages', {}, { transports: ['polling'] }).next('connect_error');
  await connect(server, '/messages', {}).next('ready');
});

it('asks as often as the operator says whether a client is there', async () => {
  const server = await start(10_000, {}, { SOCKET_PING_INTERVAL: '3s', SOCKET_PING_TIMEOUT: '2s' });
  const answer = await fetch(`${server.url}/socket.io/?EIO=4&transport=polling`);
  expect(await answer.text()).toMatch(/"pingInterval":3000,"pingTimeout":2000/);
});
