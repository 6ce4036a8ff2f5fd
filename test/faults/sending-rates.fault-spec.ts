import { Redis } from 'ioredis';
import { Desk, simulatedGraph } from '../support/desk';
import { startTopology, type Topology } from '../support/topology';
import { until } from '../support/until';

jest.setTimeout(120_000);

describe('two workers on one WhatsApp number', () => {
  let topology: Topology;
  let redis: Redis;
  const desks: Desk[] = [];

  beforeAll(async () => {
    redis = new Redis(process.env.REDIS_URL!);
    topology = await startTopology('cluster', simulatedGraph);
    await topology.add('worker-2', 'worker').start();
  });
  afterEach(() => Promise.all(desks.splice(0).map((desk) => desk.close())));
  afterAll(async () => {
    redis?.disconnect();
    await topology?.stop();
  });

  /**
   * Each of so many customers is sent one message; the channel changes hands while they leave.
   * @param allowed messages a second that Meta takes
   * @param told what Meta says of the number
   */
  async function campaign(count: number, allowed: number, told = allowed): Promise<Desk> {
    const silent = { sentAfterMs: false, deliveredAfterMs: false, readAfterMs: false } as const;
    const account = { messagesPerSecond: allowed, toldMessagesPerSecond: told };
    const desk = await Desk.open(topology, 'whatsapp', { callbacks: silent, account, connected: false });
    desks.push(desk);
    const conversations = await desk.customers(count);
    const messages = conversations.map((conversationId, at) => ({ conversationId, text: `No ${at}` }));
    await desk.sends(messages, { whenDisconnected: 'hold' });
    expect(desk.received).toEqual([]);
    await desk.connect();
    for (const part of [0.2, 0.4, 0.6, 0.8]) {
      await until(() => desk.received.length >= count * part, `${count * part} are sent`);
      // It forgets who has the channel: the other takes it too.
      await redis.flushall();
    }
    await until(() => desk.received.length >= count, `all are sent (so far ${desk.received.length})`, 60_000);
    expect(desk.graph.messages.repeated()).toEqual([]);
    expect(new Set(desk.received.map(({ text }) => text)).size).toBe(count);
    await until(async () => (await desk.sent()).every(({ status }) => status === 'sent'), 'all are known to be sent');
    return desk;
  }

  it('send as Meta allows: none of 400 is refused', async () => {
    const desk = await campaign(400, 80);
    expect([...desk.graph.messages.refused]).toEqual([]);
  });

  it('hold to it by themselves: no second has more than 80', async () => {
    const desk = await campaign(400, Number.POSITIVE_INFINITY, 80);
    expect(desk.graph.messages.busiestSecond()).toBeLessThanOrEqual(80);
  });

  it('send as slowly as Meta says of the number: none of 60 is refused', async () => {
    const desk = await campaign(60, 20);
    expect([...desk.graph.messages.refused]).toEqual([]);
  });

  it('learn that Meta allows a number 20 only, where it does not say so: all are sent, and few are refused', async () => {
    const desk = await campaign(150, 20, 80);
    expect(desk.graph.messages.busiestSecond()).toBeLessThanOrEqual(20);
    // What was under way when Meta said so: a few for each time that the pace was halved.
    expect(desk.graph.messages.refused.get(130429)).toBeLessThan(100);
  });
});
