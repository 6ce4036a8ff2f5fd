import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { openShop } from './support/shop';
import { world } from './support/world';

const root = join(__dirname, '../..');
const [, client] = /```js\n(.*?)```/s.exec(readFileSync(join(root, 'README.md'), 'utf8'))!;

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  closeSockets();
});

/** Runs the client of the README; its owner is whoever the test says. */
function run(email: string, password: string, url: string) {
  const source = client!.replace('owner@example.com', email);
  const env = { PATH: process.env.PATH, URL: url, PASSWORD: password };
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], { cwd: root, env });
  started.push(child);
  const told = { output: '', ended: new Promise<number | null>((resolve) => child.once('close', resolve)) };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      told.output += text;
    });
  }
  return told;
}

/** Where HTTP and sockets are answered by one process, as the README has it. */
const both = world.gateways.find((url) => world.apis.includes(url))!;

describe('the client of the README', () => {
  it('prints what happens', async () => {
    const shop = await openShop('messenger');
    const told = run(shop.tenant.email, shop.tenant.password, both);
    await until(() => told.output.includes('ready'), 'the client is ready');
    await shop.receives(shop.text(shop.chat(), 'Read me'));
    await until(() => told.output.includes('Read me'), 'the message is printed');
  });

  it('ends at once with the reason when the password is wrong', async () => {
    const shop = await openShop('messenger');
    const told = run(shop.tenant.email, 'another password', both);
    expect(await told.ended).toBe(1);
    expect(told.output).toContain('The email or the password is wrong.');
  });
});
