import { cpuTotal } from '../figures/cpu';
import type { StreamResult } from '../measurement';
import { type Bench, type Figure, inRounds, over, type RowResult } from './row';
import { subjectOf } from './streaming';

/** Row status: from the receipt of a message that the business sent to the socket that shows it. */
export async function receipts(bench: Bench): Promise<RowResult> {
  const { options, world } = bench;
  const subject = subjectOf(bench);
  const rounds = await inRounds(bench, 'status', [subject], async (_system, measurement): Promise<StreamResult> => {
    await measurement.connect(world);
    await measurement.stream(options.rate, options.warmUpSeconds, 'echoes');
    await measurement.stream(options.rate, options.warmUpSeconds, 'receipts');
    await measurement.stream(options.rate, options.steadySeconds, 'echoes');
    return measurement.stream(options.rate, options.steadySeconds, 'receipts');
  });
  const shown: [string, (result: StreamResult) => number][] = [
    ['p50 ms', ({ latency }) => latency.p50],
    ['p95 ms', ({ latency }) => latency.p95],
    ['p99 ms', ({ latency }) => latency.p99],
    ['CPU-µs/receipt', ({ cpu, count }) => cpuTotal(cpu) / count],
  ];
  const figures: Figure[] = shown.map(([what, value]) => ({
    system: subject.name,
    what,
    values: over(rounds, subject.name, value),
  }));
  const p95 = over(rounds, subject.name, ({ latency }) => latency.p95);
  return {
    row: 'status',
    title: `receipt → status → socket at ${options.rate}/s`,
    figures,
    targets: [{ what: 'p95 ms', values: p95, atMost: 100 }],
    rounds,
  };
}
