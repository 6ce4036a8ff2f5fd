import { customerIdOf } from '../load/webhooks';
import type { Storm } from '../measurement';
import { baseline } from '../systems/baseline';
import { topologies } from '../systems/subject';
import { socketUrl } from '../systems/system';
import { accountOf, type World } from '../world';
import { needFiles } from './connections';
import { type Bench, type Figure, inRounds, over, type RowResult, type Target } from './row';

/** Row 7: everybody returns at once to what was missed. */
export async function storm(bench: Bench): Promise<RowResult> {
  const { options } = bench;
  // All in one workspace, each with a conversation of their own: what was missed is read once and dealt out by room.
  const world: World = { users: options.stormClients, workspaces: 1, history: 1 };
  needFiles(world.users);
  const settings = { appSecret: bench.appSecret, redisUrl: bench.stores.redisUrl };
  const subject = (await bench.subjectOf(world)).in(topologies.one, 'Switchboard');
  const recovery = baseline('Socket.IO recovery', 'recovery', settings, world, (port, user) => ({
    url: socketUrl(port),
    recovers: true,
    namespaces: { '/': { account: customerIdOf(accountOf(0), user) } },
  }));
  const systems = options.subjectOnly ? [subject] : [recovery, subject];

  const rounds = await inRounds(
    bench,
    7,
    systems,
    async (system, measurement): Promise<Storm> => {
      await measurement.connect(world);
      await measurement.stream(options.rate, options.warmUpSeconds);
      return measurement.storm(options.rate, options.awaySeconds, system.name === recovery.name);
    },
    { world },
  );

  const shown: [string, (result: Storm) => number][] = [
    ['% of the events that never came', ({ lost }) => lost * 100],
    ['p50 ms to be served again', ({ returned }) => returned.p50],
    ['p95 ms to be served again', ({ returned }) => returned.p95],
    ['ms until the last is', ({ returned }) => returned.max],
  ];
  const figures: Figure[] = systems.flatMap(({ name }) =>
    shown.map(([what, value]) => ({ system: name, what, values: over(rounds, name, value) })),
  );
  const targets: Target[] = [
    { what: 'events lost', values: over(rounds, subject.name, ({ faults }) => faults.missing), atMost: 0 },
    {
      what: 'p95 ms to be served again, with what was missed',
      values: over(rounds, subject.name, ({ returned }) => returned.p95),
      atMost: 3000,
    },
  ];
  const title = `${world.users} clients return after ${options.awaySeconds} s at ${options.rate} webhooks/s`;
  return { row: 7, title, figures, targets, rounds };
}
