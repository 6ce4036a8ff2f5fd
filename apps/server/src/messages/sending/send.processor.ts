import { Processor } from '@nestjs/bullmq';
import { ChannelProcessor, Nudges, queueSettings } from '@switchboard/queue';
import { SendLane } from './send-lane';

const queue = 'message-sends';

@Processor(queue, queueSettings[queue].worker)
export class SendProcessor extends ChannelProcessor {
  constructor(
    private readonly lane: SendLane,
    private readonly nudges: Nudges,
  ) {
    super();
  }

  protected run(channelId: string, until: number): Promise<unknown> {
    return this.lane.run(channelId, until);
  }

  protected nudge(channelId: string): void {
    this.nudges.sends(channelId);
  }
}
