import { sends } from '@switchboard/simulator';
import { Desk, simulatedGraph } from '../../support/desk';
import { closeSockets } from '../../support/socket-client';
import { startTopology, type Topology } from '../../support/topology';
import { until } from '../../support/until';

afterEach(closeSockets);

const platforms = ['whatsapp', 'messenger', 'instagram'] as const;

describe('a message that Meta never tells of', () => {
  let topology: Topology;
  const desks: Desk[] = [];

  beforeAll(async () => {
    topology = await startTopology('embedded', { ...simulatedGraph, UNKNOWN_SEND_TIMEOUT: '1s' });
  });
  afterAll(async () => {
    await Promise.all(desks.map((desk) => desk.close()));
    await topology?.stop();
  });

  it.each(platforms)('fails on %s within the stated time, and can be sent again', async (platform) => {
    const desk = await Desk.open(topology, platform, {
      callbacks: { sentAfterMs: false, deliveredAfterMs: false, readAfterMs: false },
    });
    desks.push(desk);
    const [conversationId] = await desk.customers(1);
    desk.graph.next(1, sends).reset({ done: false });
    const { body } = await desk.send(conversationId!, 'Hello?');
    const failed = await until(async () => (await desk.sent()).find(({ status }) => status === 'failed'), 'it failed');
    expect(failed).toMatchObject({ id: body.id, error: { reason: 'outcome_unknown', mayRetry: true } });
    expect((await desk.tenant.api.post(`/v1/messages/${body.id}/retry`)).status).toBe(201);
    await until(() => desk.received.length === 1, 'it is sent');
    expect(desk.received.map((one) => one.text)).toEqual(['Hello?']);
  });

  it.each(['whatsapp', 'messenger'] as const)('and then does, on %s, has been sent after all', async (platform) => {
    const desk = await Desk.open(topology, platform, {
      callbacks: { sentAfterMs: false, deliveredAfterMs: false, readAfterMs: false },
    });
    desks.push(desk);
    const [conversationId] = await desk.customers(1);
    desk.graph.next(1, sends).reset();
    await desk.send(conversationId!, 'Hello?');
    await until(async () => (await desk.sent())[0]?.status === 'failed', 'it failed');
    const [received] = desk.graph.messages.all();
    desk.graph.tell(received!, { tells: platform === 'whatsapp' ? 'sent' : 'echo', afterMs: 0 });
    await until(async () => (await desk.sent())[0]?.status === 'sent', 'it is known to be sent');
    expect(await desk.sent()).toHaveLength(1);
  });
});
