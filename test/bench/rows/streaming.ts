import { until } from '../figures/clock';
import type { Measurement } from '../measurement';
import { stored } from '../stores/seed';
import { type RunningSubject, topologies } from '../systems/subject';
import { isShared } from '../world';
import type { Bench } from './row';

/** The product in the topology of the options. */
export function subjectOf({ subject, options }: Bench) {
  return options.split
    ? subject.in(topologies.split, 'Switchboard (3 processes)')
    : subject.in(topologies.one, 'Switchboard');
}

const firstMessagesRate = 300;
const firstMessagesLimitMs = 60_000;

/** Connects the clients and lets the system run warm. */
export async function warmUp(bench: Bench, measurement: Measurement, running?: RunningSubject): Promise<void> {
  if (running && isShared(bench.world)) await openConversations(bench, measurement, running);
  await measurement.connect(bench.world);
  await measurement.stream(bench.options.rate, bench.options.warmUpSeconds);
}

/** In shared workspaces clients subscribe to conversations, so these must be there first: every customer writes once. */
async function openConversations({ world }: Bench, measurement: Measurement, running: RunningSubject): Promise<void> {
  const { sent } = await measurement.sendToEach(world, firstMessagesRate);
  await until('the first messages are taken in', firstMessagesLimitMs, async () => {
    return (await stored(running.databaseUrl)).messages === sent;
  });
}
