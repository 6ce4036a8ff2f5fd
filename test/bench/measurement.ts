import { cpus } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { type Faults, isFaultless } from './clients/delivery';
import type { ClientsHandlers } from './clients/main';
import { monotonic } from './figures/clock';
import {
  type CpuTimes,
  cpuBetween,
  cpuOf,
  cpuTimes,
  cpuTotal,
  type MeasuredProcesses,
  machineIdle,
} from './figures/cpu';
import { type Latency, latencyOf } from './figures/statistics';
import type { LoadResult } from './load/loops';
import type { LoadHandlers } from './load/main';
import { Peer } from './processes/peer';
import type { Stores } from './stores/stores';
import type { RunningSystem } from './systems/system';
import { historyPerUserOf, type Phase, type World } from './world';

/** The rules of a measurement were broken, so its figures mean nothing. */
export class VoidRun extends Error {
  override readonly name = 'VoidRun';
}

export interface Usage {
  /** Of all measured processes, microseconds. */
  cpu: CpuTimes;
  /** Share of all cores that was busy, with the load and everything else on the machine. */
  machineBusy: number;
  /** Share of all cores that went to processes which have nothing to do with the benchmark. */
  othersBusy: number;
}

export interface StreamResult extends Usage {
  /** Webhooks a second. */
  rate: number;
  count: number;
  /** From the moment a webhook was due to its event on the socket, milliseconds. */
  latency: Latency;
  /** Events received, by name. */
  received: Record<string, number>;
  /** How late the load generator was at most, milliseconds. */
  latestSend: number;
}

export interface Storm extends Usage {
  /** From the return of all to that of each, with what it missed, milliseconds. */
  returned: Latency;
  faults: Faults;
  /** Share of the events that never came, of those sent before, while all were away, and while they returned. */
  lost: number;
  count: number;
}

/** A storm begins and ends within a calm of so long. */
const besideSeconds = 5;
/** Of a webhook that came late: everything must come, however late. */
const deliveryLimitMs = 120_000;
const openLoopConnections = 256;
/** The kernel's own work takes a few per cent; what others take beyond this shows in the figures. */
const quietShare = 0.1;
const cores = cpus().length;

/** One system with its load generator and its clients, each a process of its own. */
export class Measurement {
  private phases = 0;
  private lastSeed = 0;
  private clients: Peer<ClientsHandlers> | undefined;

  private constructor(
    private readonly system: RunningSystem,
    private readonly load: Peer<LoadHandlers>,
    private readonly processes: MeasuredProcesses,
    private readonly round: number,
    private readonly say: (line: string) => void,
  ) {}

  static async of(
    system: RunningSystem,
    settings: { stores: Stores; world: World; appSecret: string; round: number; say: (line: string) => void },
  ): Promise<Measurement> {
    const { stores, world, appSecret, round, say } = settings;
    const load = Peer.fork<LoadHandlers>('load/main.js');
    await load.ask('configure', { world, appSecret, port: system.webhookPort, writtenBefore: historyPerUserOf(world) });
    return new Measurement(system, load, { server: system.pids, ...stores.pids }, round, say);
  }

  /** Connects a client for every user. */
  async connect(world: World): Promise<void> {
    this.clients = Peer.fork<ClientsHandlers>('clients/main.js');
    const clients = await this.system.clients();
    await this.clients.ask('connect', { world, clients, expected: [...this.system.expected] });
  }

  /** As many as go, over these connections; every answer must be 200. */
  async saturate(count: number, loop: Parameters<LoadHandlers['closedLoop']>[0]): Promise<LoadResult & Usage> {
    await this.load.ask('prepare', this.phase(count));
    const { result, usage } = await this.using(() => this.load.ask('closedLoop', loop));
    return { ...allAccepted(result), ...usage };
  }

  /** All clients leave while webhooks come, and return at once; what they missed must come too, unless `mayLose`. */
  async storm(rate: number, awaySeconds: number, mayLose: boolean): Promise<Storm> {
    const clients = this.clients!;
    const phase = this.phase(Math.round(rate * (awaySeconds + 2 * besideSeconds)));
    await Promise.all([this.load.ask('prepare', phase), clients.ask('expect', phase)]);
    const { result, usage } = await this.using(async () => {
      const [load, returned] = await Promise.all([
        this.load.ask('openLoop', { rate, connections: openLoopConnections }),
        pause(besideSeconds * 1000).then(() => clients.ask('storm', { awayMs: awaySeconds * 1000 })),
      ]);
      allAccepted(load);
      return { returned, delivered: await clients.ask('finish', { limitMs: mayLose ? 10_000 : deliveryLimitMs }) };
    });
    const { faults } = result.delivered;
    if (!mayLose && !isFaultless(faults)) throw new VoidRun(inWords(faults));
    return {
      returned: latencyOf(result.returned),
      faults,
      lost: faults.missing / phase.count,
      count: phase.count,
      ...usage,
    };
  }

  /** Sends at a rate, and follows every webhook to its recipient's socket. */
  async stream(rate: number, seconds: number, kind?: Phase['kind']): Promise<StreamResult> {
    const clients = this.clients!;
    // Receipts are of the echoes before them: for the same users.
    const seed = kind === 'receipts' ? { seed: this.lastSeed } : {};
    const phase: Phase = { ...this.phase(Math.round(rate * seconds)), ...(kind ? { kind } : {}), ...seed };
    this.lastSeed = phase.seed;
    await Promise.all([this.load.ask('prepare', phase), clients.ask('expect', phase)]);
    const { result, usage } = await this.using(async () => {
      const load = allAccepted(await this.load.ask('openLoop', { rate, connections: openLoopConnections }));
      return { load, delivered: await clients.ask('finish', { limitMs: deliveryLimitMs }) };
    });
    const { load, delivered } = result;
    if (!isFaultless(delivered.faults)) throw new VoidRun(inWords(delivered.faults));
    const latencies = delivered.arrivals.map((at, index) => at - load.startedAt - (index * 1000) / rate);
    const { received } = delivered;
    return { rate, count: phase.count, latency: latencyOf(latencies), received, latestSend: load.latestSend, ...usage };
  }

  async stop(): Promise<void> {
    await this.clients?.stop();
    await this.load.stop();
    await this.system.stop();
  }

  private phase(count: number): Phase {
    this.phases += 1;
    return { id: this.phases, seed: this.round * 1000 + this.phases, count };
  }

  private async using<T>(work: () => Promise<T>): Promise<{ result: T; usage: Usage }> {
    const own = [process.pid, this.load.pid, ...(this.clients ? [this.clients.pid] : [])];
    const before = { cpu: cpuTimes(this.processes), own: cpuOf(own), idle: machineIdle(), at: monotonic() };
    const result = await work();
    const cpu = cpuBetween(before.cpu, cpuTimes(this.processes));
    const available = (monotonic() - before.at) * 1000 * cores;
    const busy = available - (machineIdle() - before.idle);
    const others = busy - cpuTotal(cpu) - (cpuOf(own) - before.own);
    if (others > available * quietShare) {
      this.say(`  not a quiet machine: other processes took ${Math.round((100 * others) / available)} % of it`);
    }
    return { result, usage: { cpu, machineBusy: busy / available, othersBusy: others / available } };
  }
}

function allAccepted(result: LoadResult): LoadResult {
  const accepted = Object.entries(result.statuses).reduce((sum, [status, n]) => (status < '300' ? sum + n : sum), 0);
  if (accepted !== result.sent) {
    throw new VoidRun(`${result.sent} webhooks were sent, and the answers were ${JSON.stringify(result.statuses)}`);
  }
  return result;
}

function inWords({ missing, duplicate, misdirected, disordered, examples }: Faults): string {
  return `${missing} events missing, ${duplicate} twice, ${misdirected} to somebody else, ${disordered} out of order: ${examples.join('; ')}`;
}
