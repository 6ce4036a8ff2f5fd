import type { Ledger } from '../ledger';
import type { Simulator, SimulatorCounts } from '../simulator';

const figure = (value: number) => value.toLocaleString('en-US');

/** One line on how a run stands. */
export function progressLine(seconds: number, counts: SimulatorCounts): string {
  const { sent, acknowledged, refused, failed, retried, waiting } = counts;
  return [
    `${seconds} s`,
    `sent ${figure(sent)}`,
    `acknowledged ${figure(acknowledged)}`,
    `refused ${figure(refused)}`,
    `failed ${figure(failed)}`,
    `retried ${figure(retried)}`,
    `waiting ${figure(waiting)}`,
  ].join('  ');
}

/** How a run ended, for people. */
export function summary({ counts, latencies, ledger }: Simulator, seed: number, seconds: number): string {
  const lost = ledger.unacknowledged().length;
  const accepted = ledger.acceptedForgeries().length;
  const lines = [
    `items         ${figure(counts.items)} acknowledged${lost > 0 ? `, ${figure(lost)} not` : ''}`,
    `POSTs         ${figure(counts.sent)} sent in ${seconds.toFixed(1)} s (${figure(Math.round(counts.sent / seconds))}/s)`,
    `answers       ${figure(counts.acknowledged)} acknowledged, ${figure(counts.refused)} refused, ${figure(counts.failed)} failed`,
    `redelivered   ${figure(counts.retried)}${counts.givenUp > 0 ? `, ${figure(counts.givenUp)} bodies given up` : ''}`,
    `answer time   p50 ${latencies.percentile(0.5).toFixed(1)} ms, p95 ${latencies.percentile(0.95).toFixed(1)} ms`,
    `seed          ${seed}`,
  ];
  if (counts.forged > 0) {
    lines.splice(3, 0, `forged        ${figure(counts.forged)} sent, ${figure(accepted)} accepted`);
  }
  if (counts.malformed > 0) {
    const told = `${figure(counts.malformed)} sent, ${figure(ledger.malformedAcknowledged)} acknowledged`;
    lines.splice(3, 0, `malformed     ${told}`);
  }
  return lines.join('\n');
}

/** Whether the receiver kept what it must and refused what it must. */
export function passed(ledger: Ledger): boolean {
  return ledger.unacknowledged().length === 0 && ledger.acceptedForgeries().length === 0;
}
