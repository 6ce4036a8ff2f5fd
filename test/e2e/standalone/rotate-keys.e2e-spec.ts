import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ApiClient } from '../../support/api-client';
import { ServerProcess } from '../../support/server-process';
import { accountAtMeta, closeGraphs, openGraph } from '../support/connecting';
import { world } from '../support/world';

const folder = mkdtempSync(join(tmpdir(), 'switchboard-'));
const started: ServerProcess[] = [];

afterAll(async () => {
  await Promise.all(started.map((one) => one.stop('SIGKILL')));
  rmSync(folder, { recursive: true, force: true });
});
afterAll(closeGraphs);

const command = join(__dirname, '../../../dist/apps/server/src/rotate-keys.js');
const [before, after] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
const password = 'a password of some length';

/** An installation of its own on the embedded store. */
const environment = (keys: { ENCRYPTION_KEY: string; ENCRYPTION_KEYS_OLD?: string }) => ({
  ...{ SWITCHBOARD_DATA_DIR: folder, OWNER_PASSWORD: password, GRAPH_HOSTS: 'http://127.0.0.1:*', LOG_LEVEL: 'trace' },
  ...{ META_APP_ID: world.metaAppId, META_APP_SECRETS: world.metaAppSecret, META_VERIFY_TOKEN: world.verifyToken },
  ...keys,
});

/** What the command says, and how it ends. */
const rotate = (keys: Parameters<typeof environment>[0]) =>
  promisify(execFile)(process.execPath, [command], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...environment(keys) },
  }).then(
    ({ stdout, stderr }) => ({ code: 0, said: stdout + stderr }),
    ({ code, stdout, stderr }) => ({ code: code as number, said: `${stdout}${stderr}` }),
  );

async function running<T>(keys: Parameters<typeof environment>[0], work: (api: ApiClient) => Promise<T>) {
  const server = new ServerProcess('server', environment(keys));
  started.push(server);
  await server.start();
  const anonymous = new ApiClient(server.url);
  const { accessToken } = await anonymous.signIn('owner@example.com', password);
  const result = await work(anonymous.as(accessToken));
  await server.stop();
  return { result, log: server.log.join('\n') };
}

it('a key is replaced: everything sealed is sealed anew, once, and works without the old one', async () => {
  const graph = await openGraph({ callbacks: false });
  const account = await accountAtMeta('whatsapp', graph);
  const first = await running({ ENCRYPTION_KEY: before }, (api) => api.made('/v1/channels', account.registration));
  expect(first.result.status).toBe('connected');

  // Both keys: what the old one has sealed still opens.
  const both = { ENCRYPTION_KEY: after, ENCRYPTION_KEYS_OLD: before };
  const path = `/v1/channels/${first.result.id}/check`;
  const between = await running(both, (api) => api.post(path));
  expect([between.result.status, between.result.body.status]).toEqual([200, 'connected']);

  const withoutOld = await rotate({ ENCRYPTION_KEY: after });
  expect([withoutOld.code, withoutOld.said]).toEqual([1, expect.stringMatching(/^0 secrets .*\n[1-9]\d* secrets are/)]);
  expect(await rotate(both)).toEqual({ code: 0, said: expect.stringMatching(/^[1-9]\d* secrets were sealed/) });
  expect(await rotate(both)).toEqual({ code: 0, said: expect.stringMatching(/^0 secrets were sealed/) });

  graph.next(1, { method: 'GET', path: new RegExp(account.externalId) }).fail(1);
  const last = await running({ ENCRYPTION_KEY: after }, async (api) => {
    expect((await api.post(path)).status).toBe(503);
    const checked = await api.post(path);
    graph.kill(account.token);
    await api.post(path);
    return checked;
  });
  expect([last.result.status, last.result.body.status]).toEqual([200, 'connected']);

  // Nothing that was sealed, and no key, is in what the server wrote about all that.
  const written = first.log + between.log + last.log;
  expect(written).toContain(first.result.id);
  for (const secret of [account.token, before, after, world.metaAppSecret]) expect(written).not.toContain(secret);
});
