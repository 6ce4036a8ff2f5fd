import { Processor, WorkerHost } from '@nestjs/bullmq';
import { type Jobs, Nudges, queueSettings } from '@switchboard/queue';
import type { Job } from 'bullmq';
import { MediaFetch } from './media-fetch.service';

const queue = 'media-fetches';
/** Then the queue hands the channel to whoever is free. */
const longestRunMs = 5000;

@Processor(queue, queueSettings[queue].worker)
export class MediaFetchProcessor extends WorkerHost {
  constructor(
    private readonly fetch: MediaFetch,
    private readonly nudges: Nudges,
  ) {
    super();
  }

  async process(job: Job<Jobs[typeof queue]['fetch']>): Promise<void> {
    const { channelId } = job.data;
    const until = performance.now() + longestRunMs;
    await this.fetch.run(channelId, until);
    if (performance.now() >= until) this.nudges.mediaFetches(channelId);
  }
}
