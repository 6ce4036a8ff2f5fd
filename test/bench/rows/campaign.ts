import { GraphSimulator } from '@switchboard/simulator';
import { ApiClient } from '../../support/api-client';
import type { ServerProcess } from '../../support/server-process';
import { until } from '../../support/until';
import { Inbound } from '../campaign/inbound';
import { seedCustomers } from '../campaign/seed';
import { residentBytes } from '../figures/cpu';
import { type Latency, slopeOf } from '../figures/statistics';
import { VoidRun } from '../measurement';
import type { Options } from '../options';
import type { Bench, Figure, RowResult, Target } from './row';

type Setting = Options['campaigns'][number];

interface Sent {
  /** Messages a second from the first to the last, of what Meta allows. */
  rate: number;
  /** In the fullest second at Meta, of what it allows. */
  busiest: number;
  idle: Latency;
  during: Latency;
  /** Of each worker. */
  resident: { at: number; bytes: number }[][];
}

const template = 'campaign';
const writeEveryMs = 100;
const sampleMs = 1000;
/** What is allocated once and kept is left out of the trend. */
const settledAfter = 0.2;
const token = 'EAA-campaign';

/** Row 8: a campaign as fast as Meta allows the number, by two workers, and what people notice of it who write to the same number. */
export async function campaign(bench: Bench): Promise<RowResult> {
  const { options, stores, subject } = bench;
  await subject.end(await subject.serve(await stores.createDatabase(template)));
  const figures: Figure[] = [];
  const targets: Target[] = [];
  const rounds: Record<string, unknown>[] = [];
  for (const setting of options.campaigns) {
    const measured: Sent[] = [];
    for (let round = 1; round <= options.rounds; round += 1) {
      bench.say(
        `row 8, round ${round} of ${options.rounds}: ${setting.recipients} recipients at ${setting.perSecond}/s`,
      );
      measured.push(await measure(bench, setting));
    }
    rounds.push({ ...setting, measured });
    const { perSecond, recipients, receipts } = setting;
    const system = `${recipients} at ${perSecond}/s${receipts ? ', receipts' : ''}`;
    const of = (what: string, value: (sent: Sent) => number) => ({ system, what, values: measured.map(value) });
    figures.push(
      of('messages/s', ({ rate }) => rate * perSecond),
      of('in the fullest second', ({ busiest }) => busiest * perSecond),
      of('inbound p95 ms, idle', ({ idle }) => idle.p95),
      of('inbound p95 ms, meanwhile', ({ during }) => during.p95),
      of('RSS MB, both workers', ({ resident }) => sum(resident.map((one) => one.at(-1)!.bytes)) / 2 ** 20),
    );
    const target = (what: string, value: (sent: Sent) => number, bound: Pick<Target, 'atLeast' | 'atMost'>) =>
      targets.push({ what: `${system}: ${what}`, values: measured.map(value), ...bound });
    target('rate ÷ allowed', ({ rate }) => rate, { atLeast: 0.98 });
    target('fullest second ÷ allowed', ({ busiest }) => busiest, { atMost: 1 });
    target('inbound p95 ÷ idle', ({ during, idle }) => during.p95 / idle.p95, { atMost: 1.5 });
    target('RSS: growth over the last four fifths, %', growth, { atMost: 5 });
  }
  return { row: 8, title: 'campaigns, two workers, inbound messages meanwhile', figures, targets, rounds };
}

async function measure({ stores, subject, appSecret, options, say }: Bench, setting: Setting): Promise<Sent> {
  const { perSecond, recipients, receipts } = setting;
  const databaseUrl = await stores.createDatabase('campaign_run', template);
  const { owner, channel } = await seedCustomers(databaseUrl, recipients);
  await stores.settle();
  const servers: ServerProcess[] = [];
  const serve = async (roles: string) => {
    const server = await subject.serveAs(roles, databaseUrl);
    servers.push(server);
    return server;
  };
  const front = await serve('api,gateway');
  const workers = [await serve('worker'), await serve('worker')];
  const graph = new GraphSimulator({
    app: { id: '1000000000000001', secret: appSecret },
    keepBodies: false,
    ...(receipts && { callbacks: { url: `${front.url}/webhooks/meta`, secret: appSecret } }),
  });
  await graph.listen();
  const account = { id: channel.externalId, businessAccountId: channel.businessAccountId };
  graph.whatsapp({
    ...{ phoneNumberId: account.id, businessAccountId: account.businessAccountId, token, windows: 'open' },
    // Nothing is refused: what leaves is what the server lets leave.
    ...{ messagesPerSecond: Number.POSITIVE_INFINITY, toldMessagesPerSecond: perSecond },
  } as never);
  const api = new ApiClient(front.url, subject.tokenOf(owner, 'owner'));
  const inbound = await Inbound.open(front.url, api.token!, appSecret, account);
  try {
    const connected = await api.put(`/v1/channels/${channel.id}/credentials`, { token, graphHost: graph.url });
    if (connected.status !== 200) throw new VoidRun(`the number was not connected: ${JSON.stringify(connected.body)}`);
    const content = { type: 'text', text: 'Hello {{contact.first_name|there}}!' };
    const order = { name: 'Spring', channelId: channel.id, audience: { all: true }, content };
    const { id } = await api.made('/v1/campaigns', order);
    inbound.write(writeEveryMs);
    const idleFrom = performance.now() + 2000;
    await passed(2000 + options.campaignIdleSeconds * 1000);
    const began = performance.now();
    const resident: Sent['resident'] = workers.map(() => []);
    const sampling = setInterval(() => {
      for (const [at, worker] of workers.entries())
        resident[at]!.push({ at: (performance.now() - began) / 1000, bytes: residentBytes(worker.pid) });
    }, sampleMs);
    await api.made(`/v1/campaigns/${id}/start`);
    // Some who wrote meanwhile are of the audience by now.
    const { counts } = (await api.get(`/v1/campaigns/${id}`)).body;
    const startedAt = performance.now();
    const limitMs = (recipients / perSecond) * 10_000 + 120_000;
    await until(() => graph.messages.count >= counts.total, `all ${counts.total} are sent`, limitMs);
    const endedAt = performance.now();
    clearInterval(sampling);
    await until(
      async () => (await api.get(`/v1/campaigns/${id}`)).body.status === 'completed',
      'it has ended',
      120_000,
    );
    const idle = inbound.since(idleFrom, began);
    const during = inbound.since(startedAt, endedAt - 1000);
    if (idle.lost + during.lost > 0) throw new VoidRun(`${idle.lost + during.lost} inbound messages were never shown`);
    const times = graph.messages.all().map(({ at }) => at);
    const rate = ((times.length - 1) * 1000) / (times.at(-1)! - times[0]!) / perSecond;
    const repeated = graph.messages.repeated().length;
    if (repeated > 0) throw new VoidRun(`${repeated} messages were sent twice`);
    const busiest = graph.messages.busiestSecond() / perSecond;
    say(
      `  ${(rate * perSecond).toFixed(1)}/s, ${(busiest * perSecond).toFixed(0)} in the fullest second, inbound p95 ${during.p95.toFixed(0)} ms (idle ${idle.p95.toFixed(0)})`,
    );
    return { rate, busiest, idle, during, resident };
  } finally {
    inbound.close();
    for (const server of servers) await subject.end(server);
    await graph.close();
    await stores.dropDatabase('campaign_run');
  }
}

/** Of the worker that grew most. */
function growth({ resident }: Sent): number {
  return Math.max(
    ...resident.map((samples) => {
      const seconds = samples.at(-1)!.at;
      const settled = samples.filter(({ at }) => at >= seconds * settledAfter);
      const mean = sum(settled.map(({ bytes }) => bytes)) / settled.length;
      const slope = slopeOf(settled.map(({ at, bytes }) => [at, bytes]));
      return ((slope * seconds * (1 - settledAfter)) / mean) * 100;
    }),
  );
}

const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);

function passed(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
