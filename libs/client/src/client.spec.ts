import { connect, type SwitchboardClient } from './client';
import type { ClientOptions } from './options';
import { cursorAt, Script, type ScriptedManager, type ScriptedSocket } from './scripted-socket-io.fixture';
import type { TokenRequest } from './tokens';

let script: Script;
jest.mock('socket.io-client', () => {
  const { ScriptedManager: Manager } = jest.requireActual('./scripted-socket-io.fixture');
  return {
    Manager: function connected(): ScriptedManager {
      return new Manager(script);
    },
  };
});

const clients: SwitchboardClient[] = [];
beforeEach(() => {
  jest.useFakeTimers({ now: new Date('2026-11-22T10:00:00Z'), doNotFake: ['queueMicrotask', 'nextTick'] });
  jest.spyOn(Math, 'random').mockReturnValue(1);
  script = new Script();
});
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
  jest.restoreAllMocks();
  jest.useRealTimers();
});

const pass = (ms = 0) => jest.advanceTimersByTimeAsync(ms);
/** A key says who it is of without a question to the server. */
const key = async () => 'sbk_key';

function open(options: Partial<ClientOptions> = {}): SwitchboardClient {
  const client = connect({ url: 'http://server/', token: key, ...options });
  clients.push(client);
  return client;
}

const status = (client: SwitchboardClient) => client.connection.current.status;
const message = (sequence: number, type = 'message.received') => ({
  id: String(sequence),
  type,
  workspaceId: 'shop',
  occurredAt: '2026-11-22T10:00:00Z',
  cursor: cursorAt(sequence),
  data: {},
});
const refuse = (socket: ScriptedSocket, code: string) =>
  socket.emit('connect_error', Object.assign(new Error(code), { data: { code, message: `It is ${code}.` } }));

describe('a connection that is lost', () => {
  it('is made again after waits that double, and the state says when', async () => {
    const client = open();
    await pass();
    expect(status(client)).toBe('online');
    script.reachable = false;
    script.connection.emit('close', 'transport close');
    expect(status(client)).toBe('recovering');
    await pass(1000);
    expect(script.managers).toHaveLength(2);
    expect(client.connection.current).toMatchObject({ status: 'offline', retryAt: '2026-11-22T10:00:03.000Z' });
    await pass(1999);
    expect(script.managers).toHaveLength(2);
    await pass(1);
    expect(script.managers).toHaveLength(3);
    script.reachable = true;
    await pass(4000);
    expect(client.connection.current).toMatchObject({ status: 'online', retryAt: undefined, error: undefined });
  });

  it('of a server that stops is made again when that server says', async () => {
    const client = open();
    await pass();
    script.socket('/').hear('server.draining', { reconnectAfterMs: 7000 });
    script.connection.emit('close', 'transport close');
    await pass(6999);
    expect(script.managers).toHaveLength(1);
    await pass(1);
    expect(script.managers).toHaveLength(2);
    expect(status(client)).toBe('online');
  });

  it('without a word is noticed by a heartbeat that stays unanswered', async () => {
    const client = open();
    await pass();
    delete script.answers.heartbeat;
    await pass(25_000 + 9999);
    expect(status(client)).toBe('online');
    await pass(1);
    expect(client.connection.current).toMatchObject({ status: 'recovering', error: { code: 'timeout' } });
    await pass(1000);
    expect(script.managers).toHaveLength(2);
  });

  it('is made again at once when somebody asks for it', async () => {
    script.reachable = false;
    const client = open();
    await pass();
    expect(status(client)).toBe('offline');
    script.reachable = true;
    client.reconnect();
    await pass();
    expect(status(client)).toBe('online');
  });

  it('is not made again by a client that was closed', async () => {
    const client = open();
    await pass();
    client.close();
    await pass(120_000);
    expect(script.managers).toHaveLength(1);
    expect(status(client)).toBe('closed');
  });
});

describe('namespaces', () => {
  it('are joined by their first listener and left a while after their last', async () => {
    const client = open();
    await pass();
    expect(script.connection.sockets.map(({ name }) => name)).toEqual(['/']);
    const stops = [client.on('message.received', () => undefined), client.on('message.sent', () => undefined)];
    await pass();
    expect(script.connection.sockets.map(({ name }) => name)).toEqual(['/', '/messages']);
    stops[0]!();
    stops[0]!();
    await pass(10_000);
    expect(script.socket('/messages').connected).toBe(true);
    stops[1]!();
    await pass(4999);
    expect(script.socket('/messages').connected).toBe(true);
    await pass(1);
    expect(script.socket('/messages').connected).toBe(false);
    expect(status(client)).toBe('online');
  });

  it('are left by each who listened once, however often they say so', async () => {
    const client = open({ linger: 0 });
    const [first, second] = [client.listen('/messages'), client.listen('/messages')];
    await pass();
    first();
    first();
    await pass(10);
    expect(client.listens('/messages')).toBe(true);
    second();
    await pass(10);
    expect(client.listens('/messages')).toBe(false);
  });

  it('go on from their own cursors, and drop what they were told before', async () => {
    const client = open();
    const told: string[] = [];
    client.on('message.received', ({ id }) => told.push(id));
    client.on('contact.created', ({ id }) => told.push(id));
    await pass();
    script.socket('/messages').hear('message.received', message(5));
    script.socket('/contacts').hear('contact.created', message(3, 'contact.created'));
    script.socket('/messages').hear('checkpoint', { cursor: cursorAt(9) });
    script.connection.emit('close', 'transport close');
    await pass(1000);
    expect(script.socket('/messages').auths).toEqual([{ token: 'sbk_key', cursor: cursorAt(9) }]);
    expect(script.socket('/contacts').auths).toEqual([{ token: 'sbk_key', cursor: cursorAt(3) }]);
    script.socket('/messages').hear('message.received', message(9));
    script.socket('/messages').hear('message.received', message(10));
    expect(told).toEqual(['5', '3', '10']);
  });

  it('that are refused are told as an error and not asked for again; the others are served', async () => {
    script.joined = (socket) => (socket.name === '/contacts' ? refuse(socket, 'forbidden') : socket.beReady());
    const client = open();
    const errors: unknown[] = [];
    client.on('error', (error) => errors.push(error));
    client.on('contact.created', () => undefined);
    client.on('message.received', () => undefined);
    await pass(60_000);
    expect(errors).toEqual([{ namespace: '/contacts', code: 'forbidden', message: 'It is forbidden.' }]);
    expect(script.socket('/contacts').auths).toHaveLength(1);
    expect(status(client)).toBe('online');
  });

  it('that fail for a moment are asked for again', async () => {
    script.joined = (socket) => (socket.auths.length === 1 ? refuse(socket, 'internal') : socket.beReady());
    const client = open();
    client.on('message.received', () => undefined);
    await pass();
    expect(status(client)).toBe('connecting');
    await pass(1000);
    expect(script.socket('/messages').auths).toHaveLength(2);
    expect(status(client)).toBe('online');
  });
});

describe('listeners', () => {
  it('that fail keep no other from being told, and are told of', async () => {
    const client = open();
    const told: string[] = [];
    const errors: unknown[] = [];
    client.on('error', ({ code, cause }) => errors.push([code, cause]));
    const thrown = new Error('thrown');
    client.on('message.received', () => {
      throw thrown;
    });
    client.on('message.received', () => Promise.reject(thrown) as unknown as undefined);
    client.on('message.received', ({ id }) => told.push(id));
    await pass();
    script.socket('/messages').hear('message.received', message(5));
    await pass();
    expect(told).toEqual(['5']);
    expect(errors).toEqual([
      ['listener', thrown],
      ['listener', thrown],
    ]);
    expect(client.cursor('/messages')).toBe(cursorAt(5));
  });
});

describe('a session that is about to end', () => {
  it('is renewed in every namespace with one new token', async () => {
    const asked: TokenRequest[] = [];
    const client = open({
      token: async (request) => {
        asked.push(request);
        return `sbk_${asked.length}`;
      },
    });
    client.listen('/messages');
    client.listen('/contacts');
    await pass();
    const sockets = ['/messages', '/contacts'].map((name) => script.socket(name));
    for (const socket of sockets) socket.hear('session.expiring', { expiresAt: '' });
    await pass();
    expect(asked).toEqual([{}, { replace: 'sbk_1' }]);
    for (const socket of sockets)
      expect(socket.asked).toContainEqual({ message: 'authenticate', body: { token: 'sbk_2' } });
    expect(script.managers).toHaveLength(1);
  });

  it('is unauthorized once two tokens were refused, and asks no more', async () => {
    script.joined = (socket) => refuse(socket, 'token_revoked');
    const token = jest.fn(key);
    const client = open({ token });
    await pass(600_000);
    expect(token.mock.calls).toEqual([[{}], [{ replace: 'sbk_key' }]]);
    expect(client.connection.current).toMatchObject({ status: 'unauthorized', error: { code: 'token_revoked' } });
  });

  it('that ends again and again does not keep the server busy', async () => {
    const client = open();
    await pass();
    for (let ends = 0; ends < 5; ends++) {
      script.socket('/').hear('session.ended', { reason: 'role_changed' });
      await pass();
    }
    expect(script.managers.length).toBeLessThanOrEqual(2);
    await pass(60_000);
    expect(status(client)).toBe('online');
  });
});

describe('a question over the socket', () => {
  it('that is not answered in time, or cannot be asked, says which', async () => {
    const client = open();
    client.listen('/messages');
    await pass();
    const unanswered = client.request('message.mark_read', { conversationId: 'a' }).catch((error) => error.code);
    await pass(10_000);
    expect(await unanswered).toBe('timeout');
    script.reachable = false;
    script.connection.emit('close', 'transport close');
    const unasked = client.request('message.mark_read', { conversationId: 'a' }).catch((error) => error.code);
    await pass(10_000);
    expect(await unasked).toBe('offline');
  });
});
