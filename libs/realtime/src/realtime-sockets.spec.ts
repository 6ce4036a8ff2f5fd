import { formatCursor, namespaces, type Ready, rooms } from '@switchboard/contracts';
import { io, type Socket } from 'socket.io-client';
import { OpenVerifier } from './ports.fixture';
import { listen, startSockets } from './sockets.fixture';

let server: Awaited<ReturnType<typeof startSockets>>;
let log: typeof server.log;
const clients: Socket[] = [];

beforeEach(async () => {
  server = await startSockets();
  log = server.log;
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.disconnect();
  await server.stop();
});

function connect(namespace: string, auth: object, options: object = {}) {
  const socket = io(server.url + namespace, {
    auth,
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    ...options,
  });
  clients.push(socket);
  return { socket, ...listen(socket) };
}

const token = OpenVerifier.token();
const cursor = (sequence: number, epoch = 'epoch1') => formatCursor(epoch, sequence);

describe('a socket with a token', () => {
  it('is told ready with its position and extras, then gets events as they come', async () => {
    log.append('w1', {}, {});
    const client = connect('/messages', { token });
    const ready = await client.next<Ready>('ready');
    expect(ready).toMatchObject({ userId: 'user1', cursor: cursor(2), replayed: 0, unread: { total: 3 } });
    log.tell('w1', {}, { type: 'contact.created' }, {});
    log.tell('w2', {});
    log.tell('w1', {});
    await client.next('message.received', 3);
    expect(client.sequences()).toEqual([3, 5, 6]);
  });

  it('gets what it missed before ready, exactly, across pages and while new events come', async () => {
    log.append('w1', ...Array.from({ length: 37 }, () => ({})));
    server.gateway.meanwhile = () => log.tell('w1', {}, {});
    const client = connect('/messages', { token, cursor: cursor(4) });
    expect(await client.next<Ready>('ready')).toMatchObject({ replayed: 35, cursor: cursor(39) });
    log.tell('w1', {});
    await client.next('message.received', 36);
    expect(client.sequences()).toEqual(Array.from({ length: 36 }, (_, at) => at + 5));
    expect(client.told.findIndex(({ type }) => type === 'ready')).toBe(35);
  });

  it.each([
    ['cursor_expired', () => cursor(3)],
    ['cursor_unknown', () => cursor(21)],
    ['cursor_foreign', () => cursor(7, 'epoch2')],
    ['cursor_invalid', () => 'yesterday'],
  ])('is told to resync instead of a partial replay: %s', async (reason, stale) => {
    log.append('w1', ...Array.from({ length: 20 }, () => ({})));
    log.prune('w1', 5);
    const resync = { reason, refetch: ['/v1/conversations'], cursor: cursor(20) };
    const client = connect('/messages', { token, cursor: stale() });
    expect(await client.next<Ready>('ready')).toMatchObject({ replayed: 0, resync });
    expect(await client.send('resume', { cursor: stale() })).toEqual({
      ok: true,
      data: { replayed: 0, cursor: cursor(20) },
    });
    expect(await client.next('resync')).toEqual(resync);
    expect(client.sequences()).toEqual([]);
    expect(await client.send('resume', { cursor: cursor(18) })).toEqual({
      ok: true,
      data: { replayed: 2, cursor: cursor(20) },
    });
    expect(client.sequences()).toEqual([19, 20]);
  });

  it('gets an event as it was recorded, however deeply nested', async () => {
    log.append('w1', {}, { data: `${'['.repeat(50_000)}${']'.repeat(50_000)}` }, {});
    const client = connect('/messages', { token, cursor: cursor(0) });
    await client.next('ready');
    log.tell('w1', { data: `${'['.repeat(50_000)}${']'.repeat(50_000)}` }, {});
    await client.next('message.received', 5);
    expect(client.sequences()).toEqual([1, 2, 3, 4, 5]);
  });

  it('waits for the database rather than lose an event', async () => {
    log.append('w1', ...Array.from({ length: 12 }, () => ({})));
    log.failures = 5;
    const client = connect('/messages', { token, cursor: cursor(0) });
    expect(await client.next<Ready>('ready')).toMatchObject({ replayed: 12 });
  });

  it('hears of what changed while its ready was made, after it', async () => {
    const event = { id: 'e', type: 'unread.changed', workspaceId: 'w1', occurredAt: '', data: { total: 4 } };
    const message = { namespace: '/messages', audience: [rooms.user('user1')], event } as never;
    server.gateway.meanwhile = () => server.bus.publish(message);
    const client = connect('/messages', { token });
    await client.next('unread.changed');
    expect(client.told.map(({ type }) => type)).toEqual(['ready', 'unread.changed']);
  });

  it('is refused with a code in the handshake', async () => {
    expect(await connect('/messages', { token: 'x' }).next('connect_error')).toMatchObject({ code: 'unauthenticated' });
    expect(
      await connect('/messages', { token: OpenVerifier.token({ expiresAt: 1 }) }).next('connect_error'),
    ).toMatchObject({
      code: 'token_expired',
    });
    expect(await connect('/messages', { token, types: ['no.such'] }).next('connect_error')).toMatchObject({
      code: 'invalid',
      details: { field: 'types' },
    });
    expect(
      await connect('/messages', { token, rooms: [{ kind: 'conversation', id: 'foreign' }] }).next('connect_error'),
    ).toMatchObject({ code: 'forbidden' });
  });

  it('is told what is wrong with its handshake rather than left with a gap: an unknown key, a field where there are none', async () => {
    for (const [auth, field, word] of [
      [{ curser: cursor(1) }, 'curser', 'cursor'],
      [{ fields: ['comments'] }, 'fields', '/webhooks'],
      [{ types: ['message.receive'] }, 'types', 'message.received'],
      [{ rooms: [{ kind: 'planet', id: 'a' }] }, 'rooms', 'channel, conversation, contact, campaign, flow;'],
    ] as const) {
      expect(await connect('/messages', { token, ...auth }).next('connect_error')).toMatchObject({
        code: 'invalid',
        message: expect.stringContaining(word),
        details: { field },
      });
    }
    // What a client of Socket.IO may add by itself.
    await connect('/messages', { token, pid: 'x', offset: 'y' }).next('ready');
  });

  it('is told which namespaces there are when it asks for one that is not there', async () => {
    const details = { namespaces };
    const refused = await connect('/message', { token }).next('connect_error');
    expect(refused).toEqual({ code: 'invalid', message: expect.stringContaining('/messages'), details });
  });

  it('may send it in the Authorization header, over polling too', async () => {
    const headers = { Authorization: `Bearer ${token}` };
    const client = connect('/messages', {}, { transports: ['polling'], extraHeaders: headers });
    expect(await client.next<Ready>('ready')).toMatchObject({ userId: 'user1' });
  });

  it('is told and disconnected when its session ends', async () => {
    const client = connect('/messages', { token });
    const other = connect('/messages', { token: OpenVerifier.token({ id: 'session2' }) });
    await Promise.all([client.next('ready'), other.next('ready')]);
    server.verifier.end({ sessionId: 'session1', reason: 'signed_out' });
    expect(await client.next('session.ended')).toEqual({ reason: 'signed_out' });
    expect(await client.next('disconnect')).toBe('io server disconnect');
    expect(other.socket.connected).toBe(true);
  });

  it('is told before its token ends, and may renew it', async () => {
    const client = connect('/messages', { token: OpenVerifier.token({ expiresAt: Date.now() + 50_000 }) });
    await client.next('session.expiring');
    const expiresAt = Date.now() + 500_000;
    const renewed = await client.send('authenticate', { token: OpenVerifier.token({ id: 'session2', expiresAt }) });
    expect(renewed).toMatchObject({ ok: true, data: { expiresAt: new Date(expiresAt).toISOString() } });
    const foreign = await client.send('authenticate', { token: OpenVerifier.token({ userId: 'user2' }) });
    expect(foreign).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    expect(await client.next('disconnect')).toBe('io server disconnect');
  });
});

describe('a socket without a token', () => {
  it('may only authenticate, and is served then', async () => {
    log.append('w1', {}, {});
    const client = connect('/messages', { cursor: cursor(1) });
    expect(await client.send('subscriptions')).toMatchObject({ ok: false, error: { code: 'unauthenticated' } });
    expect(await client.send('authenticate', { token })).toMatchObject({
      ok: true,
      data: { replayed: 1, cursor: cursor(2) },
    });
    expect(client.sequences()).toEqual([2]);
    expect(client.told.some(({ type }) => type === 'ready')).toBe(true);
  });

  it('is disconnected when refused, and leaves the other namespace of the connection alone', async () => {
    const served = connect('/messages', { token });
    const refused = served.socket.io.socket('/contacts', { auth: {} });
    const told = new Promise((resolve) => refused.on('error', resolve));
    const gone = new Promise((resolve) => refused.on('disconnect', resolve));
    await served.next('ready');
    refused.connect();
    expect(await refused.emitWithAck('authenticate', { token: 'x' })).toMatchObject({
      error: { code: 'unauthenticated' },
    });
    expect(await told).toMatchObject({ code: 'unauthenticated' });
    await gone;
    expect(await served.send('heartbeat')).toMatchObject({ ok: true, data: { cursor: cursor(0) } });
  });
});

describe('messages', () => {
  it('are each answered: with data, or with a code and nothing of the house', async () => {
    const client = connect('/messages', { token });
    await client.next('ready');
    expect(await client.send('note', { text: 'hello' })).toEqual({ ok: true, data: { noted: 'hello' } });
    const failed = await client.send('note', { text: 'fail' });
    expect(failed).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(JSON.stringify(failed)).not.toContain('secret');
    for (const odd of [undefined, null, 5, 'text', [1], { text: 7 }, { text: 'x', more: 1 }, Buffer.from('x')]) {
      expect(await client.send('note', odd)).toMatchObject({ ok: false, error: { code: 'invalid' } });
    }
    const deep = JSON.parse(`${'['.repeat(2000)}${']'.repeat(2000)}`);
    expect(await client.send('note', deep)).toMatchObject({ ok: false, error: { code: 'invalid' } });
    expect(await client.send('note', { text: 7 })).toMatchObject({ error: { details: { field: 'text' } } });
    expect(await client.send('owners_only')).toMatchObject({
      ok: false,
      error: { code: 'forbidden', message: 'This needs the role owner.' },
    });
    expect(await client.send('authenticate', { token: 'x'.repeat(8193) })).toMatchObject({
      error: { code: 'invalid', message: expect.stringContaining('8192'), details: { field: 'token' } },
    });
    expect(await client.send('subscribe', { types: ['message.read'], felds: [] })).toMatchObject({
      error: { code: 'invalid', details: { field: 'felds' } },
    });
    expect(await client.send('no_such')).toMatchObject({ ok: false, error: { code: 'invalid' } });
    client.socket.emit('no_such');
    expect(await client.next('error')).toMatchObject({ code: 'invalid' });
    expect(await client.send('test_connection')).toMatchObject({ ok: true, data: { transport: 'websocket' } });
  });

  it('are limited in rate', async () => {
    await server.stop();
    server = await startSockets(10_000, { messages: { perSecond: 0, burst: 5, unanswered: 100 } });
    const client = connect('/messages', { token });
    await client.next('ready');
    const answers = await Promise.all(Array.from({ length: 9 }, () => client.send('note', { text: 'x' })));
    expect(answers.map((answer) => answer.ok || answer.error.code)).toEqual([
      ...Array(5).fill(true),
      ...Array(4).fill('rate_limited'),
    ]);
  });
});

describe('subscriptions', () => {
  it('leave the sockets alone that shared the old one', async () => {
    const [narrowing, staying] = [connect('/messages', { token }), connect('/messages', { token })];
    await Promise.all([narrowing.next('ready'), staying.next('ready')]);
    await narrowing.send('subscribe', { types: ['message.read'] });
    log.tell('w1', {}, { type: 'message.read' }, {});
    await Promise.all([narrowing.next('message.read'), staying.next('message.received', 2)]);
    log.tell('w1', {});
    await staying.next('message.received', 3);
    expect(await narrowing.send('heartbeat')).toMatchObject({ data: { cursor: cursor(4) } });
    expect(narrowing.sequences()).toEqual([]);
    expect(staying.sequences()).toEqual([1, 3, 4]);
  });

  it('narrow, widen from the head on, and are told', async () => {
    const client = connect('/messages', { token, subscribe: 'none' });
    await client.next('ready');
    log.tell('w1', {});
    const room = { kind: 'conversation', id: 'own-a' };
    expect(await client.send('subscribe', { rooms: [room] })).toMatchObject({
      ok: true,
      data: { all: false, rooms: [room], since: cursor(1) },
    });
    expect(await client.send('subscribe', { rooms: [{ ...room, id: 'b' }] })).toMatchObject({
      error: { code: 'forbidden' },
    });
    log.tell('w1', {}, { audience: [rooms.workspace('w1'), rooms.conversation('own-a')] });
    log.tell('w1', { audience: [rooms.user('user1')] }, { audience: [rooms.user('user2')] });
    await client.next('message.received', 2);
    expect(await client.send('unsubscribe', { rooms: [room] })).toMatchObject({ data: { all: false, rooms: [] } });
    log.tell('w1', { audience: [rooms.workspace('w1'), rooms.conversation('own-a')] });
    expect(await client.send('heartbeat')).toMatchObject({ data: { cursor: cursor(6) } });
    expect(client.sequences()).toEqual([3, 4]);
  });
});

describe('the process', () => {
  it('looks after the time: late authentication, ending tokens, quiet clients', async () => {
    await server.stop();
    server = await startSockets(50, { checkpointAfter: 0 });
    const late = connect('/messages', {});
    const ending = connect('/messages', { token: OpenVerifier.token({ expiresAt: Date.now() + 300 }) });
    const quiet = connect('/messages', { token, subscribe: 'none' });
    await Promise.all([ending.next('ready'), quiet.next('ready')]);
    server.log.tell('w1', {}, {});
    expect(await late.next('error')).toMatchObject({ code: 'unauthenticated' });
    expect(await late.next('disconnect')).toBe('io server disconnect');
    await ending.next('session.expiring');
    expect(await ending.next('session.ended')).toEqual({ reason: 'token_expired' });
    expect(await quiet.next('checkpoint')).toEqual({ cursor: cursor(2) });
  });

  it('counts its sockets and tells them when it drains', async () => {
    const client = connect('/messages', { token });
    const waiting = connect('/messages', {});
    const root = connect('/', {});
    await Promise.all([
      client.next('ready'),
      new Promise((r) => waiting.socket.on('connect', r as never)),
      new Promise((r) => root.socket.on('connect', r as never)),
    ]);
    expect(server.hub.stats()).toMatchObject({
      '/messages': { clients: 2, authenticated: 1, subscriptions: 1, rooms: 1, users: 1 },
      '/': { clients: 1, authenticated: 0 },
    });
    expect(server.hub.connectedUsers('/messages', 'w1')).toEqual(['user1']);
    await server.hub.drain();
    expect(await client.next('server.draining')).toMatchObject({ reconnectAfterMs: expect.any(Number) });
    expect(await client.next('disconnect')).toBe('transport close');
    expect(server.hub.stats()['/messages']).toMatchObject({ clients: 0, users: 0 });
  });

  it('refuses pages of foreign origins, and nobody without one', async () => {
    const foreign = connect('/messages', { token }, { extraHeaders: { Origin: 'https://evil.example' } });
    expect(await foreign.next('connect_error')).toBeDefined();
    const own = connect('/messages', { token }, { extraHeaders: { Origin: server.url } });
    const listed = connect('/messages', { token }, { extraHeaders: { Origin: 'https://app.example.com' } });
    await Promise.all([own.next('ready'), listed.next('ready')]);
  });
});
