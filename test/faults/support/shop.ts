import { ApiClient, makeTenant, type Tenant } from '../../support/api-client';
import type { ServerProcess } from '../../support/server-process';
import { startTopology, type Topology } from '../../support/topology';
import { Front } from './front';
import { service } from './services';
import { ShopDay } from './shop-day';
import { Store } from './store';
import { Workspace } from './workspace';

/** Loads balanced as in production: one address for Meta, and one for each kind of client. */
export interface Fronts {
  webhooks: Front;
  /** Clients of the first gateway, which go to the second without it; `two` the other way round. */
  one: Front;
  two: Front;
  /** A network that breaks. */
  shaky: Front;
}

/** The cluster of a spec file. Each test plays a day of its own on it. */
export class Shop {
  private readonly recoveries: { after: string; ms: number }[] = [];
  private days = 0;

  private constructor(
    readonly topology: Topology,
    readonly store: Store,
    readonly fronts: Fronts,
    private readonly operator: ApiClient,
  ) {}

  static async open(): Promise<Shop> {
    const topology = await startTopology('cluster');
    const anonymous = new ApiClient(topology.apis[0]!.url);
    const { accessToken } = await anonymous.signIn(topology.owner.email, topology.owner.password);
    const [first, second] = topology.gateways as [ServerProcess, ServerProcess];
    const fronts = {
      webhooks: await new Front(topology.apis, 'next').open(),
      one: await new Front([first, second]).open(),
      two: await new Front([second, first]).open(),
      shaky: await new Front([first, second], 'next').open(),
    };
    return new Shop(topology, new Store(topology.databaseUrl!), fronts, anonymous.as(accessToken));
  }

  get worker(): ServerProcess {
    return this.topology.workers[0]!;
  }

  /** Plays a day with whatever befalls it, and judges what is left of it. */
  async plays(befalls: (day: ShopDay) => Promise<void>): Promise<void> {
    const workspaces = [await this.workspace(), await this.workspace()];
    const day = new ShopDay(this, workspaces, ++this.days);
    try {
      await day.open();
      await befalls(day);
      await day.judge();
    } catch (error) {
      await this.mend();
      throw Object.assign(error as Error, { message: `${(error as Error).message}\n${this.warnings()}` });
    } finally {
      await day.close();
    }
  }

  tookToGoOn(after: string, ms: number): void {
    this.recoveries.push({ after, ms });
  }

  async close(): Promise<void> {
    const lines = this.recoveries.map(({ after, ms }) => `  ${(ms / 1000).toFixed(2)} s after ${after}\n`);
    process.stdout.write(`Every client was told what was sent next:\n${lines.join('')}`);
    await Promise.all(Object.values(this.fronts).map((front: Front) => front.close()));
    await this.topology.stop();
  }

  /** A workspace that no day is played in. */
  tenant(): Promise<Tenant> {
    const { gateways, metaApp } = this.topology;
    return makeTenant(this.operator, gateways[0]!.url, metaApp.id);
  }

  private async workspace(): Promise<Workspace> {
    return Workspace.of(await this.tenant(), this.fronts);
  }

  /** A test that failed half way must not take the next ones with it. */
  private async mend(): Promise<void> {
    this.fronts.shaky.mend();
    await service('start', 'postgres');
    await service('start', 'redis');
    for (const one of this.topology.processes) one.signal('SIGCONT');
    await Promise.all(this.topology.processes.filter(({ running }) => !running).map((one) => one.start()));
  }

  /** What the processes had to say, beside what they always say. */
  private warnings(): string {
    return this.topology.processes
      .flatMap(({ name, log }) => log.filter((line) => !line.includes('"level":30')).map((line) => `${name}: ${line}`))
      .slice(-40)
      .join('\n');
  }
}
