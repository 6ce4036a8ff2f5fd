import { join } from 'node:path';
import { envelope, messenger, messengerChat } from '@switchboard/simulator';
import { ApiClient, makeTenant, type Tenant } from '../support/api-client';
import type { ServerProcess } from '../support/server-process';
import { closeSockets } from '../support/socket-client';
import { startTopology, type Topology } from '../support/topology';
import { until } from '../support/until';
import { WebhookSender } from '../support/webhook-sender';
import { Attacker } from './packets/attacker';

const { PACKETS_SEED, PACKETS = '100000' } = process.env;
const seed = PACKETS_SEED ? Number(PACKETS_SEED) : Date.now() % 2 ** 31;
const packets = Number(PACKETS);
const connectionsAtATime = 64;
/** What the process may hold more than before, bytes: a connection that were kept would hold 1,000 and more. */
const mostLeft = 1_000_000;

jest.setTimeout(60_000 + packets * 2);

interface Memory {
  probe: number;
  bytes: number;
  /** Members that every object inherits. */
  inherited: number;
}

describe('a gateway that is sent packets of all wrong kinds', () => {
  const probe = join(__dirname, '../../dist/test/support/memory-probe.js');
  let topology: Topology;
  let gateway: ServerProcess;
  let operator: ApiClient;
  let tenant: Tenant;
  let marks = 0;

  beforeAll(async () => {
    topology = await startTopology('cluster', { NODE_OPTIONS: `--require=${probe}` });
    gateway = topology.gateways[0]!;
    const anonymous = new ApiClient(topology.apis[0]!.url);
    const { accessToken } = await anonymous.signIn(topology.owner.email, topology.owner.password);
    operator = anonymous.as(accessToken);
    tenant = await makeTenant(operator, gateway.url, topology.metaApp.id);
  });
  afterEach(closeSockets);
  afterAll(() => topology?.stop());

  it('goes on, serves the next client, and keeps nothing of it', async () => {
    const { externalId: id } = await tenant.channel('messenger');
    const chat = messengerChat({ account: { id }, now: Date.now } as never);
    const attacker = new Attacker(gateway.url, tenant.accessToken, seed);
    const { pid } = gateway;
    try {
      // What is compiled, cached and pooled once comes first.
      await attacker.sends(packets / 5, connectionsAtATime);
      await servesAClient(chat);
      const before = await memory();
      await attacker.sends(packets - attacker.sent, connectionsAtATime);
      await servesAClient(chat);
      expect(attacker.sent).toBeGreaterThanOrEqual(packets);
      expect(gateway.pid).toBe(pid);
      expect(gateway.log.filter((line) => /"level":[56]0/.test(line))).toEqual([]);
      let after = before;
      await until(async () => {
        after = await memory();
        return after.bytes - before.bytes < mostLeft;
      }, 'its memory is as before').catch((error: Error) => {
        throw new Error(`${error.message} ${after.bytes - before.bytes} bytes are left.`);
      });
      expect(after.inherited).toBe(before.inherited);
    } catch (error) {
      throw Object.assign(error as Error, { message: `${(error as Error).message}\nPACKETS_SEED=${seed}` });
    }
  });

  /** A client that does everything right is told of the next message. */
  async function servesAClient(chat: Parameters<typeof messenger.text>[0]): Promise<void> {
    const client = await tenant.sockets('/messages', {}, gateway.url);
    const text = `Mark no. ${++marks}`;
    const sender = new WebhookSender([topology.apis[0]!.url], topology.metaApp.secret);
    await sender.deliver(envelope([messenger.text(chat, text)])[0]!.body);
    await until(() => JSON.stringify(client.events).includes(text), `a client is told of ${text}`);
    closeSockets();
  }

  async function memory(): Promise<Memory> {
    const gone = async () => (await operator.get('/v1/realtime/stats')).body.connections === 0;
    await until(gone, 'every connection is gone');
    const reports = () => gateway.log.filter((line) => line.startsWith('{"probe"'));
    const { length } = reports();
    gateway.signal('SIGUSR2');
    return JSON.parse(await until(() => reports()[length], 'the gateway says what it holds')) as Memory;
  }
});
