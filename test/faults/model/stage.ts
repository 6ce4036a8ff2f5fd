import { randomUUID } from 'node:crypto';
import { rooms } from '@switchboard/contracts';
import { envelope, type MessengerChat, messenger, messengerChat } from '@switchboard/simulator';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { type Account, ApiClient, makeTenant, type Tenant } from '../../support/api-client';
import type { ServerProcess } from '../../support/server-process';
import { startTopology, type Topology } from '../../support/topology';
import { until } from '../../support/until';
import { WebhookSender } from '../../support/webhook-sender';
import type { LoggedEvent } from '../support/oracle';
import { service } from '../support/services';
import { Store } from '../support/store';
import type { Addressed, Viewpoint } from './wish';

const channelsEach = 2;
const chatsEach = 3;

/** A workspace, its users, and customers who write to it. */
export interface House {
  tenant: Tenant;
  channels: string[];
  members: { name: string; account: Account; viewpoint: Viewpoint }[];
  chats: MessengerChat[][];
}

export const roomNameOf = ({ channels }: House, at: number): string => rooms.channel(channels[at]!);

/** Two workspaces on a cluster whose parts can be broken. */
export class Stage {
  readonly store: Store;
  private readonly sender: WebhookSender;
  /** Repairs under way: a gateway that starts again, Redis. */
  private readonly repairs = new Map<string, Promise<void>>();

  private constructor(
    readonly topology: Topology,
    readonly houses: readonly House[],
    private readonly database: Client,
    private readonly redis: Redis,
  ) {
    this.store = new Store(topology.databaseUrl!);
    this.sender = new WebhookSender([topology.apis[0]!.url], topology.metaApp.secret);
  }

  static async open(): Promise<Stage> {
    const topology = await startTopology('cluster');
    const anonymous = new ApiClient(topology.apis[0]!.url);
    const { accessToken } = await anonymous.signIn(topology.owner.email, topology.owner.password);
    const operator = anonymous.as(accessToken);
    const houses = await Promise.all([furnish(operator, topology), furnish(operator, topology)]);
    const database = new Client({ connectionString: topology.databaseUrl });
    await database.connect();
    const redis = new Redis(process.env.REDIS_URL!, { maxRetriesPerRequest: null });
    redis.on('error', () => undefined);
    return new Stage(topology, houses, database, redis);
  }

  get gateways(): ServerProcess[] {
    return this.topology.gateways;
  }

  /** Customers write, all in one webhook. Resolves once it is acknowledged. */
  async receives({ chats }: House, channel: number, count: number): Promise<void> {
    const ours = chats[channel]!;
    const items = Array.from({ length: count }, (_, at) => messenger.text(ours[at % ours.length]!, `No. ${at}`));
    const bodies = envelope(items, 'entries').map(({ body }) => body);
    for (const body of bodies) await until(async () => (await this.sender.send(body)) === 200, 'it is acknowledged');
  }

  /** Events of any audience, which no feature of ours has: written to the log in one transaction. */
  async records({ tenant: { workspaceId } }: House, events: readonly Addressed[]): Promise<void> {
    await this.database.query('begin');
    const { rows } = await this.database.query<{ base: string }>(
      `insert into workspace_heads as h (workspace_id, head) values ($1, $2)
       on conflict (workspace_id) do update set head = h.head + excluded.head returning head - $2 as base`,
      [workspaceId, events.length],
    );
    for (const [at, { type, field, audience }] of events.entries()) {
      await this.database.query(
        `insert into events (workspace_id, sequence, id, type, audience, field, occurred_at, data, partition)
         select $1, $2, $3, $4, $5, $6, now(), '{}', max(number) from event_partitions where opened_at is not null`,
        [workspaceId, Number(rows[0]!.base) + at + 1, randomUUID(), type, audience, field],
      );
    }
    await this.database.query('commit');
  }

  /** Kills a gateway; it starts again meanwhile. */
  async kill(at: number): Promise<void> {
    const gateway = this.gateways[at]!;
    await this.repairs.get(gateway.name);
    await gateway.stop('SIGKILL');
    this.repair(gateway.name, () => gateway.start());
  }

  async breakSubscriptions(): Promise<void> {
    await this.repairs.get('redis');
    await this.redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
  }

  async restartRedis(mode: 'fast' | 'immediate'): Promise<void> {
    await this.repairs.get('redis');
    this.repair('redis', () => service('restart', 'redis', mode));
  }

  /** Everything runs again, and what was acknowledged is in the log. */
  async mended(): Promise<void> {
    await Promise.all(this.repairs.values());
    await until(async () => (await this.store.pending()) === 0, 'every webhook is taken in');
  }

  log({ tenant }: House): Promise<LoggedEvent[]> {
    return this.store.events(tenant.workspaceId);
  }

  /** What the processes had to say, beside what they always say. */
  warnings(): string {
    return this.topology.processes
      .flatMap(({ name, log }) => log.filter((line) => !line.includes('"level":30')).map((line) => `${name}: ${line}`))
      .slice(-30)
      .join('\n');
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.repairs.values());
    this.redis.disconnect();
    await this.database.end();
    await this.topology.stop();
  }

  private repair(what: string, work: () => Promise<void>): void {
    const done = work();
    this.repairs.set(what, done);
    // Whoever waits until all is mended is told.
    done.catch(() => undefined);
  }
}

async function furnish(operator: ApiClient, { gateways, metaApp }: Topology): Promise<House> {
  const tenant = await makeTenant(operator, gateways[0]!.url, metaApp.id);
  const channels = await Promise.all(Array.from({ length: channelsEach }, () => tenant.channel('messenger')));
  const email = `${randomUUID()}@example.com`;
  const password = randomUUID();
  await tenant.api.made('/v1/users', { email, password, role: 'agent' });
  const agent = await tenant.api.signIn(email, password);
  const { workspaceId } = tenant;
  return {
    tenant,
    channels: channels.map(({ id }) => id),
    members: [
      { name: 'owner', account: tenant, viewpoint: { workspaceId, userId: tenant.userId, leads: true } },
      { name: 'agent', account: agent, viewpoint: { workspaceId, userId: agent.userId, leads: false } },
    ],
    chats: channels.map(({ externalId: id }) =>
      Array.from({ length: chatsEach }, (_, seed) =>
        messengerChat({ account: { id }, seed: Number(BigInt(id) % 1_000_003n) + seed, now: Date.now } as never),
      ),
    ),
  };
}
