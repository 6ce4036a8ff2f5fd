import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Database } from '@switchboard/database';
import { EventRecorder } from '@switchboard/events';
import { Sweeper } from '@switchboard/queue';
import { Clock } from '../../clock';
import { CampaignSignals } from '../../messages';
import { campaignEvent } from '../campaign-events';
import { CampaignWatch } from './campaign-watch.service';
import { ProgressRepository, type ProgressRow } from './progress.repository';
import { count, countReplies, leftOf } from './tally';

/** So that progress is told every so many messages; where more wait than that, counting must not fall behind. */
const signalsAtOnce = { first: 100, behind: 500 };
const tellEvery = { messages: 100, ms: 1000 };
const sweepMs = 200;
/** What moved a message where nobody listens is found after this. */
const strayMs = 3000;

/** Counts what becomes of campaigns' messages, and tells it. */
@Injectable()
export class CampaignProgress implements OnModuleInit {
  private readonly logger = new Logger(CampaignProgress.name);

  constructor(
    private readonly database: Database,
    private readonly repository: ProgressRepository,
    private readonly watch: CampaignWatch,
    private readonly signals: CampaignSignals,
    private readonly recorder: EventRecorder,
    private readonly sweeper: Sweeper,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.signals.listen({
      moved: (messages) => this.repository.keepMoved(messages),
      answered: (answers) => this.repository.keepAnswers(answers),
    });
    this.sweeper.register({ name: 'campaign-progress', everyMs: sweepMs, run: () => this.sweep() });
    this.sweeper.register({ name: 'campaign-strays', everyMs: strayMs, run: () => this.findStrays() });
  }

  private async sweep(): Promise<number> {
    const before = new Date(this.clock.now().getTime() - tellEvery.ms);
    for (const id of await this.repository.due(before)) {
      try {
        let most = signalsAtOnce.first;
        while (await this.countSome(id, most)) most = signalsAtOnce.behind;
      } catch (error) {
        this.logger.warn(`Campaign ${id} is counted later (${(error as Error).message}).`);
      }
    }
    return 0;
  }

  /** @returns whether there may be more */
  private async countSome(id: string, most: number): Promise<boolean> {
    const counted = await this.database.transaction(async () => {
      const progress = await this.repository.lock(id, 'skip');
      const campaign = progress && (await this.repository.campaign(id));
      if (!progress || !campaign) return undefined;
      const taken = await this.repository.takeSignals(id, most);
      const messageIds = taken.flatMap(({ messageId }) => messageId ?? []);
      const moved = messageIds.length === 0 ? [] : await this.repository.follow(id, messageIds);
      count(progress.tally, moved);
      const answers = taken.flatMap(({ contactId, at }) => (contactId && at ? [{ contactId, at }] : []));
      const replied = answers.length === 0 ? [] : await this.repository.reply(campaign, answers);
      countReplies(progress.tally, replied);
      progress.dirty ||= moved.length + replied.length > 0;
      const rate = this.tellNow(progress);
      await this.repository.save(id, progress);
      if (rate !== undefined) {
        await this.recorder.record([campaignEvent('campaign.progressed', campaign, progress.tally, rate)]);
      }
      return { more: taken.length === most, moved, campaign, progress };
    });
    if (!counted) return false;
    const failed = counted.moved.filter(({ after }) => after === 'failed');
    if (failed.length > 0) await this.watch.failures(counted.campaign, counted.progress, failed);
    return counted.more;
  }

  /** @returns messages a second since it was last told, where it is to be told now */
  private tellNow(progress: ProgressRow): number | undefined {
    if (!progress.dirty) return undefined;
    const now = this.clock.now();
    const { left } = leftOf(progress.tally);
    const sinceMs = progress.toldAt ? now.getTime() - progress.toldAt.getTime() : Number.POSITIVE_INFINITY;
    const since = left - progress.toldLeft;
    if (sinceMs < tellEvery.ms && since < tellEvery.messages) return undefined;
    Object.assign(progress, { dirty: false, toldAt: now, toldLeft: left });
    return sinceMs === Number.POSITIVE_INFINITY ? 0 : (Math.max(0, since) * 1000) / Math.max(1, sinceMs);
  }

  private async findStrays(): Promise<number> {
    const strays = await this.repository.strays();
    if (strays.length > 0) await this.repository.keepMoved(strays);
    return strays.length;
  }
}
