import { cpuTotal, residentBytes } from '../figures/cpu';
import { VoidRun } from '../measurement';
import { topologies } from '../systems/subject';
import type { World } from '../world';
import { holdIdle, namespaces, needFiles } from './connections';
import { type Bench, type Figure, inRounds, type RowResult, type Target } from './row';

const usersEach = 5;
/** Of what there is twice as much, a unit may cost a tenth more. */
const most = 1.1;
const mebibyte = 2 ** 20;

/** What one run tells, by name: each figure is of one unit. */
type Units = Record<string, number>;

interface Growing {
  what: string;
  /** The size and the double of it, in words. */
  sizes: readonly [string, string];
  measure: (doubled: boolean) => Promise<Units>;
}

/** Row 9: what a unit costs where there are twice as many. Each size runs anew; which comes first turns from round to round. */
export async function growth(bench: Bench): Promise<RowResult> {
  const growing = [connections(bench), workspaces(bench), room(bench), history(bench)];
  const rounds: Record<string, Units>[] = [];
  for (let round = 1; round <= bench.options.rounds; round += 1) {
    const results: Record<string, Units> = {};
    for (const { what, sizes, measure } of growing) {
      for (const doubled of round % 2 === 1 ? [false, true] : [true, false]) {
        bench.say(`row 9, round ${round} of ${bench.options.rounds}: ${what}, ${sizes[doubled ? 1 : 0]}`);
        await bench.stores.settle();
        results[keyOf(what, doubled)] = await measure(doubled);
      }
    }
    rounds.push(results);
  }
  const units = growing.flatMap(({ what, sizes }) =>
    Object.keys(rounds[0]![keyOf(what, false)]!).map((unit) => ({ what, sizes, unit })),
  );
  const valuesOf = (what: string, doubled: boolean, unit: string) =>
    rounds.map((round) => round[keyOf(what, doubled)]![unit]!);
  const figures = units.flatMap(({ what, sizes, unit }): Figure[] =>
    [false, true].map((doubled) => ({
      system: `${what}: ${sizes[doubled ? 1 : 0]}`,
      what: unit,
      values: valuesOf(what, doubled, unit),
    })),
  );
  const targets = units.map(({ what, unit }): Target => {
    const single = valuesOf(what, false, unit);
    const values = valuesOf(what, true, unit).map((value, index) => value / single[index]!);
    return { what: `${what}: ${unit}, doubled ÷ single`, values, atMost: most };
  });
  return { row: 9, title: 'growth', figures, targets, rounds };
}

const keyOf = (what: string, doubled: boolean): string => `${what}${doubled ? ', doubled' : ''}`;

/** Memory and idle CPU of a connection. */
function connections(bench: Bench): Growing {
  const [, doubled] = bench.options.connections;
  const users = [Math.round(doubled / 2), doubled] as const;
  needFiles(doubled);
  return {
    what: 'connections',
    sizes: [String(users[0]), String(users[1])],
    measure: async (twice) => {
      const count = users[twice ? 1 : 0];
      const world: World = { users: doubled, workspaces: Math.ceil(doubled / usersEach), history: 0 };
      const subject = (await bench.subjectOf(world)).in(topologies.one, 'Switchboard', namespaces);
      const { empty, at } = await holdIdle(bench, subject, [count]);
      const [held] = at;
      return {
        'RSS KB/connection': (held!.resident - empty) / count / 1024,
        // The process itself takes some too: it is what ten thousand take that counts.
        '% of a core for 1,000 idle': (held!.cpu * 100 * 1000) / count,
      };
    },
  };
}

/** What a webhook costs where twice as many workspaces, each with its room and its log, share the same traffic. */
function workspaces(bench: Bench): Growing {
  const users = bench.options.users;
  return {
    what: 'workspaces and rooms',
    sizes: [String(users / 2), String(users)],
    measure: async (doubled) => {
      const count = doubled ? users : users / 2;
      const { 'RSS MB': resident, ...units } = await streamed(bench, { users: count, workspaces: count });
      return { ...units, 'RSS MB/workspace': resident! / count };
    },
  };
}

/** What a delivery costs in a room twice as large. */
function room(bench: Bench): Growing {
  const clients = bench.options.room;
  return {
    what: 'clients of one room',
    sizes: [String(clients / 2), String(clients)],
    measure: async (doubled) => {
      const users = doubled ? clients : clients / 2;
      const world: World = { users, workspaces: 1, history: 1, together: true };
      const { 'CPU-µs/webhook': cpu } = await streamed(bench, world, bench.options.fanOutRate);
      return { 'CPU-µs/delivery': cpu! / users };
    },
  };
}

/** What a webhook costs where twice as much has been said before. */
function history(bench: Bench): Growing {
  const { users, workspaces: count } = bench.world;
  const before = 20;
  return {
    what: 'messages of before',
    sizes: [String(before * users), String(2 * before * users)],
    measure: (doubled) => streamed(bench, { users, workspaces: count, history: doubled ? 2 * before : before }),
  };
}

async function streamed(bench: Bench, world: World, rate = Math.ceil(bench.options.rate / 2)): Promise<Units> {
  const { options } = bench;
  const subject = (await bench.subjectOf(world)).in(topologies.one, 'Switchboard');
  const [round] = await inRounds(
    { ...bench, options: { ...options, rounds: 1 }, say: () => undefined },
    9,
    [subject],
    async (_system, measurement, { pids }): Promise<Units> => {
      await measurement.connect(world);
      await measurement.stream(rate, options.warmUpSeconds);
      const { cpu, count } = await measurement.stream(rate, options.steadySeconds);
      if (count === 0) throw new VoidRun('nothing was sent');
      return {
        'CPU-µs/webhook': cpuTotal(cpu) / count,
        'RSS MB': pids.reduce((sum, pid) => sum + residentBytes(pid), 0) / mebibyte,
      };
    },
    { world },
  );
  return round![subject.name]!;
}
