import { WorkerHost } from '@nestjs/bullmq';
import type { Job } from 'bullmq';

/** Then the queue hands the channel to whoever is free. */
const longestRunMs = 5000;

/** Works on one channel for as long as it has something to do, and no longer than others may wait. */
export abstract class ChannelProcessor extends WorkerHost {
  /** Until nothing is left, or `until` says stop (milliseconds of performance.now()). */
  protected abstract run(channelId: string, until: number): Promise<unknown>;

  /** Brings the channel back. */
  protected abstract nudge(channelId: string): void;

  async process({ data: { channelId } }: Job<{ channelId: string }>): Promise<void> {
    const until = performance.now() + longestRunMs;
    await this.run(channelId, until);
    if (performance.now() >= until) this.nudge(channelId);
  }
}
