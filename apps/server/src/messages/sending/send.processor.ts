import { Processor, WorkerHost } from '@nestjs/bullmq';
import { type Jobs, Nudges, queueSettings } from '@switchboard/queue';
import type { Job } from 'bullmq';
import { SendLane } from './send-lane';

const queue = 'message-sends';
/** Then the queue hands the channel to whoever is free. */
const longestRunMs = 5000;

@Processor(queue, queueSettings[queue].worker)
export class SendProcessor extends WorkerHost {
  constructor(
    private readonly lane: SendLane,
    private readonly nudges: Nudges,
  ) {
    super();
  }

  async process(job: Job<Jobs[typeof queue]['send']>): Promise<void> {
    const { channelId } = job.data;
    const until = performance.now() + longestRunMs;
    await this.lane.run(channelId, until);
    if (performance.now() >= until) this.nudges.sends(channelId);
  }
}
