import { Inject, Injectable } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '@switchboard/config';
import { metrics } from '@switchboard/observability';
import { Nudges } from '@switchboard/queue';
import { DeliveriesRepository, type NewDelivery } from './deliveries.repository';
import { laneOf } from './lane';

/** No more webhooks can wait for their commit; Meta is answered 503 and sends again. */
export class IntakeFull extends Error {
  readonly code = 'intake_full';
}

interface Waiting extends NewDelivery {
  since: number;
  resolve: () => void;
  reject: (error: Error) => void;
}

const maxBatch = 500;
const maxBatchBytes = 8_000_000;
/** Each commit costs a flush, a nudge and a job: at 1,000 webhooks a second five share one. */
const distanceMs = 5;
/** So many do not wait any longer for others. */
const enough = 24;
/** A second commit under way while the first waits for the disk; a third gained nothing (measured). */
const maxCommits = 2;

/** Group commit: webhooks that arrive while one commit is under way share the next. */
@Injectable()
export class DeliveryWriter {
  private queue: Waiting[] = [];
  private queuedBytes = 0;
  private commits = 0;
  private committedAt = 0;
  private due = false;

  constructor(
    private readonly repository: DeliveriesRepository,
    private readonly nudges: Nudges,
    @Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'intakeQueueCount' | 'intakeQueueBytes'>,
  ) {}

  /**
   * Resolves once the body is committed.
   * @throws IntakeFull when too many wait already, or the database's error: in both cases nothing was promised.
   */
  keep(metaAppId: string, body: Buffer): Promise<void> {
    if (
      this.queue.length >= this.config.intakeQueueCount ||
      this.queuedBytes + body.length > this.config.intakeQueueBytes
    ) {
      return Promise.reject(new IntakeFull('Too many webhooks wait for the database.'));
    }
    return new Promise((resolve, reject) => {
      this.queue.push({ metaAppId, body, lane: laneOf(body), since: performance.now(), resolve, reject });
      this.queuedBytes += body.length;
      metrics.webhookQueue.set(this.queue.length);
      this.schedule();
    });
  }

  /** At once when it is quiet; under load, commits keep a little distance, so that more share one. */
  private schedule(): void {
    if (this.due || this.commits >= maxCommits || this.queue.length === 0) return;
    const wait = this.queue.length >= enough ? 0 : this.committedAt + distanceMs - performance.now();
    // After this turn of the event loop at the earliest: what arrived with this one goes with it.
    this.due = true;
    if (wait > 0) setTimeout(() => this.commit(), wait);
    else setImmediate(() => this.commit());
  }

  private commit(): void {
    this.due = false;
    if (this.commits >= maxCommits || this.queue.length === 0) return;
    this.committedAt = performance.now();
    const batch = this.take();
    this.commits += 1;
    this.repository
      .keep(batch)
      .then(
        () => this.kept(batch),
        (error: Error) => {
          for (const { reject } of batch) reject(error);
        },
      )
      .finally(() => {
        this.commits -= 1;
        this.schedule();
      });
    this.schedule();
  }

  private kept(batch: Waiting[]): void {
    const now = performance.now();
    for (const { resolve, since } of batch) {
      metrics.webhookCommit.observe((now - since) / 1000);
      resolve();
    }
    for (const lane of new Set(batch.map((one) => one.lane))) this.nudges.intake(lane);
  }

  private take(): Waiting[] {
    let bytes = 0;
    let count = 0;
    while (
      count < this.queue.length &&
      count < maxBatch &&
      (count === 0 || bytes + this.queue[count]!.body.length <= maxBatchBytes)
    ) {
      bytes += this.queue[count]!.body.length;
      count += 1;
    }
    const batch = this.queue.slice(0, count);
    this.queue = this.queue.slice(count);
    this.queuedBytes -= bytes;
    metrics.webhookQueue.set(this.queue.length);
    return batch;
  }
}
