import { sends } from '@switchboard/simulator';
import { Redis } from 'ioredis';
import { Desk, simulatedGraph } from '../support/desk';
import type { ServerProcess } from '../support/server-process';
import { startTopology, type Topology } from '../support/topology';
import { until } from '../support/until';
import { service } from './support/services';

jest.setTimeout(180_000);

// biome-ignore lint/suspicious/noExplicitAny: a test checks bodies by what they hold
type Body = any;

const recipients = 150;
const content = { type: 'text', text: 'Hello {{contact.first_name|there}}!' };

describe('while a campaign is being sent', () => {
  let topology: Topology;
  let second: ServerProcess;
  const desks: Desk[] = [];

  beforeAll(async () => {
    // Calls that a kill leaves without an owner are unknown after 40 s, and end soon after.
    topology = await startTopology('cluster', { ...simulatedGraph, UNKNOWN_SEND_TIMEOUT: '2s' });
    second = topology.add('worker-2', 'worker');
    await second.start();
  });
  afterEach(() => Promise.all(desks.splice(0).map((desk) => desk.close())));
  afterAll(() => topology?.stop());

  const first = () => topology.workers[0]!;

  async function start(): Promise<{ desk: Desk; id: string }> {
    const desk = await Desk.open(topology, 'whatsapp', { account: { messagesPerSecond: 20 } });
    desks.push(desk);
    await desk.customers(recipients);
    desk.graph.always(sends).delay(100);
    const { api } = desk.tenant;
    const order = { name: 'Spring', channelId: desk.channel.id, audience: { all: true }, content };
    const { id } = await api.made('/v1/campaigns', order);
    const { counts } = await api.made(`/v1/campaigns/${id}/start`);
    expect(counts).toMatchObject({ total: recipients, pending: recipients });
    return { desk, id };
  }

  const received = (desk: Desk, count: number) =>
    until(() => desk.received.length >= count, `${count} messages were received (so far ${desk.received.length})`);

  /** Waits until every recipient has come to rest, and compares what the campaign says with what they received. */
  async function judge({ desk, id }: { desk: Desk; id: string }): Promise<{ failed: number }> {
    const { api } = desk.tenant;
    const atRest = async (): Promise<Body[] | undefined> => {
      const all = await api.all(`/v1/campaigns/${id}/recipients`);
      return all.every(({ state }) => !['pending', 'queued', 'unknown'].includes(state)) ? all : undefined;
    };
    await until(atRest, 'every recipient has come to rest', 90_000);
    // Receipts come for as long as they do: what is counted and what is listed agree once they have.
    const agreed = async (): Promise<Body[] | undefined> => {
      const { counts, status } = (await api.get(`/v1/campaigns/${id}`)).body;
      const listed = await api.all(`/v1/campaigns/${id}/recipients`);
      const { total, replied: _, ...states } = counts as Record<string, number>;
      const same = Object.entries(states).every(
        ([state, n]) => listed.filter((one) => one.state === state).length === n,
      );
      return status === 'completed' && same && total === listed.length ? listed : undefined;
    };
    const all = await until(agreed, 'the campaign has ended and counted all of them');
    expect(all).toHaveLength(recipients);

    expect(desk.graph.messages.repeated()).toEqual([]);
    const reached = desk.received.map(({ recipient }) => recipient);
    expect(new Set(reached).size).toBe(reached.length);
    const failed = all.filter(({ state }) => state === 'failed');
    expect(failed.map(({ error }) => error.reason)).toEqual(failed.map(() => 'outcome_unknown'));
    // What failed, nobody received; whatever did not, somebody did.
    const messages = all.filter(({ state }) => state !== 'failed').map(({ messageId }) => messageId);
    expect(
      desk.graph.messages
        .all()
        .map(({ callbackData }) => callbackData)
        .toSorted(),
    ).toEqual(messages.toSorted());
    expect(desk.graph.messages.busiestSecond()).toBeLessThanOrEqual(20);
    return { failed: failed.length };
  }

  it('workers that are killed one after the other send to nobody twice and lose nobody', async () => {
    const campaign = await start();
    for (const [count, worker] of [
      [20, first()],
      [50, second],
      [80, first()],
      [110, second],
    ] as const) {
      await received(campaign.desk, count);
      await worker.stop('SIGKILL');
      await worker.start();
    }
    const { failed } = await judge(campaign);
    // At most what each had in its hands: 50 ms of messages and the calls under way.
    expect(failed).toBeLessThanOrEqual(4 * 10);
  });

  it('a Redis that forgets all it knew and a restart of PostgreSQL change nothing for anybody', async () => {
    const campaign = await start();
    await received(campaign.desk, 30);
    const redis = new Redis(process.env.REDIS_URL!);
    await redis.flushall();
    redis.disconnect();
    await received(campaign.desk, 80);
    await service('restart', 'postgres', 'immediate');
    await judge(campaign);
  });

  it('a worker that stood still goes on with nothing that another has done', async () => {
    const campaign = await start();
    await received(campaign.desk, 20);
    for (const worker of [first(), second]) {
      const since = performance.now();
      worker.signal('SIGSTOP');
      await until(() => performance.now() - since > 11_000, 'what it held is not its own any more');
      worker.signal('SIGCONT');
    }
    await judge(campaign);
  });
});
