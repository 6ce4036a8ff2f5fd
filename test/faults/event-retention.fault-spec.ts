import { randomBytes, randomUUID } from 'node:crypto';
import { envelope, messenger, messengerChat, serialise } from '@switchboard/simulator';
import { ApiClient, makeTenant } from '../support/api-client';
import { closeSockets, type SocketClient } from '../support/socket-client';
import { startTopology, type Topology } from '../support/topology';
import { until } from '../support/until';
import { WebhookSender } from '../support/webhook-sender';
import { Store } from './support/store';

jest.setTimeout(180_000);

/** So small a log that most of it is dropped each time somebody looks. */
const EVENT_LOG_BYTES = '1000000';
const senders = 8;

describe('when the oldest of the log is dropped while webhooks come in', () => {
  let topology: Topology;
  let store: Store;
  let shops: Shop[];
  let operator: ApiClient;

  /** A workspace whose customers write without a pause, watched at both gateways. */
  class Shop {
    readonly acknowledged: string[] = [];
    private running = true;
    private sending: Promise<void>[] = [];

    private constructor(
      readonly id: string,
      private readonly account: string,
      readonly sockets: SocketClient[],
    ) {}

    static async open(): Promise<Shop> {
      const tenant = await makeTenant(operator, topology.gateways[0]!.url, topology.metaApp.id);
      const { externalId } = await tenant.channel('messenger');
      const sockets = topology.gateways.map(({ url }) => tenant.sockets('/messages', {}, url));
      return new Shop(tenant.workspaceId, externalId, await Promise.all(sockets));
    }

    start(meta: WebhookSender): void {
      this.sending = Array.from({ length: senders / 2 }, async (_, sender) => {
        const chat = messengerChat({ account: { id: this.account }, seed: sender + 1, now: Date.now });
        while (this.running) {
          const id = randomUUID();
          const [{ body }] = envelope([messenger.text(chat, randomBytes(900).toString('hex'), { id })]) as [never];
          await meta.deliver(serialise(body).toString(), sender);
          this.acknowledged.push(id);
        }
      });
    }

    async stop(): Promise<void> {
      this.running = false;
      await Promise.all(this.sending);
    }
  }

  const count = (what: string, values: unknown[] = []) => store.number(`select count(*) from ${what}`, values);
  const oldest = () => store.number('select min(number) from event_partitions');

  beforeAll(async () => {
    topology = await startTopology('cluster', { EVENT_LOG_BYTES });
    store = new Store(topology.databaseUrl!);
    const anonymous = new ApiClient(topology.apis[0]!.url);
    operator = anonymous.as((await anonymous.signIn(topology.owner.email, topology.owner.password)).accessToken);
    shops = [await Shop.open(), await Shop.open()];
    const meta = new WebhookSender(
      topology.apis.map(({ url }) => url),
      topology.metaApp.secret,
    );
    for (const shop of shops) shop.start(meta);
  });
  afterAll(async () => {
    await Promise.allSettled((shops ?? []).map((shop) => shop.stop()));
    closeSockets();
    await topology?.stop();
  });

  it('every webhook is taken in and told once, in order, also where a worker is killed meanwhile', async () => {
    await until(async () => (await oldest()) >= 2, 'partitions are dropped', 90_000);
    await topology.workers[0]!.stop('SIGKILL');
    const then = await oldest();
    await topology.workers[0]!.start();
    await until(async () => (await oldest()) > then + 1, 'partitions are dropped again', 90_000);
  });

  it('those who hold the log open are waited for, and nobody waits for that', async () => {
    const release = await store.hold('select from events limit 1');
    const then = await oldest();
    await until(async () => (await store.waitingFor('lock table only events')).length > 0, 'a drop was tried', 60_000);
    const before = await count('messages');
    await until(async () => (await count('messages')) > before + 200, 'messages are taken in');
    expect(await oldest()).toBe(then);
    await release();
    await until(async () => (await oldest()) > then, 'it is dropped after all', 60_000);
  });

  it('nothing of it is missing in the end', async () => {
    await Promise.all(shops.map((shop) => shop.stop()));
    for (const { id, acknowledged, sockets } of shops) {
      const expected = new Set(acknowledged);
      expect(expected.size).toBeGreaterThan(500);
      for (const socket of sockets) {
        const told = () => socket.of('message.received').map(({ data }) => data.message.platformMessageId as string);
        await until(() => new Set(told()).size >= expected.size, 'a client was told of every message');
        expect(told()).toHaveLength(expected.size);
        expect(new Set(told())).toEqual(expected);
        const cursors = socket.events.flatMap(({ cursor }) => cursor ?? []);
        expect(cursors).toEqual([...new Set(cursors)].toSorted());
        expect(socket.notices.filter(({ name }) => name === 'resync')).toEqual([]);
      }
      expect(await count('messages where workspace_id = $1', [id])).toBe(expected.size);
      const [stand] = await store.rows<{ head: string; floor: string; held: string; first: string }>(
        `select h.head, h.floor, count(e.*) as held, min(e.sequence) as first from workspace_heads h
           join events e on e.workspace_id = h.workspace_id and e.sequence > h.floor where h.workspace_id = $1 group by 1, 2`,
        [id],
      );
      const [head, floor, held, first] = [stand!.head, stand!.floor, stand!.held, stand!.first].map(Number);
      expect([held, first]).toEqual([head! - floor!, floor! + 1]);
      expect(floor).toBeGreaterThan(0);
    }
    expect(await count('webhook_pending')).toBe(0);
  });
});
