import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Nudges, Sweeper } from '@switchboard/queue';
import { Clock } from '../../clock';
import { BulkSends } from '../../messages';
import { CampaignLife } from '../campaign-life.service';
import { RecipientsRepository } from '../recipients.repository';
import { FeedRepository } from './feed.repository';

/** Brings back campaigns that lost their nudge, ends those that are done, and holds back what may not leave any more. */
@Injectable()
export class CampaignUpkeep implements OnModuleInit {
  constructor(
    private readonly repository: FeedRepository,
    private readonly recipients: RecipientsRepository,
    private readonly life: CampaignLife,
    private readonly bulk: BulkSends,
    private readonly nudges: Nudges,
    private readonly sweeper: Sweeper,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.sweeper.register({ name: 'campaigns', everyMs: 500, run: () => this.nudgeDue() });
    this.sweeper.register({ name: 'campaigns-scheduled', everyMs: 500, run: () => this.life.startDue() });
    this.sweeper.register({ name: 'campaigns-ended', everyMs: 500, run: () => this.endDone() });
    this.sweeper.register({ name: 'campaigns-halted', everyMs: 500, run: () => this.holdBack() });
    this.sweeper.register({ name: 'campaigns-opted-out', everyMs: 1000, run: () => this.withdrawOptedOut() });
  }

  private async nudgeDue(): Promise<number> {
    for (const channelId of await this.repository.channelsDue(this.clock.now())) this.nudges.campaignSends(channelId);
    return 0;
  }

  private async endDone(): Promise<number> {
    for (const id of await this.repository.ended()) await this.life.complete(id);
    return 0;
  }

  /** What a lane put back into the queue after its campaign had paused, or was being cancelled when a process ended. */
  private async holdBack(): Promise<number> {
    for (const { id, channelId, status } of await this.repository.halted()) {
      if (status === 'paused') await this.bulk.pause(await this.recipients.queued(id));
      else await this.life.withdraw({ id, channelId });
    }
    return 0;
  }

  private async withdrawOptedOut(): Promise<number> {
    const found = await this.repository.optedOut();
    for (const channelId of new Set(found.map((one) => one.channelId))) {
      const ids = found.filter((one) => one.channelId === channelId).map(({ messageId }) => messageId);
      await this.bulk.withdraw(channelId, ids, 'opted_out', 'The contact opted out before it was sent.');
    }
    return found.length;
  }
}
