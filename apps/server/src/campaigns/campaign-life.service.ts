import { ConflictException, HttpException, Injectable, Logger } from '@nestjs/common';
import type { CampaignReason, CampaignStatus } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import { EventRecorder } from '@switchboard/events';
import { Nudges } from '@switchboard/queue';
import { ChannelAccess, type ChannelAccount } from '../channels';
import { Clock } from '../clock';
import { BulkSends } from '../messages';
import { invalidField, noSuch } from '../rest';
import { AudienceRepository } from './audience.repository';
import { Audiences } from './audiences.service';
import { CampaignContents, type CheckedVariant, frozen } from './campaign-contents.service';
import { campaignEvent, scheduledEvent, stoppedEvent } from './campaign-events';
import { type CampaignRow, sharesOf } from './campaign-row';
import { CampaignsRepository, type DueCampaign } from './campaigns.repository';
import { ProgressRepository } from './progress/progress.repository';
import { count, leftOf, type Tally } from './progress/tally';
import { RecipientsRepository } from './recipients.repository';
import { beginsAt } from './schedule';

const byHand: CampaignReason = { code: 'by_hand', message: 'Somebody paused it.' };

/**
 * The states of a campaign: draft → scheduled → running ⇄ paused → completed, cancelled or failed. Each step is one statement that names the states it may be
 * taken from: of several processes that take it at once, one does.
 */
@Injectable()
export class CampaignLife {
  private readonly logger = new Logger(CampaignLife.name);

  constructor(
    private readonly database: Database,
    private readonly repository: CampaignsRepository,
    private readonly recipients: RecipientsRepository,
    private readonly progress: ProgressRepository,
    private readonly frozen: AudienceRepository,
    private readonly audiences: Audiences,
    private readonly contents: CampaignContents,
    private readonly access: ChannelAccess,
    private readonly bulk: BulkSends,
    private readonly recorder: EventRecorder,
    private readonly nudges: Nudges,
    private readonly clock: Clock,
  ) {}

  /** Lets a draft start by itself at its time. @throws HttpException as a start; `invalid` where it has no time to come */
  async schedule(workspaceId: string, id: string): Promise<void> {
    await this.database.transaction(async () => {
      const now = this.clock.now();
      const found = await this.repository.lock(workspaceId, id);
      if (!found) throw noSuch('campaign');
      const startsAt = found.schedule && beginsAt(found.schedule);
      if (found.status === 'draft') {
        if (!startsAt || startsAt <= now) {
          const own = found.schedule?.ownTimeAttribute ? ', where the day begins first,' : '';
          throw invalidField('schedule.startsAt', `must be a time to come${own}; change it, or start the campaign now`);
        }
        await this.check(await this.sendingAccount(found), found);
      }
      const campaign = await this.repository.move(workspaceId, id, ['draft'], 'scheduled', { now, startsAt });
      if (!campaign) throw await this.notFrom(workspaceId, id, 'scheduled', ['draft']);
      await this.recorder.record([scheduledEvent(campaign, startsAt!)]);
    });
  }

  /** Makes a draft of it again. @throws HttpException `conflict` */
  async unschedule(workspaceId: string, id: string): Promise<void> {
    const now = this.clock.now();
    const campaign = await this.repository.move(workspaceId, id, ['scheduled'], 'draft', { now });
    if (!campaign) throw await this.notFrom(workspaceId, id, 'taken back', ['scheduled']);
  }

  /** Campaigns that are scheduled for now, of every workspace. */
  due(): Promise<DueCampaign[]> {
    return this.repository.startDue(this.clock.now());
  }

  /** Starts what is scheduled for now; one that cannot be started has failed. */
  async startDue({ workspaceId, id }: DueCampaign): Promise<void> {
    try {
      await this.begin(workspaceId, id, ['scheduled']);
    } catch (error) {
      if (!(error instanceof HttpException)) throw error;
      const { code = 'invalid', message = error.message } = error.getResponse() as { code?: string; message?: string };
      await this.fail(workspaceId, id, { code, message });
    }
  }

  /** Freezes the audience and begins to send. @throws HttpException `conflict`, `channel_disconnected`, `template_unknown`, `invalid` */
  start(workspaceId: string, id: string): Promise<void> {
    return this.begin(workspaceId, id, ['draft', 'scheduled']);
  }

  private async begin(workspaceId: string, id: string, from: readonly CampaignStatus[]): Promise<void> {
    await this.database.transaction(async () => {
      const now = this.clock.now();
      // Nobody changes it from here on, its channel least of all.
      const found = await this.repository.lock(workspaceId, id);
      if (!found) throw noSuch('campaign');
      if (!from.includes(found.status)) throw await this.notFrom(workspaceId, id, 'started', from);
      const account = await this.sendingAccount(found);
      const quality = account.details.quality ?? null;
      const campaign = await this.repository.move(workspaceId, id, from, 'running', { now, quality });
      if (!campaign) throw await this.notFrom(workspaceId, id, 'started', from);
      const checked = await this.check(account, campaign);
      const definitions = checked.map(({ definition }) => definition);
      const question = await this.audiences.question(campaign, account, definitions);
      const times = await this.audiences.times(question, campaign.schedule);
      const { trial } = campaign;
      const decideAt =
        trial && new Date(Math.max(now.getTime(), times.dueAt.getTime()) + trial.decideAfterMinutes * 60_000);
      if (decideAt) await this.repository.decideAt(id, decideAt);
      const file = this.audiences.fileOf(campaign);
      const groups = await this.frozen.freeze(id, question, sharesOf(campaign), times, { file, decideAt });
      const tally: Tally = {};
      count(
        tally,
        groups.map(({ variant, state, reason, count: n }) => ({ variant, after: state, reason, count: n })),
      );
      await this.progress.start(id, tally, leftOf(tally));
      this.database.afterCommit(() => this.nudges.campaignSends(campaign.channelId));
      await this.recorder.record([campaignEvent('campaign.started', campaign, tally)]);
    });
  }

  private async fail(workspaceId: string, id: string, reason: CampaignReason): Promise<void> {
    await this.database.transaction(async () => {
      const now = this.clock.now();
      const campaign = await this.repository.move(workspaceId, id, ['scheduled'], 'failed', { reason, now });
      // Another process may have started it at the same moment.
      if (!campaign) return;
      await this.recorder.record([stoppedEvent('campaign.failed', campaign, {}, reason)]);
      this.database.afterCommit(() => this.logger.warn(`Campaign ${id} could not be started: ${reason.message}`));
    });
  }

  /** What has not been handed to Meta yet stays, and is not handed on from here on. @throws HttpException `conflict` */
  async pause(workspaceId: string, id: string): Promise<void> {
    await this.halt(workspaceId, id, byHand);
  }

  /** Pauses a campaign by itself, where it runs. */
  async stop(id: string, reason: CampaignReason): Promise<void> {
    const campaign = await this.progress.campaign(id);
    if (campaign?.status !== 'running') return;
    try {
      await this.halt(campaign.workspaceId, id, reason);
      this.logger.warn(`Campaign ${id} has paused by itself: ${reason.message}`);
    } catch (error) {
      if (!(error instanceof ConflictException)) throw error;
    }
  }

  private async halt(workspaceId: string, id: string, reason: CampaignReason): Promise<void> {
    await this.database.transaction(async () => {
      const now = this.clock.now();
      const campaign = await this.repository.move(workspaceId, id, ['running'], 'paused', { reason, now });
      if (!campaign) throw await this.notFrom(workspaceId, id, 'paused', ['running']);
      await this.bulk.pause(await this.recipients.queued(id));
      const { tally } = (await this.progress.lock(id))!;
      await this.recorder.record([stoppedEvent('campaign.paused', campaign, tally, reason)]);
    });
  }

  /** Goes on where it was. @throws HttpException `conflict`, `channel_disconnected`, `template_unknown`, `invalid` */
  async resume(workspaceId: string, id: string): Promise<void> {
    await this.database.transaction(async () => {
      const found = await this.repository.find(workspaceId, id);
      if (!found) throw noSuch('campaign');
      if (found.status === 'paused') {
        const account = await this.sendingAccount(found);
        await this.contents.check(account, frozen(found.variants), true);
      }
      const quality = (await this.access.account(found.channelId))?.details.quality ?? null;
      const campaign = await this.repository.move(workspaceId, id, ['paused'], 'running', {
        ...{ now: this.clock.now(), quality },
      });
      if (!campaign) throw await this.notFrom(workspaceId, id, 'resumed', ['paused']);
      await this.bulk.goOn(campaign.channelId, await this.recipients.queued(id));
      const progress = (await this.progress.lock(id))!;
      await this.progress.save(id, { ...progress, since: leftOf(progress.tally) });
      this.database.afterCommit(() => this.nudges.campaignSends(campaign.channelId));
      await this.recorder.record([campaignEvent('campaign.resumed', campaign, progress.tally)]);
    });
  }

  /** Whoever was not sent to yet is not any more. @throws HttpException `conflict` */
  async cancel(workspaceId: string, id: string): Promise<void> {
    const from: CampaignStatus[] = ['draft', 'scheduled', 'running', 'paused'];
    const campaign = await this.database.transaction(async () => {
      const moved = await this.repository.move(workspaceId, id, from, 'cancelled', { now: this.clock.now() });
      if (!moved) throw await this.notFrom(workspaceId, id, 'cancelled', from);
      const cancelled = await this.recipients.cancelPending(id);
      const progress = await this.progress.lock(id);
      const tally = progress?.tally ?? {};
      count(
        tally,
        cancelled.map(({ variant, count: n }) => ({ variant, before: 'pending', after: 'cancelled', count: n })),
      );
      if (progress) await this.progress.save(id, progress);
      await this.recorder.record([campaignEvent('campaign.cancelled', moved, tally)]);
      return moved;
    });
    await this.withdraw(campaign);
  }

  /** Takes back what a cancelled campaign had queued. May be done again: nothing that has left is touched. */
  async withdraw({ id, channelId }: Pick<CampaignRow, 'id' | 'channelId'>): Promise<void> {
    const message = 'The campaign was cancelled before it was sent.';
    await this.bulk.withdraw(channelId, await this.recipients.queued(id), 'campaign_cancelled', message);
  }

  /** Nothing is left to be sent: it has ended. False where something is. */
  async complete(id: string): Promise<boolean> {
    return this.database.transaction(async () => {
      const campaign = await this.recipients.complete(id, this.clock.now());
      if (!campaign) return false;
      const { tally } = (await this.progress.lock(id))!;
      await this.recorder.record([campaignEvent('campaign.completed', campaign, tally)]);
      return true;
    });
  }

  private async check(account: ChannelAccount, campaign: CampaignRow): Promise<CheckedVariant[]> {
    const { variants } = campaign;
    return this.contents.check(account, { variants, columns: await this.audiences.columns(campaign) }, true);
  }

  /** The channel, where it can send. @throws HttpException */
  async sendingAccount({
    workspaceId,
    channelId,
  }: Pick<CampaignRow, 'workspaceId' | 'channelId'>): Promise<ChannelAccount> {
    const account = await this.access.currentAccount(channelId);
    if (account?.workspaceId === workspaceId && account.target && account.status === 'connected') return account;
    const why = account?.statusReason ?? (account?.target ? `It is ${account.status}.` : 'It has no token.');
    throw new ConflictException({
      code: 'channel_disconnected',
      message: `channelId: the channel ${account?.name ?? channelId} cannot send. ${why} Connect it first (PUT /v1/channels/${channelId}/credentials).`,
    });
  }

  private async notFrom(
    workspaceId: string,
    id: string,
    done: string,
    from: readonly CampaignStatus[],
  ): Promise<Error> {
    const campaign = await this.repository.find(workspaceId, id);
    if (!campaign) return noSuch('campaign');
    return new ConflictException({
      code: 'conflict',
      message: `The campaign is ${campaign.status}; only one that is ${from.join(' or ')} can be ${done}.`,
      details: { status: campaign.status },
    });
  }
}
