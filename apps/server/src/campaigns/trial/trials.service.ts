import { ConflictException, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Database } from '@switchboard/database';
import { Nudges, Sweeper } from '@switchboard/queue';
import { Clock } from '../../clock';
import { invalidField, noSuch } from '../../rest';
import { type CampaignRow, type Decision, theRest } from '../campaign-row';
import { CampaignsRepository } from '../campaigns.repository';
import { ProgressRepository } from '../progress/progress.repository';
import { rename } from '../progress/tally';
import { better } from './better';
import { TrialsRepository } from './trials.repository';

/**
 * Variants that are tried on a part of the audience: what the rest is sent is decided once, by one process, in the transaction that gives
 * it to them. Until then nobody of the rest is claimed.
 */
@Injectable()
export class Trials implements OnModuleInit {
  private readonly logger = new Logger(Trials.name);

  constructor(
    private readonly database: Database,
    private readonly repository: TrialsRepository,
    private readonly campaigns: CampaignsRepository,
    private readonly progress: ProgressRepository,
    private readonly nudges: Nudges,
    private readonly sweeper: Sweeper,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.sweeper.register({ name: 'campaign-trials', everyMs: 500, run: () => this.decideDue() });
  }

  async decideDue(): Promise<number> {
    let decided = 0;
    for (const { id, workspaceId } of await this.repository.due(this.clock.now())) {
      try {
        if (await this.decide(workspaceId, id)) decided += 1;
      } catch (error) {
        this.logger.warn(`The trial of campaign ${id} is decided later (${(error as Error).message}).`);
      }
    }
    return decided;
  }

  /** Ends a trial by hand. @throws HttpException `conflict` where there is nothing to decide; `invalid` */
  async choose(workspaceId: string, id: string, variant: string): Promise<void> {
    const found = await this.campaigns.find(workspaceId, id);
    if (!found) throw noSuch('campaign');
    const keys = found.variants.map(({ key }) => key);
    if (!keys.includes(variant)) throw invalidField('variant', `must be one of ${keys.join(', ')}`);
    if (await this.decide(workspaceId, id, variant)) return;
    const { status, trial, decision } = (await this.campaigns.find(workspaceId, id)) ?? found;
    const why = decision ? `it is decided: ${decision.variant}` : trial ? `it is ${status}` : 'it tries nothing';
    throw new ConflictException({
      code: 'conflict',
      message: `Nothing is to be decided of the campaign: ${why}.`,
      details: { status },
    });
  }

  /** @returns false where there is nothing to decide any more */
  private decide(workspaceId: string, id: string, byHand?: string): Promise<boolean> {
    return this.database.transaction(async () => {
      const campaign = await this.repository.lock(workspaceId, id);
      if (!campaign) return false;
      const progress = (await this.progress.lock(id))!;
      const now = this.clock.now();
      const variant = byHand ?? better(campaign, progress.tally);
      const decision: Decision = { variant, by: byHand ? 'hand' : 'rule', at: now.toISOString() };
      await this.repository.decide(id, decision);
      await this.repository.give(id, variant, campaign.decideAt!, now);
      rename(progress.tally, theRest, variant);
      await this.progress.save(id, { ...progress, dirty: true });
      this.database.afterCommit(() => this.tell(campaign, decision));
      return true;
    });
  }

  private tell({ id, channelId }: CampaignRow, { variant, by }: Decision): void {
    this.logger.log(`The rest of campaign ${id} is sent ${variant}, decided by ${by}.`);
    this.nudges.campaignSends(channelId);
  }
}
