import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { type Socket as ClientSocket, io as connect } from 'socket.io-client';
import { writeTogether } from './write-together';

type Wire = { transport: { socket: { _socket: { write: (...given: unknown[]) => boolean } } } };

describe('what is sent to a connection in one turn', () => {
  let http: HttpServer;
  let server: Server;
  const clients: ClientSocket[] = [];

  beforeEach(async () => {
    http = createServer();
    server = new Server(http, { perMessageDeflate: false });
    server.engine.on('connection', writeTogether);
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
  });

  afterEach(async () => {
    for (const client of clients.splice(0)) client.disconnect();
    await server.close();
  });

  async function join(transports: string[] = ['websocket']) {
    const { port } = http.address() as AddressInfo;
    const client = connect(`http://127.0.0.1:${port}`, { transports, forceNew: true, reconnection: false });
    clients.push(client);
    const told: unknown[] = [];
    client.on('told', (what: unknown) => told.push(what));
    const connected = once(server, 'connection') as Promise<[import('socket.io').Socket]>;
    const [socket] = await connected;
    const all = () => new Promise<unknown[]>((resolve) => socket.emit('all', () => resolve(told)));
    client.on('all', (answer: () => void) => answer());
    return { socket, all };
  }

  const sizes = [0, 1, 90, 105, 106, 107, 108, 109, 110, 120, 65_510, 65_515, 65_516, 65_520, 65_525, 70_000, 200_000];

  it.each(['websocket', 'polling'])('comes whole and in order, whatever its size, over %s', async (transport) => {
    const { socket, all } = await join([transport]);
    const texts = sizes.flatMap((size) => ['x'.repeat(size), 'ñ😀'.repeat(size / 6)]);
    for (const what of texts) socket.emit('told', what);
    expect(await all()).toEqual(texts);
    for (const what of texts) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      socket.emit('told', what);
    }
    expect(await all()).toEqual([...texts, ...texts]);
  });

  it('comes to all in the order in which it was sent to many and to one', async () => {
    const some = [await join(), await join(), await join(['polling'])];
    server.emit('told', 'to all');
    some[1]!.socket.emit('told', 'to the second');
    server.emit('told', { again: 'to all' });
    server.emit('told', Buffer.from('binary'));
    some[0]!.socket.emit('told', 'to the first');
    server.emit('told', 'last');
    const toAll = ['to all', { again: 'to all' }, Buffer.from('binary')];
    expect(await some[0]!.all()).toEqual([...toAll, 'to the first', 'last']);
    expect(await some[1]!.all()).toEqual([toAll[0], 'to the second', ...toAll.slice(1), 'last']);
    expect(await some[2]!.all()).toEqual([...toAll, 'last']);
  });

  it('leaves in one write', async () => {
    const [first, second] = [await join(), await join()];
    const wireOf = ({ socket }: typeof first) => (socket.conn as unknown as Wire).transport.socket._socket;
    const writes = [first, second].map((one) => jest.spyOn(wireOf(one!), 'write'));
    server.emit('told', 1);
    first!.socket.emit('told', 2);
    server.emit('told', 3);
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect(writes.map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
    expect(await first!.all()).toEqual([1, 2, 3]);
    expect(await second!.all()).toEqual([1, 3]);
  });

  it('is made once for all who are sent the same', async () => {
    const [first, second] = [await join(), await join()];
    const wireOf = ({ socket }: typeof first) => (socket.conn as unknown as Wire).transport.socket._socket;
    const writes = [first, second].map((one) => jest.spyOn(wireOf(one!), 'write'));
    server.emit('told', 'one');
    server.emit('told', 'two');
    await new Promise<void>((resolve) => setImmediate(resolve));
    const [ofFirst, ofSecond] = writes.map(({ mock }) => mock.calls[0]![0]);
    expect(Buffer.isBuffer(ofFirst)).toBe(true);
    expect(ofSecond).toBe(ofFirst);
  });
});
