import { deliver, envelope, type SimulatedItem, Simulator, serialise, shopDay } from '@switchboard/simulator';
import { until } from '../../support/until';
import type { ClientLog } from './dashboard';
import type { Shop } from './shop';
import { complaintsOf } from './verdict';
import type { Workspace } from './workspace';

/** What is promised: so long after a fault is over, what is acknowledged reaches every client; ms. */
const recovery = 5000;

/** Two workspaces, their customers writing and their clients watching, and what becomes of it under faults. */
export class ShopDay {
  private readonly simulator: Simulator;
  private readonly elements = new Map<string, string>();
  private acknowledgedMarks = 0;
  private keptBefore = 0;

  constructor(
    private readonly shop: Shop,
    private readonly workspaces: readonly Workspace[],
    seed: number,
  ) {
    const accounts = workspaces.flatMap((workspace) => workspace.accounts);
    this.simulator = new Simulator({
      url: this.callback,
      secret: shop.topology.metaApp.secret,
      items: this.remembered(shopDay({ accounts, customers: 60, seed, now: Date.now })),
      seed,
      rate: 40,
      batch: 2,
      duplicates: 0.1,
      reorder: 5,
      retryBaseMs: 100,
      retryCapMs: 500,
      attempts: 10_000,
      timeoutMs: 3000,
    });
  }

  async open(): Promise<void> {
    await until(() => this.logs.every(({ ready }) => ready), 'every client is ready');
    this.keptBefore = await this.shop.store.deliveries();
    this.simulator.start();
    await until(() => this.logs.every(({ told }) => told.length > 5), 'every client is told of the first events');
  }

  /** Lets a fault happen while some clients are cut off. Once it is over, all go on within the promised time. */
  async suffers(fault: string, work: () => Promise<unknown>): Promise<void> {
    this.shop.fronts.shaky.cut();
    await work();
    this.shop.fronts.shaky.mend();
    await this.goesOn(fault);
  }

  /** Fails unless a message sent from now on is acknowledged and told to every client within the promised time. */
  async goesOn(after: string): Promise<void> {
    const over = performance.now();
    const posts = this.workspaces.map((workspace) => this.insistent(workspace.mark()));
    await until(
      async () => {
        const acknowledged = await Promise.all(posts.map((post) => post()));
        return acknowledged.every(Boolean) && this.waiting.length === 0;
      },
      `what was sent after ${after} had reached every client`,
      recovery,
    ).catch((error: Error) => {
      throw new Error(`${error.message} Not yet: ${this.waiting.join(', ')}`);
    });
    this.shop.tookToGoOn(after, performance.now() - over);
  }

  /** Ends the traffic and compares what was acknowledged with what is stored and with what each client was told. */
  async judge(): Promise<void> {
    this.simulator.finish();
    const ledger = await this.simulator.drain();
    let complaints: string[] = [];
    const content = async () => {
      complaints = await complaintsOf(this.workspaces, ledger, this.elements, this.shop.store);
      return complaints.length === 0;
    };
    await until(content, 'all was stored and told once', 10_000).catch((error: Error) => {
      throw new Error(`${error.message}\n${complaints.join('\n')}`);
    });
  }

  /** Sends an item that is no part of the day. */
  async posts(item: SimulatedItem): Promise<void> {
    const body = serialise(envelope([item])[0]!.body);
    const { status } = await deliver(this.callback, body, { secret: this.shop.topology.metaApp.secret });
    if (status !== 200) throw new Error(`The webhook was answered ${status}`);
  }

  /** POSTs answered 200 so far. */
  get acknowledged(): number {
    return this.simulator.counts.acknowledged + this.acknowledgedMarks;
  }

  /** POSTs of the day that are committed, whether their 200 arrived or not. */
  async kept(): Promise<number> {
    return (await this.shop.store.deliveries()) - this.keptBefore;
  }

  async close(): Promise<void> {
    for (const { dashboards } of this.workspaces) for (const dashboard of dashboards) dashboard.close();
    await this.simulator.stop();
  }

  private get callback(): string {
    return `${this.shop.fronts.webhooks.url}/webhooks/meta`;
  }

  private get logs(): ClientLog[] {
    return this.workspaces.flatMap(({ dashboards }) => dashboards.flatMap(({ logs }) => logs));
  }

  private get waiting(): string[] {
    return this.workspaces.flatMap(({ waiting }) => waiting.map(({ name }) => name));
  }

  /** Sends an item each time it is called until it is acknowledged; tells whether it is. */
  private insistent(item: SimulatedItem): () => Promise<boolean> {
    this.remember(item);
    const { ledger } = this.simulator;
    const { secret } = this.shop.topology.metaApp;
    const body = serialise(envelope([item])[0]!.body);
    let acknowledged = false;
    return async () => {
      if (acknowledged) return true;
      ledger.sent([item]);
      acknowledged = (await deliver(this.callback, body, { secret })).status === 200;
      if (acknowledged) {
        ledger.acknowledge([item]);
        this.acknowledgedMarks++;
      }
      return acknowledged;
    };
  }

  private *remembered(items: Iterable<SimulatedItem>): Generator<SimulatedItem> {
    for (const item of items) {
      this.remember(item);
      yield item;
    }
  }

  /** The ledger knows facts by their id, the database by what stands in the webhook. */
  private remember({ id, element }: SimulatedItem): void {
    this.elements.set(id, JSON.stringify(element));
  }
}
