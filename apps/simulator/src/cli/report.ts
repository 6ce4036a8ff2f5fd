import type { Account } from '../item';
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
  if (counts.unauthorised > 0) lines.push(wrongSecret(counts));
  return lines.join('\n');
}

/** What 401 to a signed body means. */
export function wrongSecret({ unauthorised, acknowledged }: SimulatorCounts): string {
  const whose = acknowledged === 0 ? '--secret is not' : 'One of --secret and --instagram-secret is not';
  return `${figure(unauthorised)} signed bodies were answered 401: ${whose} an app secret that the receiver knows. Set META_APP_SECRETS there, or send it to POST /v1/meta-apps.`;
}

/** Whether it makes no sense to go on: everything that was signed is refused. */
export function allRefused({ unauthorised, acknowledged }: SimulatorCounts): boolean {
  return acknowledged === 0 && unauthorised >= 3;
}

/** How to register the accounts that are played for: what is sent for others waits there and is told to nobody. */
export function registration(receiver: URL, accounts: readonly Account[]): string {
  const calls = accounts.map((account) => {
    const { platform, id: externalId } = account;
    const business = account.platform === 'whatsapp' ? { businessAccountId: account.businessAccountId } : {};
    const channel = { platform, externalId, ...business, metaAppId: '<Meta app id>', name: `Simulated ${platform}` };
    return `  curl -X POST ${receiver.origin}/v1/channels -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' -d '${JSON.stringify(channel)}'`;
  });
  return [
    'What is sent for accounts that are no channels there waits, and is told to nobody. To register them:',
    ...calls,
  ].join('\n');
}

/** Whether the receiver kept what it must and refused what it must. */
export function passed(ledger: Ledger): boolean {
  return ledger.unacknowledged().length === 0 && ledger.acceptedForgeries().length === 0;
}
