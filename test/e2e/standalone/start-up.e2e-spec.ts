import { execFile } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ApiClient } from '../../support/api-client';
import { ServerProcess } from '../../support/server-process';
import { folder, nowhere, redisNowhere, refused, sentence, server, shared } from '../support/start-up';

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

async function expectRefusal(dataDir: string, secrets: Record<string, string>): Promise<void> {
  const env = { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', SWITCHBOARD_DATA_DIR: dataDir, ...secrets };
  const entry = join(__dirname, '../../../dist/apps/server/src/main.js');
  await expect(promisify(execFile)(process.execPath, [entry], { cwd: folder(), env })).rejects.toMatchObject({
    code: 1,
    stderr: `SWITCHBOARD_DATA_DIR (${dataDir}) cannot be used: it is a file, or lies in one. Name a folder this user may write to.\n`,
  });
}

describe('a start with', () => {
  it.each(everywhere)('$what', ({ check }) => check());
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
  const command = join(__dirname, '../../../dist/apps/server/src/new-epoch.js');
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
