import { Injectable } from '@nestjs/common';
import { BulkSends } from '../messages';
import { type AudienceGroup, AudienceRepository } from './audience.repository';
import { Audiences } from './audiences.service';
import { CampaignContents } from './campaign-contents.service';
import { sharesOf } from './campaign-row';
import { Campaigns } from './campaigns.service';
import { personal } from './content/personal-content';
import { PricesRepository } from './costs/prices.repository';
import { costOf, type Pricing, pricingOf } from './costs/pricing';
import type { PreviewDto } from './dto/preview.dto';

const sampled = 5;

/** What a campaign would do if it started now. */
@Injectable()
export class CampaignPreview {
  constructor(
    private readonly campaigns: Campaigns,
    private readonly audiences: Audiences,
    private readonly repository: AudienceRepository,
    private readonly contents: CampaignContents,
    private readonly bulk: BulkSends,
    private readonly prices: PricesRepository,
  ) {}

  /** @throws HttpException as its start, but for the channel's state */
  async of(workspaceId: string, id: string): Promise<PreviewDto> {
    const campaign = await this.campaigns.one(workspaceId, id);
    const account = await this.campaigns.account(workspaceId, campaign.channelId);
    const columns = await this.audiences.columns(campaign);
    const variants = await this.contents.check(account, { variants: campaign.variants, columns }, true);
    const definitions = variants.map(({ definition }) => definition);
    const question = await this.audiences.question(campaign, account, definitions);
    const shares = sharesOf(campaign);
    const groups = await this.repository.count(id, question, shares);
    const sample = await this.repository.sample(id, question, shares, sampled);
    const rows = await this.audiences.rowsOf(
      campaign,
      sample.map((one) => one.id),
    );
    const prices = await this.prices.find(workspaceId);
    // The rest of a trial is sent one of them: the first stands for it.
    const variantOf = (key: string) => variants.find((one) => one.key === key) ?? variants[0]!;
    const priced = (group: AudienceGroup) => {
      const { content, definition } = variantOf(group.variant);
      return { ...group, ...pricingOf(account.platform, content, definition, group.windowOpen) };
    };
    const going = groups.filter(({ reason }) => reason === null);
    const recipients = sum(going);
    return {
      audience: sum(groups),
      recipients,
      exclusions: by(
        groups.filter(({ reason }) => reason !== null),
        ({ reason }) => reason!,
      ),
      variants: by(going, ({ variant }) => variant),
      sample: sample.map(({ variant, ...contact }) => {
        const made = personal(variantOf(variant).content, { contact, row: rows.get(contact.id) });
        return {
          contactId: contact.id,
          name: contact.name,
          variant,
          content: made.content as object,
          missing: made.missing,
        };
      }),
      pricing: pricingBy(going.map(priced)),
      cost:
        prices && account.platform === 'whatsapp'
          ? costOf(
              prices,
              going.map(priced).filter(({ free }) => !free),
            )
          : null,
      file: await this.audiences.fileCounts(campaign),
      durationSeconds: Math.ceil(recipients / this.bulk.perSecond(account)),
    };
  }
}

const sum = (groups: readonly AudienceGroup[]): number => groups.reduce((total, { count }) => total + count, 0);

function by(groups: readonly AudienceGroup[], keyOf: (group: AudienceGroup) => string): Record<string, number> {
  const found: Record<string, number> = {};
  for (const group of groups) found[keyOf(group)] = (found[keyOf(group)] ?? 0) + group.count;
  return found;
}

function pricingBy(groups: readonly (AudienceGroup & Pricing)[]): PreviewDto['pricing'] {
  const found = new Map<string, PreviewDto['pricing'][number]>();
  for (const { category, free, count } of groups) {
    const of = found.get(category) ?? { category, messages: 0, free: 0 };
    found.set(category, { category, messages: of.messages + count, free: of.free + (free ? count : 0) });
  }
  return [...found.values()].sort((a, b) => b.messages - a.messages);
}
