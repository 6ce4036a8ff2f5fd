import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ServerProcess } from '../../support/server-process';
import { until } from '../../support/until';
import type { ClientSettings } from '../clients/client';
import type { LoadHandlers } from '../load/main';
import { customerIdOf } from '../load/webhooks';
import { childEnvironment, Peer } from '../processes/peer';
import { conversationsByCustomer, type SeededUser, seed, stored, vacuum } from '../stores/seed';
import type { Stores } from '../stores/stores';
import { accessToken } from '../stores/tokens';
import { accountOf, historyOf, historyPerUserOf, isShared, type World, workspaceOf } from '../world';
import { addressOf, type RunningSystem, type SystemUnderTest, socketUrl } from './system';

/** The roles of each process. */
export type Topology = readonly string[];

export const topologies = {
  one: ['api,gateway,worker'],
  split: ['api', 'worker', 'gateway'],
  /** Webhooks are kept, and nothing takes them in. */
  intakePaused: ['api'],
  intakeOnly: ['api', 'worker'],
} as const satisfies Record<string, Topology>;

export interface SubjectSettings {
  stores: Stores;
  world: World;
  appSecret: string;
  /** For the servers' data and CPU profiles. */
  folder: string;
  profile: boolean;
}

export interface RunningSubject extends RunningSystem {
  databaseUrl: string;
}

const historyLimitMs = 120_000;
/** Writes the profile into the folder the server runs in. */
const profiler = join(__dirname, '../processes/profile.js');

/** Whatever ends the benchmark, no server outlives it. */
const running = new Set<ServerProcess>();
process.on('exit', () => {
  for (const server of running) server.signal('SIGKILL');
});

/** Switchboard as it is built, over PostgreSQL and Redis. Every start has a fresh copy of the seeded database. */
export class Subject {
  private users: SeededUser[] = [];
  private readonly jwtSecret = randomBytes(32).toString('base64');
  private readonly encryptionKey = randomBytes(32).toString('base64');
  private starts = 0;

  constructor(private readonly settings: SubjectSettings) {}

  private get template(): string {
    const { users, workspaces, together } = this.settings.world;
    return `seeded_${users}_${workspaces}_${historyPerUserOf(this.settings.world)}${together ? '_together' : ''}`;
  }

  /** Lets the server set up a database, writes the world into it, and lets its customers write their first messages. */
  async prepare(): Promise<void> {
    const { stores, world } = this.settings;
    const url = await stores.createDatabase(this.template);
    const server = await this.startProcess('api,gateway,worker', url);
    this.users = await seed(url, world);
    if (historyPerUserOf(world) > 0) await this.writeHistory(Number(new URL(server.url).port), url);
    await server.stop();
    await vacuum(url);
  }

  private async writeHistory(port: number, url: string): Promise<void> {
    const { world, appSecret } = this.settings;
    const history = historyOf(world);
    const load = Peer.fork<LoadHandlers>('load/main.js');
    await load.ask('configure', { world, appSecret, port, writtenBefore: 0 });
    await load.ask('prepare', history);
    await load.ask('closedLoop', { connections: 64, seconds: historyLimitMs / 1000, repeat: false });
    const takenIn = async () => (await stored(url)).messages === history.count;
    await until(takenIn, 'the first messages are taken in', historyLimitMs);
    await load.stop();
  }

  /** @param namespaces what a client joins, where it is not `/messages` and `/webhooks` */
  in(
    topology: Topology,
    name: string,
    namespaces?: readonly string[],
  ): SystemUnderTest & { start: () => Promise<RunningSubject> } {
    return { name, start: () => this.start(topology, namespaces) };
  }

  private async start(topology: Topology, namespaces?: readonly string[]): Promise<RunningSubject> {
    const { stores, world } = this.settings;
    this.starts += 1;
    const database = `run_${this.starts}`;
    const databaseUrl = await stores.createDatabase(database, this.template);
    await stores.settle();
    const processes: { roles: string; server: ServerProcess }[] = [];
    const stop = async () => {
      for (const { server } of processes) {
        await this.end(server);
      }
      await stores.dropDatabase(database);
    };
    for (const roles of topology) {
      processes.push({ roles, server: await this.startProcess(roles, databaseUrl) });
    }
    const portOf = (role: string) => {
      const found = processes.find(({ roles }) => roles.split(',').includes(role));
      return found ? Number(new URL(found.server.url).port) : 0;
    };
    return {
      webhookPort: portOf('api'),
      pids: processes.map(({ server }) => server.pid),
      databaseUrl,
      // With shared workspaces a subscription to one conversation leaves only that conversation's own events.
      expected: isShared(world) || world.together ? ['message.received'] : ['message.received', 'webhook.received'],
      clients: () => this.clients(portOf('gateway'), databaseUrl, namespaces),
      stop,
    };
  }

  /** A server on a database of the caller's, until `end`. */
  serve(databaseUrl: string, nodeOptions?: string): Promise<ServerProcess> {
    return this.startProcess(topologies.one[0], databaseUrl, nodeOptions);
  }

  /** One process of several on a database of the caller's, which may call simulators; until `end`. */
  serveAs(roles: string, databaseUrl: string): Promise<ServerProcess> {
    return this.startProcess(roles, databaseUrl, undefined, { GRAPH_HOSTS: 'http://127.0.0.1:*' });
  }

  async end(server: ServerProcess): Promise<void> {
    await server.stop();
    running.delete(server);
  }

  tokenOf(user: SeededUser, role: 'agent' | 'owner'): string {
    return accessToken(user, this.jwtSecret, role);
  }

  private async startProcess(
    roles: string,
    databaseUrl: string,
    nodeOptions?: string,
    more: Record<string, string> = {},
  ): Promise<ServerProcess> {
    const { stores, appSecret, folder, profile } = this.settings;
    const dataDir = resolve(folder, 'servers');
    mkdirSync(dataDir, { recursive: true });
    const server = new ServerProcess(`Switchboard (${roles})`, {
      ...childEnvironment(),
      ...(profile ? { NODE_OPTIONS: `--require=${profiler}` } : nodeOptions ? { NODE_OPTIONS: nodeOptions } : {}),
      ROLES: roles,
      DATABASE_URL: databaseUrl,
      REDIS_URL: stores.redisUrl,
      JWT_SECRET: this.jwtSecret,
      ENCRYPTION_KEY: this.encryptionKey,
      OWNER_PASSWORD: randomBytes(16).toString('hex'),
      META_APP_ID: '1000000000000001',
      META_APP_SECRETS: appSecret,
      META_VERIFY_TOKEN: randomBytes(8).toString('hex'),
      SWITCHBOARD_DATA_DIR: dataDir,
      SOCKETS_PER_ADDRESS: '1000000',
      SOCKETS_UNAUTHENTICATED: '1000000',
      ...more,
    });
    running.add(server);
    await server.start();
    return server;
  }

  private async clients(port: number, databaseUrl: string, namespaces?: readonly string[]): Promise<ClientSettings[]> {
    const { world } = this.settings;
    const conversations = isShared(world) ? await conversationsByCustomer(databaseUrl) : undefined;
    return this.users.map((user, index) => {
      const token = accessToken(user, this.jwtSecret);
      const settings = { url: socketUrl(port), readyEvent: 'ready', localAddress: addressOf(index) };
      if (namespaces)
        return { ...settings, namespaces: Object.fromEntries(namespaces.map((name) => [name, { token }])) };
      if (world.together) return { ...settings, namespaces: { '/messages': { token, types: ['message.received'] } } };
      const id = conversations?.get(customerIdOf(accountOf(workspaceOf(world, index)), index));
      if (conversations && !id) throw new Error(`Customer ${index} has no conversation yet.`);
      const auth = id ? { token, rooms: [{ kind: 'conversation', id }] } : { token };
      return { ...settings, namespaces: { '/messages': auth, '/webhooks': auth } };
    });
  }
}
