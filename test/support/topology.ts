import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { ServerProcess } from './server-process';

/**
 * `embedded`: one process, nothing else. `postgres`: one process over PostgreSQL. `cluster`: api, worker and two gateways over
 * PostgreSQL and Redis, one of the gateways answering HTTP too, so that two api processes take in webhooks.
 */
export type TopologyKind = 'embedded' | 'postgres' | 'cluster';

export interface Topology {
  kind: TopologyKind;
  processes: ServerProcess[];
  apis: ServerProcess[];
  gateways: ServerProcess[];
  workers: ServerProcess[];
  /** Of this run alone; unset when embedded. */
  databaseUrl?: string;
  owner: { email: string; password: string };
  metaApp: { id: string; secret: string; verifyToken: string };
  jwtSecret: string;
  /** One more process of the same installation, not started yet; `stop` ends it with the others. */
  add: (name: string, roles: string) => ServerProcess;
  stop: () => Promise<void>;
}

const clusterRoles = { api: 'api', worker: 'worker', 'gateway-1': 'gateway', 'gateway-2': 'gateway,api' };

/** Starts the built server in one of its topologies, on a database of its own. */
export async function startTopology(kind: TopologyKind, extra: Record<string, string> = {}): Promise<Topology> {
  const folder = mkdtempSync(join(tmpdir(), 'switchboard-'));
  const database = kind === 'embedded' ? undefined : await freshDatabase();
  const owner = { email: 'owner@example.com', password: randomBytes(12).toString('hex') };
  const metaApp = { id: 'app-1', secret: randomBytes(16).toString('hex'), verifyToken: randomBytes(8).toString('hex') };
  const jwtSecret = randomBytes(32).toString('hex');
  const environment = {
    SWITCHBOARD_DATA_DIR: folder,
    DATABASE_URL: database?.url,
    REDIS_URL: kind === 'cluster' ? needed('REDIS_URL') : undefined,
    JWT_SECRET: jwtSecret,
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    OWNER_EMAIL: owner.email,
    OWNER_PASSWORD: owner.password,
    META_APP_ID: metaApp.id,
    META_APP_SECRETS: metaApp.secret,
    META_VERIFY_TOKEN: metaApp.verifyToken,
    ...extra,
  };
  const roles = kind === 'cluster' ? clusterRoles : { server: 'api,gateway,worker' };
  const processes: ServerProcess[] = [];
  const add = (name: string, ROLES: string): ServerProcess => {
    const added = new ServerProcess(name, { ...environment, ROLES });
    processes.push(added);
    return added;
  };
  for (const [name, those] of Object.entries(roles)) add(name, those);
  const having = (role: string) =>
    processes.filter((_, position) => Object.values(roles)[position]!.split(',').includes(role));
  const stop = async (): Promise<void> => {
    await Promise.all(processes.map((one) => one.stop()));
    await database?.drop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    // All at once: migrations and the first start must hold against that.
    await Promise.all(processes.map((one) => one.start()));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    kind,
    processes,
    apis: having('api'),
    gateways: having('gateway'),
    workers: having('worker'),
    databaseUrl: database?.url,
    owner,
    metaApp,
    jwtSecret,
    add,
    stop,
  };
}

/** An empty database on the server of DATABASE_URL. */
export async function freshDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const admin = needed('DATABASE_URL');
  const name = `switchboard_test_${randomBytes(6).toString('hex')}`;
  await asAdmin(admin, `create database ${name}`);
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => asAdmin(admin, `drop database if exists ${name} with (force)`) };
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

function needed(name: string): string {
  const value = process.env[name];
  if (!value)
    throw new Error(`${name} is not set; run this through scripts/services.sh, as npm run test:services does.`);
  return value;
}
