import { randomInt } from 'node:crypto';
import { messenger, messengerChat, serialise, sign } from '@switchboard/simulator';
import { ApiClient, makeTenant, type Tenant } from '../support/api-client';
import { closeSockets, connect, type ReceivedEvent, type SocketClient } from '../support/socket-client';
import { startTopology, type Topology } from '../support/topology';
import { until } from '../support/until';
import { WebhookSender } from '../support/webhook-sender';
import { bodyOf } from './support/deliver';
import { world } from './support/world';

let installation: Topology;
let owner: Tenant;
let account: { externalId: string };
let meta: WebhookSender;

/** In memory, no more than this may wait for the database. */
const waitingBytes = 1_000_000;

/** Another database of the same Redis, so that the run's own processes do not take the jobs. */
function ownQueues(): { REDIS_URL?: string } {
  if (world.topology !== 'cluster') return {};
  const url = new URL(process.env.REDIS_URL!);
  url.pathname = '/9';
  return { REDIS_URL: url.href };
}

/** An installation of its own, that may be stopped. */
beforeAll(async () => {
  const settings = { INTAKE_QUEUE_BYTES: String(waitingBytes), ...ownQueues() };
  installation = await startTopology(world.topology as Topology['kind'], settings);
  const { apis, gateways, metaApp } = installation;
  const anonymous = new ApiClient(apis[0]!.url);
  const operator = anonymous.as(
    (await anonymous.signIn(installation.owner.email, installation.owner.password)).accessToken,
  );
  owner = await makeTenant(operator, gateways[0]!.url, metaApp.id);
  account = await owner.channel('messenger');
  meta = new WebhookSender(
    apis.map(({ url }) => url),
    metaApp.secret,
  );
});

afterAll(() => installation?.stop());
afterEach(closeSockets);

const dashboards = (auth: Record<string, unknown> = {}) =>
  Promise.all(installation.gateways.map(({ url }) => connect(url, '/messages', { token: owner.accessToken, ...auth })));

/** `count` webhooks of a new customer, acknowledged. */
async function acknowledged(count: number): Promise<string[]> {
  const chat = messengerChat({ seed: randomInt(1e6), account: { id: account.externalId } });
  const items = Array.from({ length: count }, (_, n) => messenger.text(chat, `${chat.customer.id} ${n}`));
  const statuses = await Promise.all(items.map((item, api) => meta.sendRaw(serialise(bodyOf(item)), api)));
  expect(statuses).toEqual(statuses.map(() => 200));
  return items.map(({ messageId }) => messageId!);
}

const idsIn = (events: ReceivedEvent[]): string[] => events.map(({ data }) => data.message.platformMessageId);

/** What a dashboard has seen before and after it came back. */
async function allTold(before: SocketClient, after: SocketClient, ids: string[]): Promise<string[]> {
  const told = () => idsIn([...before.of('message.received'), ...after.of('message.received')]);
  await until(() => ids.every((id) => told().includes(id)), 'all are told');
  return told().filter((id) => ids.includes(id));
}

async function storedIds(): Promise<string[]> {
  const conversations = await owner.api.all('/v1/conversations');
  const lists = await Promise.all(conversations.map(({ id }) => owner.api.all(`/v1/conversations/${id}/messages`)));
  return lists.flat().map(({ platformMessageId }) => platformMessageId);
}

it('a webhook that finds no room to wait is answered 503, to be sent again, and others are taken', async () => {
  const body = Buffer.concat([Buffer.from('{}'), Buffer.alloc(waitingBytes, ' ')]);
  const answer = await fetch(`${installation.apis[0]!.url}/webhooks/meta`, {
    method: 'POST',
    headers: { 'x-hub-signature-256': sign(body, meta.secret) },
    body: new Uint8Array(body),
  });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([503, expect.stringMatching(/problem\+json/)]);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await answer.json()).toMatchObject({ status: 503, code: 'unavailable' });
  const [id] = await acknowledged(1);
  await until(async () => (await storedIds()).includes(id!), 'the other one is stored');
});

it('SIGTERM ends the whole installation in order, and what was acknowledged is there and told after the next start', async () => {
  const before = await dashboards();
  const ids = await acknowledged(30);
  const codes = await Promise.all(installation.processes.map((one) => one.stop('SIGTERM')));
  expect(codes).toEqual(installation.processes.map(() => 0));
  for (const dashboard of before) {
    expect(dashboard.notice('server.draining')).toEqual({ reconnectAfterMs: expect.any(Number) });
    await until(() => dashboard.socket.disconnected, 'the dashboard is disconnected');
  }
  await expect(meta.sendRaw(Buffer.from('{}'))).rejects.toThrow('fetch failed');

  await Promise.all(installation.processes.map((one) => one.start()));
  const after = await Promise.all(
    before.map(({ cursor }, at) =>
      connect(installation.gateways[at]!.url, '/messages', { token: owner.accessToken, cursor }),
    ),
  );
  for (const [at, dashboard] of before.entries()) {
    expect((await allTold(dashboard, after[at]!, ids)).toSorted()).toEqual(ids.toSorted());
  }
  expect((await storedIds()).filter((id) => ids.includes(id)).toSorted()).toEqual(ids.toSorted());
});

it('a process stopped while webhooks pour in answers what it took, and loses none that it acknowledged', async () => {
  const [api] = installation.apis;
  const chat = messengerChat({ seed: 77, account: { id: account.externalId } });
  const taken: string[] = [];
  let pouring = true;
  const pour = async (): Promise<void> => {
    while (pouring) {
      const item = messenger.text(chat, 'More');
      const status = await meta.sendRaw(serialise(bodyOf(item)), 0).catch(() => undefined);
      if (status === 200) taken.push(item.messageId!);
      else {
        // Refused connections and 503: Meta sends such a webhook again.
        expect([undefined, 503]).toContain(status);
        return;
      }
    }
  };
  const sources = Promise.all(Array.from({ length: 4 }, pour));
  await until(() => taken.length > 20, 'webhooks pour in');
  expect(await api!.stop('SIGTERM')).toBe(0);
  pouring = false;
  await sources;
  await api!.start();
  const last = await acknowledged(1);
  await until(async () => (await storedIds()).includes(last[0]!), 'it works again');

  const stored = await storedIds();
  expect(new Set(stored).size).toBe(stored.length);
  expect(taken.filter((id) => !stored.includes(id))).toEqual([]);
});
