import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '@switchboard/config';
import { metrics } from '@switchboard/observability';

export interface Sweep {
  name: string;
  /** Between the end of a run and the next; asked anew each time where it is a function. */
  everyMs: number | (() => number);
  /** Looks into the database for work that nobody was nudged to, and does it. Returns how much there was. */
  run: () => Promise<number>;
}

const pauseOf = ({ everyMs }: Sweep): number => (typeof everyMs === 'number' ? everyMs : everyMs());

/**
 * Brings back what lost its nudge. A timer in the process and not a BullMQ scheduler: FLUSHALL deletes schedulers.
 * Runs in processes with the worker role; a sweep never overlaps itself.
 */
@Injectable()
export class Sweeper implements OnApplicationBootstrap {
  private readonly logger = new Logger(Sweeper.name);
  private readonly sweeps: Sweep[] = [];
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly running = new Set<Promise<void>>();
  private stopped = false;

  constructor(@Inject(APP_CONFIG) private readonly config: AppConfig) {}

  register(sweep: Sweep): void {
    this.sweeps.push(sweep);
  }

  onApplicationBootstrap(): void {
    if (this.config.roles.includes('worker')) for (const sweep of this.sweeps) this.schedule(sweep);
  }

  /** Stops the timers and waits for what runs. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers) clearTimeout(timer);
    await Promise.allSettled(this.running);
  }

  private schedule(sweep: Sweep): void {
    if (this.stopped) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      const run = this.run(sweep).finally(() => {
        this.running.delete(run);
        this.schedule(sweep);
      });
      this.running.add(run);
    }, pauseOf(sweep));
    this.timers.add(timer);
  }

  private async run(sweep: Sweep): Promise<void> {
    try {
      const found = await sweep.run();
      if (found > 0) metrics.sweeps.inc({ sweep: sweep.name }, found);
    } catch (error) {
      this.logger.warn(
        `Sweep ${sweep.name} failed (${(error as Error).message}); it runs again in ${pauseOf(sweep)} ms.`,
      );
    }
  }
}
