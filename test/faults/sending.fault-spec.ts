import { sends } from '@switchboard/simulator';
import { Redis } from 'ioredis';
import { ApiClient } from '../support/api-client';
import { Desk, type DeskOptions, simulatedGraph } from '../support/desk';
import type { ServerProcess } from '../support/server-process';
import { startTopology, type Topology } from '../support/topology';
import { until } from '../support/until';
import { service } from './support/services';
import { Store } from './support/store';

jest.setTimeout(120_000);

const customers = 12;
const each = 10;

describe('while messages are being sent', () => {
  let topology: Topology;
  let second: ServerProcess;
  const desks: Desk[] = [];

  beforeAll(async () => {
    // Calls that a kill leaves without an owner are unknown after 40 s, and end soon after.
    topology = await startTopology('cluster', { ...simulatedGraph, UNKNOWN_SEND_TIMEOUT: '2s' });
    second = topology.add('worker-2', 'worker');
  });
  afterEach(() => Promise.all(desks.splice(0).map((desk) => desk.close())));
  afterAll(() => topology?.stop());

  const first = () => topology.workers[0]!;

  async function open(platform: 'whatsapp' | 'messenger', options: DeskOptions = {}): Promise<Desk> {
    const desk = await Desk.open(topology, platform, options);
    desks.push(desk);
    return desk;
  }

  /** Has each customer be sent so many messages, one after the other, and lets a fault happen once some are on their way. */
  async function queue(desk: Desk, of = { customers, each }): Promise<string[]> {
    const conversations = await desk.customers(of.customers);
    const rounds = Array.from({ length: of.each }, (_, n) => n);
    for (const n of rounds) {
      await desk.sends(conversations.map((conversationId, at) => ({ conversationId, text: `${at}: ${n}` })));
    }
    return conversations;
  }

  const received = (desk: Desk, count: number) =>
    until(() => desk.received.length >= count, `${count} messages were received (so far ${desk.received.length})`);

  /** Waits until nothing is under way any more, and compares what the customers received with what the desk shows. */
  async function judge(desk: Desk, total: number, ms = 20_000): Promise<{ failed: number }> {
    const settled = async () => {
      const sent = await desk.sent();
      return sent.every(({ status }) => !['queued', 'unknown'].includes(status)) ? sent : undefined;
    };
    const sent = await until(settled, 'every message has ended', ms);
    expect(sent).toHaveLength(total);
    expect(desk.graph.messages.repeated()).toEqual([]);
    const texts = desk.received.map(({ text }) => text);
    expect(new Set(texts).size).toBe(texts.length);
    for (let at = 0; at < customers; at++) {
      const numbers = texts.filter((text) => text.startsWith(`${at}: `)).map((text) => Number(text.split(' ')[1]));
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    }
    const failed = sent.filter(({ status }) => status === 'failed');
    expect(failed.map(({ error }) => error.reason)).toEqual(failed.map(() => 'outcome_unknown'));
    // Failed means not received, and all else was.
    expect(texts.sort()).toEqual(
      sent
        .filter(({ status }) => status !== 'failed')
        .map(({ content }) => content.text)
        .sort(),
    );
    return { failed: failed.length };
  }

  it('a worker that is killed sends nothing twice, and what nobody can know ends', async () => {
    const pair = [await open('whatsapp'), await open('messenger')];
    const slow = { customers, each: 6 };
    for (const desk of pair) desk.graph.always(sends).delay(150);
    const queued = Promise.all(pair.map((desk) => queue(desk, slow)));
    await Promise.all(pair.map((desk) => received(desk, 10)));
    await first().stop('SIGKILL');
    await queued;
    await first().start();
    for (const desk of pair) {
      const { failed } = await judge(desk, slow.customers * slow.each, 60_000);
      // At most what it had in its hands: one for each conversation.
      expect(failed).toBeLessThanOrEqual(slow.customers);
    }
  });

  it('a worker that is told to stop finishes its calls, and leaves the rest to others', async () => {
    const desk = await open('whatsapp');
    desk.graph.always(sends).delay(500);
    const queued = queue(desk, { customers, each: 3 });
    await until(() => desk.graph.messages.count > 3, 'calls are under way');
    expect(await first().stop('SIGTERM')).toBe(0);
    await queued;
    desk.graph.calm();
    await first().start();
    expect(await judge(desk, customers * 3)).toEqual({ failed: 0 });
    const { api } = desk.tenant;
    const { body } = await api.get('/v1/events?limit=1000');
    expect(body.items.filter(({ type }: { type: string }) => type === 'message.unknown')).toEqual([]);
  });

  it('a worker that stood still past its lease sends nothing that another has sent or ended', async () => {
    await second.start();
    const desk = await open('messenger');
    desk.graph.always(sends).delay(100);
    const queued = queue(desk);
    await received(desk, 10);
    // Whichever of them has the channel: one stands still past its lease while the other works, then the other way round.
    for (const one of [first(), second]) {
      const since = performance.now();
      one.signal('SIGSTOP');
      await until(() => performance.now() - since > 11_000, 'its lease is over');
      one.signal('SIGCONT');
    }
    await queued;
    await judge(desk, customers * each, 60_000);
    await second.stop();
  });

  it('a restart of PostgreSQL loses no answer, and has nothing sent twice', async () => {
    const desk = await open('whatsapp');
    desk.graph.always(sends).delay(200);
    await queue(desk, { customers, each: 6 });
    await received(desk, 20);
    await service('restart', 'postgres', 'immediate');
    await judge(desk, customers * 6, 60_000);
  });

  it('a Redis that forgets all it knew is not missed', async () => {
    const desk = await open('messenger');
    desk.graph.always(sends).delay(100);
    await queue(desk, { customers, each: 6 });
    await received(desk, 20);
    const redis = new Redis(process.env.REDIS_URL!);
    await redis.flushall();
    redis.disconnect();
    expect(await judge(desk, customers * 6)).toEqual({ failed: 0 });
  });

  it('an answer that cannot be stored keeps none of the others waiting', async () => {
    const store = new Store(topology.databaseUrl!);
    await store.rows(
      `alter table messages add constraint poison check (platform_message_id is null or content ->> 'text' is distinct from 'Poison')`,
    );
    const silent = { sentAfterMs: false, deliveredAfterMs: false, readAfterMs: false } as const;
    const desk = await open('whatsapp', { callbacks: silent });
    const conversations = await desk.customers(5);
    const words = (at: number) => (at === 2 ? 'Poison' : `${at}: 0`);
    await desk.sends(conversations.map((conversationId, at) => ({ conversationId, text: words(at) })));
    await received(desk, 5);
    const byText = async () => new Map((await desk.sent()).map(({ content, status }) => [content.text, status]));
    await until(
      async () => [...(await byText()).values()].filter((one) => one === 'sent').length === 4,
      'four are sent',
    );
    await until(async () => (await byText()).get('Poison') !== 'queued', 'what became of the fifth is unknown');
    await store.rows('alter table messages drop constraint poison');
    // Meta tells it once more, when it can be stored.
    const poison = desk.graph.messages.all().find(({ body }) => JSON.stringify(body).includes('Poison'))!;
    desk.graph.tell(poison, { tells: 'delivered', afterMs: 0 });
    await until(async () => (await byText()).get('Poison') === 'delivered', 'it is known to be delivered');
    expect(desk.graph.messages.repeated()).toEqual([]);
  });

  it('a channel connected through one process sends at once through another that had refused', async () => {
    const desk = await open('messenger', { connected: false });
    const [conversationId] = await desk.customers(1);
    const elsewhere = new ApiClient(topology.apis.at(-1)!.url, desk.tenant.api.token);
    const send = (text: string, more: object = {}) =>
      elsewhere.post(`/v1/conversations/${conversationId}/messages`, { content: { type: 'text', text }, ...more });
    expect((await send('Too early')).body.code).toBe('channel_disconnected');
    expect((await send('0: 0', { whenDisconnected: 'hold' })).status).toBe(201);
    await desk.connect();
    expect((await send('0: 1', { whenDisconnected: 'hold' })).status).toBe(201);
    expect((await send('0: 2')).status).toBe(201);
    await received(desk, 3);
    expect(desk.received.map(({ text }) => text)).toEqual(['0: 0', '0: 1', '0: 2']);
  });
});
