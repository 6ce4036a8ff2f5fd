import { cpuTotal } from '../figures/cpu';
import type { StreamResult } from '../measurement';
import { baseline } from '../systems/baseline';
import { nchan } from '../systems/nchan';
import { topologies } from '../systems/subject';
import { socketUrl } from '../systems/system';
import type { World } from '../world';
import { type Bench, type Figure, inRounds, over, type RowResult, ratio, type Target } from './row';

/** Row 4: what a delivery costs where each webhook is for everybody in one room. */
export async function fanOut(bench: Bench): Promise<RowResult> {
  const { options } = bench;
  const world: World = { users: options.room, workspaces: 1, history: 1, together: true };
  const settings = { appSecret: bench.appSecret, redisUrl: bench.stores.redisUrl };
  const subject = (await bench.subjectOf(world)).in(topologies.one, 'Switchboard');
  const bare = baseline('Socket.IO and Redis adapter', 'fan-out-socket-io', settings, world, (port) => ({
    url: socketUrl(port),
    namespaces: { '/': {} },
  }));
  const sockets = baseline('ws', 'fan-out-ws', settings, world, (port) => ({
    url: `ws://127.0.0.1:${port}/`,
    raw: 'message',
    namespaces: {},
  }));
  const module = nchan(bench.folder, world);
  const systems = options.subjectOnly ? [subject] : [bare, subject, sockets, module];

  const rounds = await inRounds(
    bench,
    4,
    systems,
    async (_system, measurement): Promise<StreamResult> => {
      await measurement.connect(world);
      await measurement.stream(options.fanOutRate, options.warmUpSeconds);
      return measurement.stream(options.fanOutRate, options.steadySeconds);
    },
    { world },
  );

  const perDelivery = ({ cpu, count }: StreamResult) => cpuTotal(cpu) / (count * world.users);
  const shown: [string, (result: StreamResult) => number][] = [
    ['CPU-µs/delivery', perDelivery],
    ['of it server', ({ cpu, count }) => cpu.server / (count * world.users)],
    ['p50 ms, the last of the room', ({ latency }) => latency.p50],
    ['p95 ms, the last of the room', ({ latency }) => latency.p95],
  ];
  const figures: Figure[] = systems.flatMap(({ name }) =>
    shown.map(([what, value]) => ({ system: name, what, values: over(rounds, name, value) })),
  );
  const targets: Target[] = options.subjectOnly
    ? []
    : [
        {
          what: `CPU/delivery ÷ ${bare.name}`,
          values: ratio(rounds, subject.name, bare.name, perDelivery),
          atMost: 1.1,
        },
        { what: `CPU/delivery ÷ ${sockets.name}`, values: ratio(rounds, subject.name, sockets.name, perDelivery) },
        {
          what: `CPU/delivery ÷ ${module.name}`,
          values: ratio(rounds, subject.name, module.name, perDelivery),
          atMost: 2,
        },
      ];
  const title = `fan-out to one room of ${world.users}, ${options.fanOutRate} webhooks/s`;
  return { row: 4, title, figures, targets, rounds };
}
