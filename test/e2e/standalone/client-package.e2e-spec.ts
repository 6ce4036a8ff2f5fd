import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const root = join(__dirname, '../../..');
const run = promisify(execFile);
let folder: string;

/** An application elsewhere that has installed both packages: what `npm pack` would take, and what they ask for themselves. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchboard-application-'));
  for (const name of ['client', 'react']) {
    const target = join(folder, 'node_modules/@switchboard', name);
    mkdirSync(target, { recursive: true });
    for (const part of ['package.json', 'dist']) {
      cpSync(join(root, 'libs', name, part), join(target, part), { recursive: true });
    }
  }
  for (const name of ['socket.io-client', 'react', '@types/react', '@types/node']) {
    const target = join(folder, 'node_modules', name);
    mkdirSync(dirname(target), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), target);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const application = `
import { connect, type Envelope } from '@switchboard/client';
import { useConversations } from '@switchboard/react';
const client = connect({ url: 'http://127.0.0.1:1', token: async () => 'token' });
client.on('message.received', (event) => {
  const text: string | null = event.data.conversation.contact.name;
  // @ts-expect-error a message has no such member
  event.data.message.nonsense;
  return text;
});
const kept: Envelope<'contact.deleted'>[] = [];
client.on('contact.deleted', (event) => kept.push(event));
// @ts-expect-error there is no such event
client.on('message.nonsense', () => undefined);
export const page = async () => {
  const { items } = await client.rest.get('/v1/conversations/{id}/messages', { path: { id: '1' }, query: { limit: 3 } });
  // @ts-expect-error the path needs its parameter
  await client.rest.get('/v1/conversations/{id}/messages');
  const { unreadCount } = await client.request('message.mark_read', { conversationId: '1' });
  const count: number = unreadCount;
  return [items, count, useConversations({ status: ['open'] }).items];
};
`;

describe('the packages, installed elsewhere,', () => {
  it.each([
    [
      'ES modules',
      'main.mjs',
      "import { connect } from '@switchboard/client'; import * as r from '@switchboard/react';",
    ],
    [
      'CommonJS',
      'main.cjs',
      "const { connect } = require('@switchboard/client'); const r = require('@switchboard/react');",
    ],
  ])('load as %s', async (_, name, imports) => {
    const file = join(folder, name);
    writeFileSync(file, `${imports} console.log(typeof connect, typeof r.useMessages);`);
    const { stdout } = await run(process.execPath, [file]);
    expect(stdout).toBe('function function\n');
  });

  it.each([
    ['nodenext', 'main.mts'],
    ['nodenext', 'main.cts'],
    ['esnext', 'main.ts'],
  ])('have types of their own: %s, %s', async (module, name) => {
    writeFileSync(join(folder, name), application);
    const resolution = module === 'esnext' ? 'bundler' : module;
    const options = ['--noEmit', '--strict', '--skipLibCheck', 'false', '--target', 'es2023', '--types', 'node'];
    const compiler = join(root, 'node_modules/@typescript/native/bin/tsc');
    const command = [compiler, ...options, '--module', module, '--moduleResolution', resolution, name];
    const told = await run(process.execPath, command, { cwd: folder }).then(
      () => '',
      ({ stdout }: { stdout: string }) => stdout,
    );
    expect(told).toBe('');
  });
});
