import { cpuTotal, residentBytes } from '../figures/cpu';
import { slopeOf } from '../figures/statistics';
import type { StreamResult } from '../measurement';
import { topologies } from '../systems/subject';
import type { World } from '../world';
import { needFiles } from './connections';
import { type Bench, inRounds, type RowResult } from './row';

const usersEach = 5;
/** Webhooks of as long a time are made and signed before they are sent. */
const sliceSeconds = 20;
/** What is allocated once and kept is left out of the trend. */
const settledAfter = 0.2;
const sampleMs = 1000;

interface Held {
  slices: StreamResult[];
  /** Seconds since the beginning, and bytes. */
  resident: { at: number; bytes: number }[];
}

/** Row hold: many connections at work for long: nothing is lost, and memory does not grow. */
export async function hold(bench: Bench): Promise<RowResult> {
  const { options } = bench;
  const world: World = {
    users: options.holdWorkspaces * usersEach,
    workspaces: options.holdWorkspaces,
    history: 1,
    together: true,
  };
  needFiles(world.users);
  const subject = (await bench.subjectOf(world)).in(topologies.one, 'Switchboard');
  const once = { ...bench, options: { ...options, rounds: 1 } };
  const [round] = await inRounds(
    once,
    'hold',
    [subject],
    async (_system, measurement, { pids }): Promise<Held> => {
      await measurement.connect(world);
      await measurement.stream(options.holdRate, Math.min(options.warmUpSeconds, sliceSeconds));
      const began = performance.now();
      const elapsed = () => (performance.now() - began) / 1000;
      const resident: Held['resident'] = [];
      const sampling = setInterval(() => {
        const bytes = pids.reduce((sum, pid) => sum + residentBytes(pid), 0);
        resident.push({ at: elapsed(), bytes });
      }, sampleMs);
      const slices: StreamResult[] = [];
      try {
        while (elapsed() < options.holdSeconds) {
          const left = Math.ceil(options.holdSeconds - elapsed());
          slices.push(await measurement.stream(options.holdRate, Math.min(sliceSeconds, left)));
          bench.say(`  ${Math.round(elapsed())} s, p95 ${slices.at(-1)!.latency.p95.toFixed(1)} ms, nothing lost`);
        }
      } finally {
        clearInterval(sampling);
      }
      return { slices, resident };
    },
    { world },
  );
  const { slices, resident } = round![subject.name]!;
  const settled = resident.filter(({ at }) => at >= options.holdSeconds * settledAfter);
  const mean = settled.reduce((sum, { bytes }) => sum + bytes, 0) / settled.length;
  const grown =
    (slopeOf(settled.map(({ at, bytes }) => [at, bytes])) * options.holdSeconds * (1 - settledAfter)) / mean;
  const webhooks = slices.reduce((sum, { count }) => sum + count, 0);
  const cpu = slices.reduce((sum, slice) => sum + cpuTotal(slice.cpu), 0);
  const system = subject.name;
  return {
    row: 'hold',
    title: `${world.users} connections of ${world.workspaces} workspaces for ${options.holdSeconds} s at ${options.holdRate} webhooks/s`,
    figures: [
      { system, what: 'deliveries, each once and in order', values: [webhooks * usersEach] },
      { system, what: 'p50 ms, the last of five', values: slices.map(({ latency }) => latency.p50) },
      { system, what: 'p95 ms, the last of five', values: slices.map(({ latency }) => latency.p95) },
      { system, what: 'p99 ms, the last of five', values: slices.map(({ latency }) => latency.p99) },
      { system, what: 'CPU-µs/webhook', values: [cpu / webhooks] },
      { system, what: 'RSS MB', values: settled.map(({ bytes }) => bytes / 2 ** 20) },
    ],
    targets: [{ what: 'RSS: growth over the last four fifths, %', values: [grown * 100], atMost: 1 }],
    rounds: [{ slices, resident }],
  };
}
