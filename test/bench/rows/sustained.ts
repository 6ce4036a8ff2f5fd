import { cpuTotal } from '../figures/cpu';
import type { Measurement, StreamResult } from '../measurement';
import { baseline } from '../systems/baseline';
import { RateSearch } from './rate-search';
import { type Bench, type Figure, inRounds, over, type RowResult, ratio } from './row';
import { subjectOf, warmUp } from './streaming';

/** Sustained is a rate at which 95 % of the messages are at the socket within this. */
const p95LimitMs = 100;
const startRate = 1000;

interface Sustained {
  /** Webhooks a second. */
  rate: number;
  cpuPerWebhook: number;
  steps: StreamResult[];
}

/** Row 2: how many webhooks a second reach their socket before p95 passes 100 ms. */
export async function sustained(bench: Bench): Promise<RowResult> {
  const { options, world } = bench;
  const subject = subjectOf(bench);
  const naive = baseline('naive emit', 'naive', { appSecret: bench.appSecret, redisUrl: bench.stores.redisUrl }, world);
  const systems = options.subjectOnly ? [subject] : [naive, subject];

  const rounds = await inRounds(bench, 2, systems, async (_system, measurement) => {
    await warmUp(bench, measurement);
    return search(bench, measurement);
  });

  const figures: Figure[] = systems.flatMap(({ name }) => [
    { system: name, what: 'sustained webhooks/s', values: over(rounds, name, ({ rate }) => rate) },
    { system: name, what: 'CPU-µs/webhook there', values: over(rounds, name, ({ cpuPerWebhook }) => cpuPerWebhook) },
  ]);
  const targets = options.subjectOnly
    ? []
    : [
        {
          what: `sustained webhooks/s ÷ ${naive.name}`,
          values: ratio(rounds, subject.name, naive.name, ({ rate }) => rate),
          atLeast: 1.2,
        },
      ];
  return { row: 2, title: 'webhook → stored → socket, sustained rate', figures, targets, rounds };
}

async function search({ options, say }: Bench, measurement: Measurement): Promise<Sustained> {
  const rates = new RateSearch(startRate, options.refinements);
  const steps: StreamResult[] = [];
  while (rates.next !== undefined) {
    const rate = rates.next;
    let step = await measurement.stream(rate, options.stepSeconds);
    steps.push(step);
    // The machine is shared: a rate is given up only when it fails twice.
    if (step.latency.p95 > p95LimitMs) {
      step = await measurement.stream(rate, options.stepSeconds);
      steps.push(step);
    }
    say(`  ${rate}/s: p95 ${step.latency.p95.toFixed(1)} ms`);
    rates.report(rate, step.latency.p95 <= p95LimitMs);
  }
  const best = steps.findLast(({ rate, latency }) => rate === rates.sustained && latency.p95 <= p95LimitMs);
  return { rate: rates.sustained, cpuPerWebhook: best ? cpuTotal(best.cpu) / best.count : Number.NaN, steps };
}
