import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';
import { ApiClient } from '../support/api-client';
import { ServerProcess } from '../support/server-process';
import { world } from './support/world';

const folders: string[] = [];
const started: ServerProcess[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((one) => one.stop('SIGKILL')));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'switchboard-'));
  folders.push(made);
  return made;
}

function server(environment: Record<string, string | undefined>): ServerProcess {
  const one = new ServerProcess('server', { SWITCHBOARD_DATA_DIR: folder(), ...environment });
  started.push(one);
  return one;
}

/** Starts a process that cannot run, and gives what it told whoever started it: its log is JSON, this is not. */
async function refusalOf(environment: Record<string, string | undefined>): Promise<string[]> {
  const one = server(environment);
  expect(await one.run()).toBe(1);
  return one.log.filter((line) => line !== '' && !line.startsWith('{'));
}

const sentence = /^[A-Z][^\n]*\.$/;
const key = Buffer.alloc(32, 7).toString('base64');
const shared = { JWT_SECRET: 'j'.repeat(40), ENCRYPTION_KEY: key };
const nowhere = 'postgres://somebody:hush-hush@127.0.0.1:1/switchboard';
const redisNowhere = 'redis://:hush-hush@127.0.0.1:1';

/** A case of its name: the start is refused, with a sentence for each of these. */
function refused(what: string, environment: Record<string, string | undefined>, ...sentences: RegExp[]) {
  const check = async (): Promise<void> => {
    const told = await refusalOf(environment);
    expect(told).toEqual(sentences.map((rule) => expect.stringMatching(rule)));
    for (const line of told) {
      expect(line).toMatch(sentence);
      expect(line).not.toContain('hush-hush');
    }
  };
  return { what: `${what} ends with a sentence that says so`, check };
}

const everywhere = [
  refused('a role left to another process, without Redis,', { ROLES: 'api' }, /^ROLES .*REDIS_URL/),
  refused(
    'variables that do not go together, at once,',
    { REDIS_URL: redisNowhere, META_APP_ID: '1' },
    /^REDIS_URL needs DATABASE_URL/,
    /^JWT_SECRET must be set/,
    /^ENCRYPTION_KEY must be set/,
    /^META_APP_ID, META_APP_SECRETS and META_VERIFY_TOKEN go together/,
  ),
  refused(
    'a HOST that has no address, before anything is made,',
    { HOST: 'nope.invalid' },
    /^HOST nope\.invalid has no address/,
  ),
  refused('a HOST of another machine', { HOST: '192.0.2.1' }, /^HOST 192\.0\.2\.1 is no address of this machine/),
  refused(
    'a PORT that is taken',
    { PORT: new URL(world.apis[0]!).port },
    /^PORT \d+ on 127\.0\.0\.1 is in use by another process/,
  ),
  refused('proxies that are no addresses', { TRUST_PROXY: 'true' }, /^TRUST_PROXY must list addresses or networks/),
  refused('PostgreSQL that cannot be reached', { DATABASE_URL: nowhere }, /^DATABASE_URL: .*ECONNREFUSED/),
  refused(
    'any number of wrong variables, at once,',
    {
      PORT: 'eighty',
      ROLES: 'api,cook',
      DATABASE_URL: 'mysql://somebody:hush-hush@localhost',
      REDIS_URL: 'hush-hush',
      JWT_SECRET: 'hush-hush',
      ENCRYPTION_KEY: 'hush-hush',
      AUTH_ISSUERS: '{"secret":"hush-hush"}',
      OWNER_EMAIL: 'nobody',
      OWNER_PASSWORD: 'hush-hush',
      EVENT_RETENTION: 'long',
      LOG_LEVEL: 'loud',
    },
    /^PORT must be a whole number/,
    /^ROLES must be one of: api, gateway, worker/,
    /^DATABASE_URL must start with postgres/,
    /^REDIS_URL must be a URL/,
    /^JWT_SECRET must have at least 32 characters/,
    /^ENCRYPTION_KEY must be 32 bytes/,
    /^AUTH_ISSUERS must be a JSON list/,
    /^OWNER_EMAIL must be an email/,
    /^OWNER_PASSWORD must have at least 12/,
    /^EVENT_RETENTION must be a duration/,
    /^LOG_LEVEL must be one of/,
  ),
];

/** Only over services can processes meet in one database. */
const overServices: Record<string, ReturnType<typeof refused>[]> = {
  embedded: [],
  postgres: [
    refused(
      'a second process without Redis',
      { DATABASE_URL: world.databaseUrl },
      /^DATABASE_URL is in use .*REDIS_URL/,
    ),
    refused(
      'a process with Redis beside one without',
      { ...shared, DATABASE_URL: world.databaseUrl, REDIS_URL: process.env.REDIS_URL },
      /^DATABASE_URL is in use .*REDIS_URL/,
    ),
  ],
  cluster: [
    refused(
      'a process without Redis beside those with it',
      { DATABASE_URL: world.databaseUrl },
      /^DATABASE_URL is in use .*REDIS_URL/,
    ),
    refused(
      'Redis that cannot be reached',
      { ...shared, DATABASE_URL: world.databaseUrl, REDIS_URL: redisNowhere },
      /^REDIS_URL: Redis could not be reached/,
    ),
    refused(
      'another ENCRYPTION_KEY than the secrets were stored with',
      { ...shared, DATABASE_URL: world.databaseUrl, REDIS_URL: process.env.REDIS_URL, ROLES: 'worker' },
      /ENCRYPTION_KEY/,
    ),
    { what: 'Redis that may throw entries away is warned about, and the process runs', check: warnedOfEviction },
  ],
};

async function warnedOfEviction(): Promise<void> {
  const { REDIS_URL } = process.env;
  const redis = new Redis(REDIS_URL!);
  const [, before] = (await redis.config('GET', 'maxmemory-policy')) as [string, string];
  const secrets = { JWT_SECRET: world.jwtSecret, ENCRYPTION_KEY: world.encryptionKey };
  const another = server({ ...secrets, ROLES: 'worker', DATABASE_URL: world.databaseUrl, REDIS_URL });
  try {
    await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
    await another.start();
    const warning = another.log.find((line) => line.includes('maxmemory-policy'));
    expect(JSON.parse(warning!)).toMatchObject({
      level: 40,
      msg: expect.stringMatching(/^REDIS_URL: maxmemory-policy is allkeys-lru.*noeviction/),
    });
  } finally {
    await redis.config('SET', 'maxmemory-policy', before);
    await another.stop();
    redis.disconnect();
  }
}

async function expectRefusal(dataDir: string, secrets: Record<string, string>): Promise<void> {
  const env = { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', SWITCHBOARD_DATA_DIR: dataDir, ...secrets };
  const entry = join(__dirname, '../../dist/apps/server/src/main.js');
  await expect(promisify(execFile)(process.execPath, [entry], { cwd: folder(), env })).rejects.toMatchObject({
    code: 1,
    stderr: `SWITCHBOARD_DATA_DIR (${dataDir}) cannot be used: it is a file, or lies in one. Name a folder this user may write to.\n`,
  });
}

describe('a start with', () => {
  it.each([...everywhere, ...overServices[world.topology]!])('$what', ({ check }) => check());
});

describe('an embedded instance', () => {
  it.each([
    ['a file', {}],
    ['a file, with the secrets set,', shared],
  ])('whose data folder is %s says so', async (_, secrets) => {
    const file = join(folder(), 'file');
    writeFileSync(file, '');
    await expectRefusal(file, secrets);
    await expectRefusal(join(file, 'below'), secrets);
  });

  it('makes its own secrets and tells its owner the password once; its data folder is for one process alone', async () => {
    const home = { SWITCHBOARD_DATA_DIR: folder(), OWNER_EMAIL: 'ann@example.com' };
    const first = server(home);
    await first.start();
    const password = /^Sign in as ann@example\.com with the password (\S{20})$/m.exec(first.log.join('\n'))![1]!;
    const account = await new ApiClient(first.url).signIn('ann@example.com', password);
    expect(statSync(join(home.SWITCHBOARD_DATA_DIR, 'secrets.json')).mode & 0o777).toBe(0o600);

    await refused('a second process', home, /^SWITCHBOARD_DATA_DIR .* is in use by process \d+.*DATABASE_URL/).check();
    expect(await first.ready()).toBe(true);

    expect(await first.stop()).toBe(0);
    await first.start();
    expect(first.log.join('\n')).not.toContain('password');
    const me = await new ApiClient(first.url, account.accessToken).get('/v1/auth/me');
    expect([me.status, me.body.user.id]).toEqual([200, account.userId]);
  });
});

describe('a new epoch', () => {
  const command = join(__dirname, '../../dist/apps/server/src/new-epoch.js');
  const run = (dataDir: string) =>
    promisify(execFile)(process.execPath, [command], {
      cwd: dataDir,
      env: { PATH: process.env.PATH, SWITCHBOARD_DATA_DIR: dataDir },
    });

  it('makes every cursor of before worthless, and is not begun while a server runs', async () => {
    const dataDir = folder();
    const owner = { OWNER_EMAIL: 'owner@example.com', OWNER_PASSWORD: 'correct horse battery' };
    const epochOf = async (one: ServerProcess) => {
      await one.start();
      const api = new ApiClient(one.url);
      const { accessToken } = await api.signIn(owner.OWNER_EMAIL, owner.OWNER_PASSWORD);
      const { body } = await api.as(accessToken).get('/v1/events');
      return (body.head as string).split('.')[0];
    };
    const one = server({ ...owner, SWITCHBOARD_DATA_DIR: dataDir });
    const before = await epochOf(one);
    await expect(run(dataDir)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/in use.*Stop every Switchboard process/s),
    });
    await one.stop();
    expect(await epochOf(one)).toBe(before);
    await one.stop();
    expect((await run(dataDir)).stdout.trim()).toMatch(sentence);
    expect(await epochOf(one)).not.toBe(before);
  });
});
