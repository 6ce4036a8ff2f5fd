import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '@switchboard/config';
import { metrics } from '@switchboard/observability';
import { Sweeper } from '@switchboard/queue';
import { EventPartitionsRepository } from './event-partitions.repository';
import { planOf } from './partition-plan';
import { consumer as relay } from './relay';

/** The log is larger than it may be by what is recorded in this time. */
const everyMs = 5000;
/** So often in a row the same is tried before somebody is told. */
const patience = 12;

/**
 * Holds the log for as long and as large as configured, by whole partitions; clients that were away for longer get a `resync`.
 * Several processes may do so at once: what is to be done is read from the database, and done there by one.
 */
@Injectable()
export class EventRetention implements OnModuleInit {
  private readonly logger = new Logger(EventRetention.name);
  private toldOfSize = false;
  /** What could not be dropped, and how often in a row. */
  private stuck = { number: -1, times: 0 };

  constructor(
    private readonly partitions: EventPartitionsRepository,
    private readonly sweeper: Sweeper,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'eventRetention' | 'eventLogBytes'>,
  ) {}

  onModuleInit(): void {
    this.sweeper.register({ name: 'event-retention', everyMs, run: () => this.sweep() });
  }

  /** @returns how many partitions were dropped */
  async sweep(): Promise<number> {
    const { eventRetention: retentionMs, eventLogBytes: maxBytes } = this.config;
    const partitions = await this.partitions.list();
    metrics.eventLogBytes.set(partitions.reduce((sum, { bytes }) => sum + bytes, 0));
    const plan = planOf(partitions, { retentionMs, maxBytes });
    if (plan.attach !== undefined) await this.partitions.attach(plan.attach);
    // The next is made at once, so that transactions which do not know of it have ended by the time it is needed.
    if (plan.open !== undefined && (await this.partitions.open(plan.open))) await this.partitions.attach(plan.open + 1);
    let dropped = 0;
    for (const { number, why, closedFor } of plan.drop) {
      const since = new Date(Date.now() - closedFor).toISOString();
      if (!(await this.drop(number, since))) break;
      dropped += 1;
      this.tell(why, since);
    }
    return dropped;
  }

  private async drop(number: number, since: string): Promise<boolean> {
    const held = await this.partitions.settle(number, [relay]);
    const outcome = held === 0 ? await this.partitions.drop(number) : 'unsettled';
    if (outcome === 'done' || outcome === 'elsewhere') {
      this.stuck = { number: -1, times: 0 };
      return outcome === 'done';
    }
    this.stuck = { number, times: this.stuck.number === number ? this.stuck.times + 1 : 1 };
    if (this.stuck.times === patience) {
      this.logger.warn(
        held > 0
          ? `Events recorded before ${since} cannot be dropped: those of ${held} workspaces have not been handed on yet. The log grows meanwhile.`
          : `Events recorded before ${since} cannot be dropped: somebody has the log open all the time (pg_locks on the table events tells who). It grows meanwhile.`,
      );
    }
    return false;
  }

  private tell(why: 'age' | 'size', since: string): void {
    this.logger.log(`Dropped the events recorded before ${since}.`);
    if (why === 'size' && !this.toldOfSize) {
      this.logger.warn(
        `The event log is larger than EVENT_LOG_BYTES (${this.config.eventLogBytes}): events are dropped before EVENT_RETENTION is over, and clients that were away since before ${since} load again. Allow it more, or hold it for a shorter time.`,
      );
    }
    // Told again once the time has decided in between.
    this.toldOfSize = why === 'size';
  }
}
