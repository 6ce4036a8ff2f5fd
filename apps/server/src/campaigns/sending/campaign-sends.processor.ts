import { Processor, WorkerHost } from '@nestjs/bullmq';
import { type Jobs, Nudges, queueSettings } from '@switchboard/queue';
import type { Job } from 'bullmq';
import { CampaignFeeder } from './campaign-feeder.service';

const queue = 'campaign-sends';
/** Then the queue hands the channel to whoever is free. */
const longestRunMs = 5000;

@Processor(queue, queueSettings[queue].worker)
export class CampaignSendsProcessor extends WorkerHost {
  constructor(
    private readonly feeder: CampaignFeeder,
    private readonly nudges: Nudges,
  ) {
    super();
  }

  async process(job: Job<Jobs[typeof queue]['feed']>): Promise<void> {
    const { channelId } = job.data;
    const until = performance.now() + longestRunMs;
    await this.feeder.run(channelId, until);
    if (performance.now() >= until) this.nudges.campaignSends(channelId);
  }
}
