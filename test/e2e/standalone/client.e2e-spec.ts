import { connect, type Envelope } from '@switchboard/client';
import { envelope, messenger, messengerChat, serialise } from '@switchboard/simulator';
import { ApiClient, makeTenant } from '../../support/api-client';
import { startTopology, type Topology } from '../../support/topology';
import { until } from '../../support/until';
import { WebhookSender } from '../../support/webhook-sender';

let topology: Topology | undefined;
afterEach(async () => {
  await topology?.stop();
  topology = undefined;
});

describe('an application on the client SDK', () => {
  it.each([
    ['is drained', 'SIGTERM'],
    ['crashes', 'SIGKILL'],
  ] as const)('is told everything once and in order when its server %s and starts again', async (_, signal) => {
    topology = await startTopology('embedded');
    const [server] = topology.processes as [Topology['processes'][0]];
    const anonymous = new ApiClient(server.url);
    const owner = await anonymous.signIn(topology.owner.email, topology.owner.password);
    const tenant = await makeTenant(anonymous.as(owner.accessToken), server.url, topology.metaApp.id);
    const channel = await tenant.channel('messenger');
    const meta = new WebhookSender([server.url], topology.metaApp.secret);
    const client = connect({
      url: server.url,
      token: async () => tenant.accessToken,
      backoff: { first: 20, longest: 200 },
      linger: 0,
    });
    try {
      const told: Envelope[] = [];
      client.on('message.received', (envelope) => told.push(envelope));
      const texts = () => told.map(({ data }) => (data as { message: { content: unknown } }).message.content);
      const chat = messengerChat({ seed: 1, account: { id: channel.externalId } });
      const write = async (text: string) => {
        const [only] = envelope([messenger.text(chat, text)]);
        expect(await meta.sendRaw(serialise(only!.body))).toBe(200);
      };
      await until(() => client.connection.current.status === 'online', 'the client is online');
      await write('Before');
      await until(() => told.length === 1, 'the first was told');
      await server.stop(signal);
      await until(() => client.connection.current.status !== 'online', 'the client has noticed');
      await server.start();
      await write('After');
      await until(() => told.length === 2, 'the second was told');
      await until(() => client.connection.current.status === 'online', 'the client is online again');
      expect(texts()).toMatchObject([{ text: 'Before' }, { text: 'After' }]);
      expect(told.map(({ cursor }) => cursor)).toEqual([...told.map(({ cursor }) => cursor)].sort());
    } finally {
      client.close();
    }
  });
});
