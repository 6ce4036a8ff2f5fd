import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Nudges, Sweeper } from '@switchboard/queue';
import { ChannelAccess } from '../../channels';
import { Clock } from '../../clock';
import { BulkSends } from '../../messages';
import { CampaignLife } from '../campaign-life.service';
import { RecipientsRepository } from '../recipients.repository';
import { FeedRepository } from './feed.repository';
import { accountNow, whyStopped } from './whether-to-go-on';

/** Brings back campaigns that lost their nudge, ends those that are done, and holds back what may not leave any more. */
@Injectable()
export class CampaignUpkeep implements OnModuleInit {
  private readonly logger = new Logger(CampaignUpkeep.name);

  constructor(
    private readonly repository: FeedRepository,
    private readonly recipients: RecipientsRepository,
    private readonly life: CampaignLife,
    private readonly access: ChannelAccess,
    private readonly bulk: BulkSends,
    private readonly nudges: Nudges,
    private readonly sweeper: Sweeper,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.sweeper.register({ name: 'campaigns', everyMs: 500, run: () => this.nudgeDue() });
    this.sweeper.register({ name: 'campaigns-scheduled', everyMs: 500, run: () => this.startDue() });
    this.sweeper.register({ name: 'campaigns-ended', everyMs: 500, run: () => this.endDone() });
    this.sweeper.register({ name: 'campaigns-halted', everyMs: 500, run: () => this.holdBack() });
    this.sweeper.register({ name: 'campaigns-stranded', everyMs: 1000, run: () => this.stopStranded() });
    this.sweeper.register({ name: 'campaigns-opted-out', everyMs: 1000, run: () => this.withdrawOptedOut() });
  }

  private async nudgeDue(): Promise<number> {
    for (const channelId of await this.repository.channelsDue(this.clock.now())) this.nudges.campaignSends(channelId);
    return 0;
  }

  private async startDue(): Promise<number> {
    const due = await this.life.due();
    await this.each(due, 'started', (one) => this.life.startDue(one));
    return 0;
  }

  private async endDone(): Promise<number> {
    const ended = (await this.repository.ended()).map((id) => ({ id }));
    await this.each(ended, 'ended', async ({ id }) => void (await this.life.complete(id)));
    return 0;
  }

  /** What a lane put back into the queue after its campaign had paused, or was being cancelled when a process ended. */
  private async holdBack(): Promise<number> {
    await this.each(await this.repository.halted(), 'held back', async ({ id, channelId, status }) => {
      if (status === 'paused') await this.bulk.pause(await this.recipients.queued(id));
      else await this.life.withdraw({ id, channelId });
    });
    return 0;
  }

  /** All that is left of them waits for a channel that cannot send: nobody is due any more, so the feeder does not see it. */
  private async stopStranded(): Promise<number> {
    let stopped = 0;
    await this.each(await this.repository.waiting(), 'looked after', async ({ id, channelId }) => {
      const reason = whyStopped(await accountNow(this.access, channelId));
      if (!reason) return;
      await this.life.stop(id, reason);
      stopped += 1;
    });
    return stopped;
  }

  private async withdrawOptedOut(): Promise<number> {
    const found = await this.repository.optedOut();
    for (const channelId of new Set(found.map((one) => one.channelId))) {
      const ids = found.filter((one) => one.channelId === channelId).map(({ messageId }) => messageId);
      await this.bulk.withdraw(channelId, ids, 'opted_out', 'The contact opted out before it was sent.');
    }
    return found.length;
  }

  /** One that cannot be does not keep the others waiting. */
  private async each<T extends { id: string }>(
    campaigns: readonly T[],
    done: string,
    work: (campaign: T) => Promise<void>,
  ): Promise<void> {
    for (const campaign of campaigns) {
      try {
        await work(campaign);
      } catch (error) {
        this.logger.warn(`Campaign ${campaign.id} is ${done} later (${(error as Error).message}).`);
      }
    }
  }
}
