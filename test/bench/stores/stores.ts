import { Redis } from 'ioredis';
import { Client } from 'pg';
import { nameOf, parentOf } from '../figures/cpu';

const ownDatabases = 'switchboard_bench_';

/** PostgreSQL and Redis of the run. Each server under test gets a database of its own and an empty Redis. */
export class Stores {
  private constructor(
    private readonly admin: Client,
    private readonly redis: Redis,
    private readonly databaseUrl: string,
    readonly redisUrl: string,
    /** For CPU times: the postmaster and Redis. */
    readonly pids: { postgres: number; redis: number },
    readonly versions: { postgres: string; redis: string },
  ) {}

  /** @throws an error that says what to do, where the stores cannot be measured. */
  static async open(databaseUrl: string | undefined, redisUrl: string | undefined): Promise<Stores> {
    if (!databaseUrl || !redisUrl) {
      throw new Error('DATABASE_URL and REDIS_URL must be set; `npm run bench` starts both services and sets them.');
    }
    const admin = new Client({ connectionString: databaseUrl, application_name: 'bench' });
    await admin.connect();
    const redis = new Redis(redisUrl);
    if ((await redis.dbsize()) > 0) {
      throw new Error('REDIS_URL names a Redis that holds something, and the benchmark empties it: name an empty one.');
    }
    const backend = await one<{ pid: number; version: string }>(
      admin,
      `select pg_backend_pid() as pid, current_setting('server_version') as version`,
    );
    const server = await redis.info('server');
    const redisPid = Number(/^process_id:(\d+)/m.exec(server)?.[1]);
    for (const [variable, pid, name] of [
      ['DATABASE_URL', backend.pid, 'postgres'],
      ['REDIS_URL', redisPid, 'redis-server'],
    ] as const) {
      if (nameOf(pid) !== name) {
        throw new Error(
          `${variable} names a ${name} that is no process of this machine, so its CPU time cannot be read: unset it, with the service's package installed.`,
        );
      }
    }
    return new Stores(
      admin,
      redis,
      databaseUrl,
      redisUrl,
      { postgres: parentOf(backend.pid), redis: redisPid },
      { postgres: backend.version.split(' ', 1)[0]!, redis: /^redis_version:(\S+)/m.exec(server)?.[1] ?? '' },
    );
  }

  /** Makes a database, a copy of `template` where one is named, and returns its URL. */
  async createDatabase(name: string, template?: string): Promise<string> {
    await this.dropDatabase(name);
    const source = template ? ` template ${ownDatabases}${template}` : '';
    await this.admin.query(`create database ${ownDatabases}${name}${source}`);
    const url = new URL(this.databaseUrl);
    url.pathname = `/${ownDatabases}${name}`;
    return url.href;
  }

  async dropDatabase(name: string): Promise<void> {
    await this.admin.query(`drop database if exists ${ownDatabases}${name} with (force)`);
  }

  /** Writes out what the last measurement left behind, so that the next does not pay for it. */
  async settle(): Promise<void> {
    await this.redis.flushall();
    await this.admin.query('checkpoint');
  }

  async close(): Promise<void> {
    const { rows } = await this.admin.query<{ datname: string }>(
      `select datname from pg_database where datname like $1`,
      [`${ownDatabases.replaceAll('_', '\\_')}%`],
    );
    for (const { datname } of rows) await this.admin.query(`drop database if exists ${datname} with (force)`);
    await this.redis.flushall();
    await this.redis.quit();
    await this.admin.end();
  }
}

async function one<T extends object>(client: Client, text: string): Promise<T> {
  return (await client.query<T>(text)).rows[0]!;
}
