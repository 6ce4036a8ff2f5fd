import { cpuTotal, residentBytes } from '../figures/cpu';
import type { StreamResult } from '../measurement';
import { baseline } from '../systems/baseline';
import { isShared } from '../world';
import { type Bench, type Figure, inRounds, over, type RowResult, ratio, type Target } from './row';
import { subjectOf, warmUp } from './streaming';

interface Steady extends StreamResult {
  /** Of all processes of the system, stores left out, in bytes. */
  resident: number;
}

/** Row 3: latency and CPU at 1,000 webhooks a second. */
export async function steady(bench: Bench): Promise<RowResult> {
  const { options, world } = bench;
  const settings = { appSecret: bench.appSecret, redisUrl: bench.stores.redisUrl };
  const subject = subjectOf(bench);
  const naive = baseline('naive emit', 'naive', settings, world);
  const jobs = baseline('job per event', 'job-per-event', settings, world);
  const systems = options.subjectOnly ? [subject] : [naive, subject, jobs];

  const rounds = await inRounds(bench, 3, systems, async (_system, measurement, running): Promise<Steady> => {
    await warmUp(bench, measurement);
    const result = await measurement.stream(options.rate, options.steadySeconds);
    return { ...result, resident: running.pids.reduce((sum, pid) => sum + residentBytes(pid), 0) };
  });

  const perWebhook = ({ cpu, count }: Steady) => cpuTotal(cpu) / count;
  const shown: [string, (result: Steady) => number][] = [
    ['p50 ms', ({ latency }) => latency.p50],
    ['p95 ms', ({ latency }) => latency.p95],
    ['p99 ms', ({ latency }) => latency.p99],
    ['CPU-µs/webhook', perWebhook],
    ['of it server', ({ cpu, count }) => cpu.server / count],
    ['of it Redis', ({ cpu, count }) => cpu.redis / count],
    ['of it PostgreSQL', ({ cpu, count }) => cpu.postgres / count],
    ['RSS MB', ({ resident }) => resident / 2 ** 20],
  ];
  const figures: Figure[] = systems.flatMap(({ name }) =>
    shown.map(([what, value]) => ({ system: name, what, values: over(rounds, name, value) })),
  );
  const targets: Target[] = [
    { what: 'p95 ms', values: over(rounds, subject.name, ({ latency }) => latency.p95), atMost: 20 },
    { what: 'p99 ms', values: over(rounds, subject.name, ({ latency }) => latency.p99), atMost: 50 },
  ];
  if (!options.subjectOnly) {
    targets.push({
      what: `CPU/webhook ÷ ${jobs.name}`,
      values: ratio(rounds, subject.name, jobs.name, perWebhook),
      atMost: 0.6,
    });
  }
  const title = `webhook → stored → socket at ${options.rate}/s${isShared(world) ? `, ${world.workspaces} workspaces` : ''}`;
  return { row: 3, title, figures, targets, rounds };
}
