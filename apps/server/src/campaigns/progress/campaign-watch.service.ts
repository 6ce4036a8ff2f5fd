import { Injectable } from '@nestjs/common';
import { CampaignLife } from '../campaign-life.service';
import type { CampaignRow } from '../campaign-row';
import type { MovedRecipient, ProgressRow } from './progress.repository';
import { failuresOf, leftOf } from './tally';

/** So few say nothing of the rest. */
const fewest = 20;
/** Meta's codes for a template that it has paused or disabled. */
const templateCodes = [132015, 132016];

/** Pauses campaigns that had better not go on. */
@Injectable()
export class CampaignWatch {
  constructor(private readonly life: CampaignLife) {}

  /** Some of its messages have just failed. What failed before it went on was looked at by whoever let it. */
  async failures(
    campaign: CampaignRow,
    { tally, since }: ProgressRow,
    failed: readonly MovedRecipient[],
  ): Promise<void> {
    if (campaign.status !== 'running') return;
    const template = failed.map(({ error }) => error).find((error) => templateCodes.includes(error?.code ?? 0));
    if (template) {
      const message = `Meta has paused or disabled the template: ${template.message} Look at its quality at Meta; once it is approved again, resume the campaign.`;
      await this.life.stop(campaign.id, { code: 'template', message });
      return;
    }
    const total = leftOf(tally);
    const [lately, failedLately] = [total.left - (since?.left ?? 0), total.failed - (since?.failed ?? 0)];
    if (campaign.failureRatio === null || lately < fewest || failedLately / lately <= campaign.failureRatio) return;
    const [first] = failuresOf(tally);
    const percent = Math.round((failedLately / lately) * 100);
    const message = `${failedLately} of ${lately} messages failed (${percent} %), mostly: ${first?.message ?? 'no reason given'} Look at the failures before you resume it.`;
    await this.life.stop(campaign.id, { code: 'failure_ratio', message });
  }
}
