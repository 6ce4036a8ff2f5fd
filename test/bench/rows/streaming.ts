import type { Measurement } from '../measurement';
import { topologies } from '../systems/subject';
import type { Bench } from './row';

/** The product in the topology of the options. */
export function subjectOf({ subject, options }: Bench) {
  return options.split
    ? subject.in(topologies.split, 'Switchboard (3 processes)')
    : subject.in(topologies.one, 'Switchboard');
}

/** Connects the clients and lets the system run warm. */
export async function warmUp({ world, options }: Bench, measurement: Measurement): Promise<void> {
  await measurement.connect(world);
  await measurement.stream(options.rate, options.warmUpSeconds);
}
