import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { deliver, Simulator, type SimulatorOptions, verify } from '@switchboard/simulator';

const secret = 'receiver secret';

async function listening(server: Server, port = 0): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const closed = (server: Server) => new Promise((resolve) => server.close(resolve));

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
}

/** A receiver that checks signatures and answers as told. */
class Receiver {
  readonly bodies: Buffer[] = [];
  readonly sockets = new Set<Socket>();
  readonly #server: Server;
  respond: (request: IncomingMessage, response: ServerResponse) => void = (_, response) => response.end();

  constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => this.#answer(request, response, Buffer.concat(chunks)));
    });
    this.#server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  async open(): Promise<string> {
    return `http://127.0.0.1:${await listening(this.#server)}/webhooks/meta`;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await closed(this.#server);
  }

  #answer(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
    const expected = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
    if (request.method === 'POST' && request.headers['x-hub-signature-256'] !== expected) {
      response.writeHead(401).end();
      return;
    }
    if (request.method === 'POST') this.bodies.push(body);
    this.respond(request, response);
  }
}

describe('the simulator against a receiver', () => {
  let receiver: Receiver;
  let url: string;
  const running: Simulator[] = [];

  beforeEach(async () => {
    receiver = new Receiver();
    url = await receiver.open();
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((simulator) => simulator.stop()));
    await receiver.close();
  });

  function play(options: Partial<SimulatorOptions>): Simulator {
    const simulator = new Simulator({ url, secret, retryBaseMs: 5, retryCapMs: 20, ...options });
    running.push(simulator);
    simulator.start();
    return simulator;
  }

  const everything = () => receiver.bodies.map((body) => body.toString('latin1')).join('\n');

  it('has everything acknowledged that the receiver got, and the receiver got everything', async () => {
    const ledger = await play({ count: 500, batch: 10 }).drain();

    expect(ledger.acknowledged()).toHaveLength(500);
    expect(ledger.unacknowledged()).toEqual([]);
    const received = everything();
    for (const { messageId } of ledger.expectedMessages()) {
      expect(received).toContain(messageId.replaceAll('/', '\\/'));
    }
  });

  it('sends again what was answered 503 or cut off, until it is acknowledged', async () => {
    let requests = 0;
    receiver.respond = (request, response) => {
      requests++;
      if (requests % 3 === 1) response.writeHead(503).end();
      else if (requests % 3 === 2) request.socket.destroy();
      else response.end();
    };
    const simulator = play({ count: 60, connections: 4, attempts: 1_000 });
    const ledger = await simulator.drain();

    expect(ledger.acknowledged()).toHaveLength(60);
    expect(simulator.counts).toMatchObject({ acknowledged: 60, waiting: 0, givenUp: 0 });
    expect(simulator.counts.refused).toBeGreaterThan(0);
    expect(simulator.counts.failed).toBeGreaterThan(0);
    expect(simulator.counts.retried).toBe(simulator.counts.refused + simulator.counts.failed);
  });

  it('gives a body up after its last attempt and says so', async () => {
    receiver.respond = (_, response) => response.writeHead(500).end();
    const simulator = play({ count: 3, attempts: 3 });
    const ledger = await simulator.drain();

    expect(ledger.acknowledged()).toEqual([]);
    expect(ledger.unacknowledged().map(({ timesSent }) => timesSent)).toEqual([3, 3, 3]);
    expect(simulator.counts).toMatchObject({ sent: 9, givenUp: 3, waiting: 0 });
  });

  it('rides out a receiver that is away for a while', async () => {
    await receiver.close();
    const simulator = play({ count: 20, attempts: 1_000 });
    await until(() => simulator.counts.failed >= 40);
    const back = createServer((_, response) => response.end());
    await listening(back, Number(new URL(url).port));
    const ledger = await simulator.drain();
    await closed(back);

    expect(ledger.acknowledged()).toHaveLength(20);
  });

  it('is refused what it forged, once, and does not insist', async () => {
    const simulator = play({ count: 200, badSignatures: 0.5 });
    const ledger = await simulator.drain();

    expect(ledger.forged().length).toBeGreaterThan(50);
    expect(ledger.forged().every(({ timesSent }) => timesSent === 1)).toBe(true);
    expect(ledger.acceptedForgeries()).toEqual([]);
    expect(simulator.counts.refused).toBe(ledger.forged().length);
    expect(everything()).not.toContain('Forger');
  });

  it('finds out a receiver that accepts forgeries', async () => {
    const gullible = createServer((_, response) => response.end());
    const port = await listening(gullible);
    const ledger = await play({ url: `http://127.0.0.1:${port}`, count: 20, badSignatures: 1 }).drain();
    await closed(gullible);

    expect(ledger.acceptedForgeries()).toHaveLength(20);
    expect(ledger.acknowledged()).toHaveLength(20);
  });

  it('delivers duplicates as the same bytes and counts each fact once', async () => {
    const simulator = play({ count: 100, duplicates: 1 });
    const ledger = await simulator.drain();

    expect(simulator.counts.sent).toBe(200);
    expect(new Set(receiver.bodies.map((body) => body.toString('latin1'))).size).toBe(100);
    expect(ledger.acknowledgedCount).toBe(100);
    expect(ledger.acknowledged().every(({ timesSent }) => timesSent === 2)).toBe(true);
  });

  it('gets a body of nearly 3 MB and one of broken JSON through', async () => {
    const ledger = await play({ count: 1, huge: 1, malformed: 1 }).drain();
    const sizes = receiver.bodies.map(({ length }) => length);

    expect(Math.max(...sizes)).toBeGreaterThan(2_500_000);
    expect(ledger.malformedAcknowledged).toBe(1);
    expect(ledger.acknowledged().length).toBeGreaterThan(100);
  });

  it('stops at once and leaves no connection open', async () => {
    receiver.respond = () => {};
    const simulator = play({ rate: 1_000 });
    const drained = simulator.drain();
    await until(() => receiver.sockets.size > 0);
    await simulator.stop();
    await drained;
    await until(() => receiver.sockets.size === 0);

    expect(simulator.counts.waiting).toBe(0);
  });

  it('keeps its connections', async () => {
    let opened = 0;
    receiver.respond = (_, response) => {
      opened = Math.max(opened, receiver.sockets.size);
      response.end();
    };
    await play({ count: 300, connections: 3 }).drain();

    expect(opened).toBeLessThanOrEqual(3);
  });

  it('knows whether the receiver verifies', async () => {
    receiver.respond = (request, response) => {
      const query = new URL(request.url ?? '', url).searchParams;
      const known = query.get('hub.mode') === 'subscribe' && query.get('hub.verify_token') === 'token';
      response.writeHead(known ? 200 : 403).end(known ? query.get('hub.challenge') : 'no');
    };

    await expect(verify(url, 'token')).resolves.toBe(true);
    await expect(verify(url, 'other')).resolves.toBe(false);
  });

  it('delivers a single body, signed or not', async () => {
    await expect(deliver(url, '{"é":1}', { secret })).resolves.toEqual({ status: 200 });
    await expect(deliver(url, '{}', { secret: 'wrong' })).resolves.toEqual({ status: 401 });
    await expect(deliver(url, '{}', { signature: null })).resolves.toEqual({ status: 401 });
    await expect(deliver('http://127.0.0.1:1', '{}', { secret })).resolves.toEqual({ error: 'ECONNREFUSED' });
  });
});
