import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { ClientSettings } from '../clients/client';
import { customerIdOf } from '../load/webhooks';
import { freePort, ServerProcess } from '../processes/server-process';
import { conversationsByCustomer, type SeededUser, seed } from '../stores/seed';
import type { Stores } from '../stores/stores';
import { accessToken } from '../stores/tokens';
import { accountOf, isShared, type World, workspaceOf } from '../world';
import { type RunningSystem, type SystemUnderTest, socketUrl } from './system';

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
  /** For logs and CPU profiles. */
  folder: string;
  profile: boolean;
}

export interface RunningSubject extends RunningSystem {
  databaseUrl: string;
}

const main = join(__dirname, '../../../apps/server/main.js');
const template = 'seeded';

/** Switchboard as it is built, over PostgreSQL and Redis. Every start has a fresh copy of the seeded database. */
export class Subject {
  private users: SeededUser[] = [];
  private readonly jwtSecret = randomBytes(32).toString('base64');
  private readonly encryptionKey = randomBytes(32).toString('base64');
  private starts = 0;

  constructor(private readonly settings: SubjectSettings) {}

  /** Lets the server set up a database, and writes the world into it. */
  async prepare(): Promise<void> {
    const { stores, world } = this.settings;
    const url = await stores.createDatabase(template);
    const server = await this.startProcess('api,gateway,worker', url, 'setup', []);
    await server.stop();
    this.users = await seed(url, world);
  }

  in(topology: Topology, name: string): SystemUnderTest & { start: () => Promise<RunningSubject> } {
    return { name, start: () => this.start(topology) };
  }

  private async start(topology: Topology): Promise<RunningSubject> {
    const { stores, world, profile, folder } = this.settings;
    this.starts += 1;
    const database = `run_${this.starts}`;
    const databaseUrl = await stores.createDatabase(database, template);
    await stores.settle();
    const profiling = profile ? ['--cpu-prof', `--cpu-prof-dir=${join(folder, 'profiles')}`] : [];
    const processes: { roles: string; port: number; server: ServerProcess }[] = [];
    const stop = async () => {
      for (const { server } of processes) await server.stop();
      await stores.dropDatabase(database);
    };
    for (const roles of topology) {
      const server = await this.startProcess(roles, databaseUrl, `${database}-${roles}`, profiling);
      processes.push({ roles, port: server.port, server });
    }
    const portOf = (role: string) => processes.find(({ roles }) => roles.split(',').includes(role))?.port ?? 0;
    return {
      webhookPort: portOf('api'),
      pids: processes.map(({ server }) => server.pid),
      databaseUrl,
      // With shared workspaces a subscription to one conversation leaves only that conversation's own events.
      expected: isShared(world) ? ['message.received'] : ['message.received', 'webhook.received'],
      clients: () => this.clients(portOf('gateway'), databaseUrl),
      stop,
    };
  }

  private async startProcess(
    roles: string,
    databaseUrl: string,
    name: string,
    execArgv: string[],
  ): Promise<ServerProcess> {
    const { stores, appSecret, folder } = this.settings;
    return ServerProcess.start({
      name: `the server (${roles})`,
      script: main,
      port: await freePort(),
      logFile: join(folder, `server-${name}.log`),
      execArgv: ['--enable-source-maps', ...execArgv],
      env: {
        ROLES: roles,
        DATABASE_URL: databaseUrl,
        REDIS_URL: stores.redisUrl,
        JWT_SECRET: this.jwtSecret,
        ENCRYPTION_KEY: this.encryptionKey,
        OWNER_PASSWORD: randomBytes(16).toString('hex'),
        META_APP_ID: '1000000000000001',
        META_APP_SECRETS: appSecret,
        META_VERIFY_TOKEN: randomBytes(8).toString('hex'),
        SWITCHBOARD_DATA_DIR: join(folder, 'data'),
        LOG_LEVEL: 'warn',
        LOG_FORMAT: 'json',
      },
    });
  }

  private async clients(port: number, databaseUrl: string): Promise<ClientSettings[]> {
    const { world } = this.settings;
    const conversations = isShared(world) ? await conversationsByCustomer(databaseUrl) : undefined;
    return this.users.map((user, index) => {
      const token = accessToken(user, this.jwtSecret);
      const id = conversations?.get(customerIdOf(accountOf(workspaceOf(world, index)), index));
      if (conversations && !id) throw new Error(`Customer ${index} has no conversation yet.`);
      const auth = id ? { token, rooms: [{ kind: 'conversation', id }] } : { token };
      return { url: socketUrl(port), readyEvent: 'ready', namespaces: { '/messages': auth, '/webhooks': auth } };
    });
  }
}
