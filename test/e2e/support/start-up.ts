import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServerProcess } from '../../support/server-process';

const folders: string[] = [];
const started: ServerProcess[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((one) => one.stop('SIGKILL')));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'switchboard-'));
  folders.push(made);
  return made;
}

export function server(environment: Record<string, string | undefined>): ServerProcess {
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

export const sentence = /^[A-Z][^\n]*\.$/;
const key = Buffer.alloc(32, 7).toString('base64');
export const shared = { JWT_SECRET: 'j'.repeat(40), ENCRYPTION_KEY: key };
export const nowhere = 'postgres://somebody:hush-hush@127.0.0.1:1/switchboard';
export const redisNowhere = 'redis://:hush-hush@127.0.0.1:1';

/** A case of its name: the start is refused, with a sentence for each of these. */
export function refused(what: string, environment: Record<string, string | undefined>, ...sentences: RegExp[]) {
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
