import { sends } from '@switchboard/simulator';
import { Redis } from 'ioredis';
import { Desk, simulatedGraph } from '../support/desk';
import type { ServerProcess } from '../support/server-process';
import { startTopology, type Topology } from '../support/topology';
import { until } from '../support/until';
import { judge, type RunningCampaign, received } from './support/campaign';
import { service } from './support/services';

jest.setTimeout(180_000);

const recipients = 150;
const perSecond = 20;
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

  async function start(): Promise<RunningCampaign> {
    const desk = await Desk.open(topology, 'whatsapp', { account: { messagesPerSecond: perSecond } });
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
    const { failed } = await judge(campaign, recipients, perSecond);
    // At most what each had in its hands: 50 ms of messages and the calls under way.
    expect(failed).toBeLessThanOrEqual(4 * 10);
    // Nobody knows whether they have it: sending to the failed again does not send to them.
    const { api } = campaign.desk.tenant;
    const order = { name: 'Again', channelId: campaign.desk.channel.id, audience: { failedOf: campaign.id }, content };
    const { id: again } = await api.made('/v1/campaigns', order);
    expect((await api.get(`/v1/campaigns/${again}/preview`)).body.audience).toBe(0);
  });

  it('a Redis that forgets all it knew and a restart of PostgreSQL change nothing for anybody', async () => {
    const campaign = await start();
    await received(campaign.desk, 30);
    const redis = new Redis(process.env.REDIS_URL!);
    await redis.flushall();
    redis.disconnect();
    await received(campaign.desk, 80);
    await service('restart', 'postgres', 'immediate');
    await judge(campaign, recipients, perSecond);
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
    await judge(campaign, recipients, perSecond);
  });
});
