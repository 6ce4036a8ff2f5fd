import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo, Socket as Network } from 'node:net';
import { Server, type Socket } from 'socket.io';
import { type Socket as Client, io } from 'socket.io-client';
import { keepLittle } from './lean-sockets';

let http: HttpServer;
let server: Server;
const clients: Client[] = [];

beforeEach(async () => {
  http = createServer();
  server = new Server(http);
  keepLittle(server);
  server.of('/messages');
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await server.close();
});

/** A client on a connection of its own, and its socket at the server. */
async function join(namespace: string): Promise<{ client: Client; socket: Socket; told: string[] }> {
  const opened = new Promise<Socket>((resolve) => server.of(namespace).once('connection', resolve));
  const { port } = http.address() as AddressInfo;
  const client = io(`http://127.0.0.1:${port}${namespace}`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
  });
  clients.push(client);
  const told: string[] = [];
  client.on('word', (word: string) => told.push(word));
  await new Promise<void>((resolve) => client.once('connect', resolve));
  return { client, socket: await opened, told };
}

const answers = (client: Client) => new Promise<void>((resolve) => client.once('done', resolve));

describe.each(['/', '/messages'])('sockets of %s that keep little', (namespace) => {
  it('are addressed by id and by room, alone and together, each once', async () => {
    const [a, b, c] = [await join(namespace), await join(namespace), await join(namespace)];
    await b.socket.join('group');
    await c.socket.join('group');
    const all = server.of(namespace);
    all.to(a.socket.id).emit('word', 'to a');
    all.to('group').emit('word', 'to the group');
    all.to([a.socket.id, b.socket.id, 'group', 'nobody']).emit('word', 'to all three');
    all.except(b.socket.id).emit('word', 'not to b');
    const done = Promise.all([a, b, c].map(({ client }) => answers(client)));
    all.emit('done');
    await done;
    expect(a.told).toEqual(['to a', 'to all three', 'not to b']);
    expect(b.told).toEqual(['to the group', 'to all three']);
    expect(c.told).toEqual(['to the group', 'to all three', 'not to b']);
  });

  it('leave nothing behind', async () => {
    const { client, socket } = await join(namespace);
    await socket.join('group');
    const { rooms, sids } = server.of(namespace).adapter;
    expect([...rooms.keys()]).toEqual(['group']);
    expect(socket.rooms).toEqual(new Set([socket.id, 'group']));
    const gone = new Promise((resolve) => socket.once('disconnect', resolve));
    client.close();
    await gone;
    expect([rooms.size, sids.size, rooms.has(socket.id)]).toEqual([0, 0, false]);
  });

  it('do not keep the request of their handshake, and share what is told of it', async () => {
    const { client, socket } = await join(namespace);
    const other = new Promise<Socket>((resolve) => server.of('/other').once('connection', resolve));
    client.io.socket('/other').connect();
    expect((await other).handshake).toBe(socket.handshake);
    const network = (socket.conn.transport as unknown as { socket: { _socket: Network } }).socket._socket;
    expect(network.rawListeners('close').filter((each) => 'listener' in each)).toEqual([]);
  });

  it('keep no acknowledgement', async () => {
    const { socket } = await join(namespace);
    expect(() => socket.emit('word', 'answer me', () => undefined)).toThrow('lean-sockets.ts');
  });
});
