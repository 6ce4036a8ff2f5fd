import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { processEnvironment } from '@switchboard/config';
import { tableOf } from './figures/table';
import { VoidRun } from './measurement';
import { type Options, readOptions, usage } from './options';
import { idleCpu, memoryPerConnection } from './rows/connections';
import { fanOut } from './rows/fan-out';
import { flows } from './rows/flows';
import { hold } from './rows/hold';
import { inbox } from './rows/inbox';
import { intake } from './rows/intake';
import type { Bench, RowName, RowResult } from './rows/row';
import { steady } from './rows/steady';
import { storm } from './rows/storm';
import { sustained } from './rows/sustained';
import { Stores } from './stores/stores';
import { Subject } from './systems/subject';
import type { World } from './world';

const rows: Record<RowName, (bench: Bench) => Promise<RowResult>> = {
  1: intake,
  2: sustained,
  3: steady,
  4: fanOut,
  5: memoryPerConnection,
  6: idleCpu,
  7: storm,
  hold,
  inbox,
  flows,
};

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const { DATABASE_URL, REDIS_URL } = processEnvironment();
  const folder = join('.tmp/bench', new Date().toISOString().replace(/[:.]/g, '-'));
  mkdirSync(folder, { recursive: true });
  const stores = await Stores.open(DATABASE_URL, REDIS_URL);
  try {
    await run(options, stores, folder);
  } finally {
    await stores.close();
  }
}

async function run(options: Options, stores: Stores, folder: string): Promise<void> {
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const world = { users: options.users, workspaces: options.workspaces };
  const appSecret = randomBytes(16).toString('hex');
  const subject = new Subject({ stores, world, appSecret, folder, profile: options.profile });
  if (options.rows.some((row) => row === 1 || row === 2 || row === 3)) await subject.prepare();
  const others = new Map<string, Subject>();
  const subjectOf = async (other: World) => {
    const key = JSON.stringify(other);
    let made = others.get(key);
    if (!made) {
      made = new Subject({ stores, world: other, appSecret, folder, profile: options.profile });
      say(`seeding ${other.workspaces} workspaces with ${other.users} users`);
      await made.prepare();
      others.set(key, made);
    }
    return made;
  };
  const bench: Bench = { options, stores, subject, subjectOf, folder, world, appSecret, say };
  const machine = {
    cores: cpus().length,
    processor: cpus()[0]!.model,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.version,
    ...stores.versions,
  };
  const results: RowResult[] = [];
  for (const row of options.rows) {
    results.push(await rows[row](bench));
    writeFileSync(join(folder, 'results.json'), JSON.stringify({ machine, options, results }, null, 2));
  }
  const { cores, processor, node, postgres, redis } = machine;
  const about = `${options.rounds} rounds on ${cores} cores (${processor}), Node ${node}, PostgreSQL ${postgres}, Redis ${redis}`;
  const report = `${about}\n\n${tableOf(results)}\n`;
  writeFileSync(join(folder, 'results.md'), report);
  process.stdout.write(`${report}\nEverything measured: ${folder}\n`);
}

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => process.exit(code));
}

main().then(
  () => process.exit(0),
  (error: Error) => {
    const known = error instanceof VoidRun || 'code' in error;
    process.stderr.write(`bench: ${known ? error.message : (error.stack ?? error.message)}\n`);
    if ((error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')) process.stderr.write(`${usage}\n`);
    process.exit(1);
  },
);
