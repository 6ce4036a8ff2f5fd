import { Redis } from 'ioredis';
import { Desk, simulatedGraph } from '../support/desk';
import type { ServerProcess } from '../support/server-process';
import { startTopology, type Topology } from '../support/topology';
import { until } from '../support/until';
import { judge, received } from './support/campaign';
import { service } from './support/services';

const recipients = 10_000;
const perSecond = 80;
/** A worker is killed after each of so many messages: one every five seconds. */
const killedEvery = 400;
const minutes = 60_000;

jest.setTimeout(20 * minutes);

describe('a campaign to 10,000', () => {
  let topology: Topology;
  let second: ServerProcess;
  let desk: Desk;

  beforeAll(async () => {
    topology = await startTopology('cluster', { ...simulatedGraph, UNKNOWN_SEND_TIMEOUT: '10s' });
    second = topology.add('worker-2', 'worker');
    await second.start();
    const templates = [{ name: 'news', components: [{ type: 'BODY', text: 'News!' }] }];
    const account = { messagesPerSecond: perSecond, templates, tier: 'TIER_100K' };
    desk = await Desk.open(topology, 'whatsapp', { account });
  });
  afterAll(async () => {
    await desk?.close();
    await topology?.stop();
  });

  /** Takes them in as a file: nobody has written yet, and a template reaches them all the same. */
  async function customers(): Promise<string> {
    const { api } = desk.tenant;
    const csv = ['Phone', ...Array.from({ length: recipients }, (_, n) => String(34_600_000_000 + n))].join('\n');
    const form = new FormData();
    form.set('file', new Blob([csv], { type: 'text/csv' }), 'people.csv');
    const headers = { authorization: `Bearer ${api.token}` };
    const answer = await fetch(`${api.url}/v1/contact-imports`, { method: 'POST', headers, body: form });
    const { id } = (await answer.json()) as { id: string };
    await api.made(`/v1/contact-imports/${id}/start`, { mapping: { Phone: 'phone' }, keepRows: true });
    const taken = async () => (await api.get(`/v1/contact-imports/${id}`)).body.state === 'completed';
    await until(taken, 'the file is taken in', 2 * minutes);
    return id;
  }

  it('reaches each of them once while workers are killed, Redis forgets and PostgreSQL restarts', async () => {
    const { api } = desk.tenant;
    const importId = await customers();
    const read = async () => (await api.get(`/v1/channels/${desk.channel.id}`)).body.templatesSyncedAt;
    await until(read, 'its templates are read');
    const content = { type: 'template', name: 'news', language: 'en_US' };
    const order = { name: 'Spring', channelId: desk.channel.id, audience: { importId }, content, failureRatio: null };
    const { id } = await api.made('/v1/campaigns', order);
    await api.made(`/v1/campaigns/${id}/start`);
    const redis = new Redis(process.env.REDIS_URL!);
    const began = Date.now();
    let kills = 0;
    try {
      for (let count = killedEvery; count < recipients; count += killedEvery) {
        // What was lost with a worker never comes: the last are waited for as what they become.
        await received(desk, count - kills * 10, 2 * minutes);
        const worker = kills % 2 === 0 ? topology.workers[0]! : second;
        await worker.stop('SIGKILL');
        await worker.start();
        kills += 1;
        if (kills % 5 === 0) await redis.flushall();
        if (kills % 10 === 0) await service('restart', 'postgres', 'immediate');
      }
    } finally {
      redis.disconnect();
    }
    const { failed } = await judge({ desk, id }, recipients, perSecond, 5 * minutes);
    const seconds = Math.round((Date.now() - began) / 1000);
    process.stdout.write(`${recipients} recipients, ${kills} kills, ${failed} outcomes unknown, ${seconds} s\n`);
    expect(desk.graph.messages.count).toBe(recipients - failed);
  });
});
