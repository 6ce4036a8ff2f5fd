import { Processor } from '@nestjs/bullmq';
import { ChannelProcessor, Nudges, queueSettings } from '@switchboard/queue';
import { MediaFetch } from './media-fetch.service';

const queue = 'media-fetches';

@Processor(queue, queueSettings[queue].worker)
export class MediaFetchProcessor extends ChannelProcessor {
  constructor(
    private readonly fetch: MediaFetch,
    private readonly nudges: Nudges,
  ) {
    super();
  }

  protected run(channelId: string, until: number): Promise<unknown> {
    return this.fetch.run(channelId, until);
  }

  protected nudge(channelId: string): void {
    this.nudges.mediaFetches(channelId);
  }
}
