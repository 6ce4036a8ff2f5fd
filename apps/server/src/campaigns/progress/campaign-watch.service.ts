import { Injectable } from '@nestjs/common';
import { CampaignLife } from '../campaign-life.service';
import type { CampaignRow } from '../campaign-row';
import type { ProgressRow } from './progress.repository';
import { failuresOf, leftOf } from './tally';

/** So few say nothing of the rest. */
const fewest = 20;
/** Meta's codes for a template that it has paused or disabled. */
const templateCodes = [132015, 132016];

/** Pauses campaigns that had better not go on. */
@Injectable()
export class CampaignWatch {
  constructor(private readonly life: CampaignLife) {}

  /** Some of its messages have failed. */
  async failures(campaign: CampaignRow, { tally, since }: ProgressRow): Promise<void> {
    if (campaign.status !== 'running') return;
    const template = failuresOf(tally).find(({ code }) => code !== null && templateCodes.includes(code));
    if (template) {
      const message = `Meta has paused or disabled the template: ${template.message} Look at its quality at Meta; once it is approved again, resume the campaign.`;
      await this.life.stop(campaign.id, { code: 'template', message });
      return;
    }
    const { left, failed } = leftOf(tally);
    const [lately, failedLately] = [left - (since?.left ?? 0), failed - (since?.failed ?? 0)];
    if (campaign.failureRatio === null || lately < fewest || failedLately / lately <= campaign.failureRatio) return;
    const [first] = failuresOf(tally);
    const percent = Math.round((failedLately / lately) * 100);
    const message = `${failedLately} of ${lately} messages failed (${percent} %), mostly: ${first?.message ?? 'no reason given'} Look at the failures before you resume it.`;
    await this.life.stop(campaign.id, { code: 'failure_ratio', message });
  }
}
