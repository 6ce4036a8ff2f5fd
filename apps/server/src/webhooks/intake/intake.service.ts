import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '@switchboard/config';
import { Database, isLockTimeout, isRace, isTransient } from '@switchboard/database';
import { metrics } from '@switchboard/observability';
import { Nudges, Sweeper } from '@switchboard/queue';
import { DeliveriesRepository, type PendingDelivery } from '../deliveries.repository';
import { lanes } from '../lane';
import { itemsOf } from './incoming-item';
import { ItemsRepository } from './items.repository';
import { Portion } from './portion';
import { type Care, Settlement } from './settlement.service';

/** Namespace of the advisory locks on lanes. */
const laneLocks = 7301;
const races = 5;
const takenIn = 200;
/** What has waited for longer than this has lost its nudge; as often is looked for it. */
const sweepMs = 500;
/**
 * How long a batch waits for a lock, ms. Less than PostgreSQL lets a transaction idle (openPostgres): where a worker stands still,
 * its batch that holds a lock is ended by that, and its batches that wait for the lock must have given up by then, or each would
 * get it in turn and hold it for as long again.
 */
const patience = { wait: 2000, try: 250 };

/** `wait`: in turn behind whoever holds the lane. `try`: only where nobody does. */
type Mode = keyof typeof patience;

/**
 * Bodies taken into memory by one transaction; Meta's largest is 3 MB. A process that parses does not answer the database, and a
 * transaction that idles is ended (openPostgres): 4 MB of the smallest items take it a fraction of that time.
 */
const batchBytes = 4_000_000;

interface Batch {
  /** Webhooks taken in. */
  count: number;
  /** Whether there may be more in the lane. */
  more: boolean;
}

const nothing: Batch = { count: 0, more: false };

/** Takes in what the api has committed: lane by lane, one transaction a batch. */
@Injectable()
export class Intake implements OnModuleInit {
  private readonly logger = new Logger(Intake.name);
  /** By lane. */
  private readonly portions: readonly Portion[];

  constructor(
    private readonly database: Database,
    private readonly deliveries: DeliveriesRepository,
    private readonly items: ItemsRepository,
    private readonly settlement: Settlement,
    private readonly sweeper: Sweeper,
    private readonly nudges: Nudges,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {
    const whole = { count: config.intakeBatch, bytes: batchBytes };
    this.portions = Object.values(lanes).map(() => new Portion(whole));
  }

  onModuleInit(): void {
    this.sweeper.register({ name: 'intake', everyMs: sweepMs, run: () => this.sweep() });
    this.sweeper.register({ name: 'unowned', everyMs: 5000, run: () => this.takeInOwned() });
    this.sweeper.register({
      name: 'webhook-retention',
      everyMs: 600_000,
      run: () => this.prune(new Date(Date.now() - this.config.webhookRetention)),
    });
  }

  /** In portions, so that no transaction holds many rows for long. */
  private async prune(before: Date): Promise<number> {
    let pruned = 0;
    for (;;) {
      const some = await this.deliveries.prune(before);
      pruned += some;
      if (some === 0) return pruned;
    }
  }

  /** Empties a lane. Several may try: the lane's lock lets one at a time work, and is free the moment its connection dies. */
  drain(lane: number): Promise<number> {
    return this.empty(lane, 'wait');
  }

  /** Takes in items that waited in quarantine, or for a channel. Those that are settled already are left alone. */
  async takeIn(ids: readonly string[]): Promise<number> {
    return this.retryRaces(() =>
      this.database.transaction(async () => {
        const waiting = await this.items.lockUnsettled(ids);
        const bodies = await this.deliveries.load([...new Set(waiting.map((one) => one.deliveryId))]);
        const known = new Map(bodies.map((body) => [body.id, itemsOf(body)]));
        const incoming = waiting.flatMap(({ id, deliveryId, path }) => {
          const item = known.get(deliveryId)?.find((one) => one.path === path);
          return item ? [{ ...item, id }] : [];
        });
        await this.settlement.settleCarefully(incoming, 'waiting');
        return incoming.length;
      }),
    );
  }

  /** Items whose channel has been registered since. */
  async takeInOwned(): Promise<number> {
    let count = 0;
    for (;;) {
      const ids = await this.items.owned(takenIn);
      if (ids.length > 0) count += await this.takeIn(ids);
      if (ids.length < takenIn) return count;
    }
  }

  /** Leaves a lane to the next sweep when a lock it needs does not come free in time. */
  private async empty(lane: number, mode: Mode): Promise<number> {
    let settled = 0;
    for (;;) {
      const { count, more } = await this.retryRaces(() => this.batch(lane, mode)).catch((error: unknown) => {
        if (!isLockTimeout(error)) throw error;
        return nothing;
      });
      settled += count;
      if (!more) return settled;
    }
  }

  private async batch(lane: number, mode: Mode): Promise<Batch> {
    const started = performance.now();
    const portion = this.portions[lane]!;
    try {
      const batch = await this.inLane(lane, mode, portion, 'together').catch((error: unknown) => {
        if (isTransient(error)) throw error;
        this.logger.warn(
          `A batch of lane ${lane} was refused (${(error as Error).message}); its items are settled one by one.`,
        );
        return this.inLane(lane, mode, portion, 'carefully');
      });
      if (batch.count > 0) metrics.intakeBatch.observe((performance.now() - started) / 1000);
      portion.grow();
      return batch;
    } catch (error) {
      if (isTransient(error) && !isRace(error) && !isLockTimeout(error)) portion.halve();
      throw error;
    }
  }

  private async settle(lane: number, pending: readonly PendingDelivery[], how: Care): Promise<void> {
    const items = pending.flatMap(itemsOf);
    if (lane === lanes.bulk) {
      return how === 'together' ? this.settlement.settle(items, 'new') : this.settlement.settleCarefully(items, 'new');
    }
    // Who waits for bulk work on a channel makes nobody else wait: it goes behind that work.
    const busy = await this.settlement.settleFree(items, how);
    if (busy.size === 0) return;
    await this.deliveries.putInto(lanes.bulk, [...busy]);
    this.database.afterCommit(() => this.nudges.intake(lanes.bulk));
  }

  private inLane(lane: number, mode: Mode, { amount }: Portion, how: Care): Promise<Batch> {
    // The lock comes before the first read: its snapshot must show what the holder before has settled.
    const timeout = `set local lock_timeout = ${patience[mode]}`;
    const first = mode === 'wait' ? `${timeout}; select pg_advisory_xact_lock(${laneLocks}, ${lane})` : timeout;
    return this.database.transaction(async () => {
      if (mode === 'try') {
        const { rows } = await this.database.query(`select pg_try_advisory_xact_lock(${laneLocks}, ${lane}) as free`);
        if (!rows[0].free) return nothing;
      }
      const { deliveries, more } = await this.deliveries.take(lane, amount);
      if (deliveries.length > 0) await this.settle(lane, deliveries, how);
      return { count: deliveries.length, more };
    }, first);
  }

  /** Lanes that nobody was nudged for: Redis was away, or a worker died. One that fails does not keep the others. */
  private async sweep(): Promise<number> {
    let settled = 0;
    const failures: unknown[] = [];
    for (const lane of await this.deliveries.lanesWaiting(sweepMs)) {
      try {
        settled += await this.empty(lane, 'try');
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
    return settled;
  }

  private async retryRaces<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        if (!isRace(error) || attempt >= races) throw error;
      }
    }
  }
}
