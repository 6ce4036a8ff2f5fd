import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { ClientsHandlers } from '../clients/main';
import { monotonic } from '../figures/clock';
import { cpuOf, residentBytes } from '../figures/cpu';
import { Peer } from '../processes/peer';
import { baseline } from '../systems/baseline';
import { topologies } from '../systems/subject';
import { type SystemUnderTest, socketUrl } from '../systems/system';
import type { World } from '../world';
import { type Bench, type Figure, over, type RowResult, ratio, type Target } from './row';

export const namespaces = ['/messages', '/webhooks', '/contacts', '/channels'];
const usersEach = 5;
/** Of a process that holds them, beside its sockets. */
const otherFiles = 200;

export interface Idle {
  connections: number;
  /** Of all processes of the system, bytes. */
  resident: number;
  /** Share of one core. */
  cpu: number;
}

export interface Holding {
  /** Before the first connection, bytes. */
  empty: number;
  at: Idle[];
}

/** Row 5: what a connection costs in memory. */
export async function memoryPerConnection(bench: Bench): Promise<RowResult> {
  const [, most] = bench.options.connections;
  const { systems, subject, bare, stock } = await systemsOf(bench, topologies.one, true);
  const rounds = await holdInRounds(bench, 5, systems, [most]);
  const kilobytes = ({ empty, at }: Holding) => (at.at(-1)!.resident - empty) / most / 1024;
  const figures: Figure[] = systems.flatMap(({ name }) => [
    { system: name, what: 'RSS KB/connection', values: over(rounds, name, kilobytes) },
    { system: name, what: 'RSS MB without any', values: over(rounds, name, ({ empty }) => empty / 2 ** 20) },
  ]);
  const targets: Target[] = bench.options.subjectOnly
    ? []
    : [
        {
          what: `RSS/connection ÷ ${bare.name}`,
          values: ratio(rounds, subject.name, bare.name, kilobytes),
          atMost: 1.25,
        },
        {
          what: `RSS/connection, ${stock.name} ÷ ours`,
          values: ratio(rounds, stock.name, subject.name, kilobytes),
          atLeast: 5,
        },
      ];
  const title = `memory of ${most} connections, ${namespaces.length} namespaces each`;
  return { row: 5, title, figures, targets, rounds };
}

/** Row 6: what connections cost in CPU while nothing happens. */
export async function idleCpu(bench: Bench): Promise<RowResult> {
  const counts = bench.options.connections;
  const { systems, subject, bare } = await systemsOf(bench, ['gateway'], false);
  const rounds = await holdInRounds(bench, 6, systems, counts);
  const share = (position: number) => (holding: Holding) => holding.at[position]!.cpu * 100;
  const figures: Figure[] = systems.flatMap(({ name }) =>
    counts.map((count, position) => ({
      system: name,
      what: `% of a core at ${count}`,
      values: over(rounds, name, share(position)),
    })),
  );
  const targets: Target[] = bench.options.subjectOnly
    ? []
    : counts.map((count, position) => ({
        what: `% of a core above ${bare.name} at ${count}`,
        values: rounds.map((round) => share(position)(round[subject.name]!) - share(position)(round[bare.name]!)),
        atMost: 1,
      }));
  return { row: 6, title: `idle CPU, ${namespaces.length} namespaces a connection`, figures, targets, rounds };
}

async function systemsOf(bench: Bench, topology: readonly string[], withStock: boolean) {
  const { options } = bench;
  const [, users] = options.connections;
  needFiles(users);
  const world: World = { users, workspaces: Math.ceil(users / usersEach), history: 0 };
  const settings = { appSecret: bench.appSecret, redisUrl: bench.stores.redisUrl };
  const connects = (port: number) => ({
    url: socketUrl(port),
    namespaces: Object.fromEntries(namespaces.map((name) => [name, {}])),
  });
  const name = topology[0] === 'gateway' ? 'Switchboard (gateway)' : 'Switchboard';
  const subject = (await bench.subjectOf(world)).in(topology, name, namespaces);
  const bare = baseline('bare Socket.IO', 'bare-namespaces', settings, world, connects);
  const stock = baseline('stock Nest', 'stock-nest', settings, world, connects);
  const systems: SystemUnderTest[] = options.subjectOnly ? [subject] : [bare, subject, ...(withStock ? [stock] : [])];
  return { systems, subject, bare, stock };
}

/** Each system in every round, anew; their order turns. */
async function holdInRounds(
  bench: Bench,
  row: number,
  systems: readonly SystemUnderTest[],
  counts: readonly number[],
): Promise<Record<string, Holding>[]> {
  const rounds: Record<string, Holding>[] = [];
  for (let round = 1; round <= bench.options.rounds; round += 1) {
    const results: Record<string, Holding> = {};
    for (let turn = 0; turn < systems.length; turn += 1) {
      const system = systems[(turn + round - 1) % systems.length]!;
      bench.say(`row ${row}, round ${round} of ${bench.options.rounds}: ${system.name}`);
      await bench.stores.settle();
      results[system.name] = await holdIdle(bench, system, counts);
    }
    rounds.push(results);
  }
  return rounds;
}

export async function holdIdle(
  { options }: Bench,
  system: SystemUnderTest,
  counts: readonly number[],
): Promise<Holding> {
  const running = await system.start();
  const clients = Peer.fork<ClientsHandlers>('clients/main.js');
  const resident = () => running.pids.reduce((sum, pid) => sum + residentBytes(pid), 0);
  try {
    const all = await running.clients();
    const empty = resident();
    const at: Idle[] = [];
    let connected = 0;
    for (const connections of counts) {
      const world = { users: connections, workspaces: 1 };
      await clients.ask('connect', { world, clients: all.slice(connected, connections), expected: [] });
      connected = connections;
      await setTimeout(options.idleSeconds * 1000);
      const before = { cpu: cpuOf(running.pids), at: monotonic() };
      await setTimeout(options.idleSeconds * 1000);
      const cpu = (cpuOf(running.pids) - before.cpu) / 1000 / (monotonic() - before.at);
      at.push({ connections, resident: resident(), cpu });
    }
    await clients.ask('served', undefined);
    return { empty, at };
  } finally {
    await clients.stop();
    await running.stop();
  }
}

/** @throws where a process may not have as many open files as connections */
export function needFiles(connections: number): void {
  const allowed = Number(/^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1] ?? Infinity);
  if (allowed >= connections + otherFiles) return;
  const error = new Error(
    `${connections} connections need \`ulimit -n ${connections + otherFiles}\`; it is ${allowed}.`,
  );
  throw Object.assign(error, { code: 'too_few_files' });
}
