import { Processor } from '@nestjs/bullmq';
import { ChannelProcessor, Nudges, queueSettings } from '@switchboard/queue';
import { CampaignFeeder } from './campaign-feeder.service';

const queue = 'campaign-sends';

@Processor(queue, queueSettings[queue].worker)
export class CampaignSendsProcessor extends ChannelProcessor {
  constructor(
    private readonly feeder: CampaignFeeder,
    private readonly nudges: Nudges,
  ) {
    super();
  }

  protected run(channelId: string, until: number): Promise<unknown> {
    return this.feeder.run(channelId, until);
  }

  protected nudge(channelId: string): void {
    this.nudges.campaignSends(channelId);
  }
}
