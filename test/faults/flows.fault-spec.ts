import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Redis } from 'ioredis';
import { Desk, simulatedGraph } from '../support/desk';
import type { ServerProcess } from '../support/server-process';
import { startTopology, type Topology } from '../support/topology';
import { until } from '../support/until';
import { service } from './support/services';

jest.setTimeout(240_000);

// biome-ignore lint/suspicious/noExplicitAny: a test checks bodies by what they hold
type Body = any;

const customers = 120;
const says = (text: string, next?: string) => ({
  ...{ do: 'send', content: { type: 'text', text } },
  ...(next ? { next } : {}),
});

describe('while hundreds of executions run', () => {
  let topology: Topology;
  let second: ServerProcess;
  let other: Server;
  /** Contacts that the other system was told of, each time it was. */
  const told: string[] = [];
  const desks: Desk[] = [];

  beforeAll(async () => {
    other = createServer(async (request, reply) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      told.push((JSON.parse(body) as { contact: string }).contact);
      setTimeout(() => reply.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}'), 150);
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    topology = await startTopology('cluster', {
      ...simulatedGraph,
      ...{ UNKNOWN_SEND_TIMEOUT: '2s', FLOW_HTTP_ORIGINS: 'http://127.0.0.1:*' },
    });
    second = topology.add('worker-2', 'worker');
    await second.start();
  });
  afterEach(() => Promise.all(desks.splice(0).map((desk) => desk.close())));
  afterAll(async () => {
    await topology?.stop();
    other.closeAllConnections();
    other.close();
  });

  const first = () => topology.workers[0]!;

  /** A flow of everything that may be torn: sends, a wait, a call, and what is told of it all. Everybody begins it at once. */
  async function start(): Promise<Desk> {
    const desk = await Desk.open(topology, 'whatsapp', { account: { messagesPerSecond: 80 } });
    desks.push(desk);
    told.length = 0;
    const { port } = other.address() as AddressInfo;
    const definition = {
      ...{ format: 1, triggers: [{ on: 'message' }], start: 'one' },
      steps: {
        one: says('One', 'wait'),
        wait: { do: 'wait', for: '2s', next: 'two' },
        two: says('Two', 'call'),
        call: {
          ...{ do: 'http', method: 'POST', url: `http://127.0.0.1:${port}/`, body: { contact: '{{ contact.id }}' } },
          ...{ timeout: '2s', next: 'mark', onError: 'mark' },
        },
        mark: { do: 'set', vars: { marked: 'true' }, next: 'three' },
        three: says('Three'),
      },
    };
    const { api } = desk.tenant;
    const { id } = await api.made('/v1/flows', { name: 'Torn', definition });
    expect((await api.post(`/v1/flows/${id}/publish`)).body).toMatchObject({ state: 'published' });
    await desk.customers(customers);
    return desk;
  }

  const received = (desk: Desk, count: number) =>
    until(
      () => desk.received.length >= count,
      `${count} messages were received (so far ${desk.received.length})`,
      90_000,
    );

  /** Waits until everybody is through, and compares what the history says with what was received. */
  async function judge(desk: Desk): Promise<void> {
    const { api } = desk.tenant;
    const executions = await until(
      async () => {
        const all: Body[] = await api.all('/v1/flow-executions');
        return all.length === customers && all.every(({ state }) => state === 'completed') ? all : undefined;
      },
      'everybody is through',
      120_000,
    );
    expect(new Set(executions.map(({ contactId }) => contactId)).size).toBe(customers);
    const atRest = async () => (await desk.sent()).every(({ status }) => !['queued', 'unknown'].includes(status));
    await until(atRest, 'every message has come to rest', 90_000);
    expect(desk.graph.messages.repeated()).toEqual([]);
    // Nobody received anything twice; what somebody did not receive has failed, and says that nobody knew.
    const got = desk.received.map(({ recipient, text }) => `${recipient} ${text}`);
    expect(new Set(got).size).toBe(got.length);
    const sent = await desk.sent();
    expect(sent).toHaveLength(3 * customers);
    const failed = sent.filter(({ status }) => status === 'failed');
    expect(failed.map(({ error }) => error.reason)).toEqual(failed.map(() => 'outcome_unknown'));
    expect(got).toHaveLength(sent.length - failed.length);
    // What is unknown may have been done; whatever is known was done once.
    const histories: Body[] = [];
    for (const { id } of executions) histories.push((await api.get(`/v1/flow-executions/${id}`)).body);
    expect(new Set(told).size).toBe(told.length);
    for (const { steps, contactId } of histories) {
      expect(steps.map(({ step }: Body) => step)).toEqual(['one', 'wait', 'two', 'call', 'mark', 'three']);
      const { state } = steps[3];
      expect(['completed', 'unknown']).toContain(state);
      if (state === 'completed') expect(told).toContain(contactId);
    }
  }

  it('workers that are killed one after the other do no step twice, and lose none', async () => {
    const desk = await start();
    for (const [count, worker] of [
      [40, first()],
      [120, second],
      [180, first()],
      [260, second],
    ] as const) {
      await received(desk, count);
      await worker.stop('SIGKILL');
      await worker.start();
    }
    await judge(desk);
  });

  it('a Redis that forgets all it knew and a restart of PostgreSQL change nothing for anybody', async () => {
    const desk = await start();
    await received(desk, 40);
    const redis = new Redis(process.env.REDIS_URL!);
    await redis.flushall();
    redis.disconnect();
    await received(desk, 160);
    await service('restart', 'postgres', 'immediate');
    await judge(desk);
  });

  it('two workers for whom all is due at the same moment do each step once between them', async () => {
    const desk = await start();
    await received(desk, customers / 2);
    for (const worker of [first(), second]) worker.signal('SIGSTOP');
    const since = performance.now();
    await until(() => performance.now() - since > 2500, 'every wait is over that had begun');
    for (const worker of [first(), second]) worker.signal('SIGCONT');
    await judge(desk);
  });
});
