import { Injectable } from '@nestjs/common';
import { readDefinition } from '@switchboard/meta';
import { BulkSends } from '../messages';
import { type AudienceGroup, AudienceRepository } from './audience.repository';
import { Audiences } from './audiences.service';
import { CampaignContents, type CheckedVariant } from './campaign-contents.service';
import { Campaigns } from './campaigns.service';
import { personal } from './content/personal-content';
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
  ) {}

  /** @throws HttpException as its start, but for the channel's state */
  async of(workspaceId: string, id: string): Promise<PreviewDto> {
    const campaign = await this.campaigns.one(workspaceId, id);
    const account = await this.campaigns.account(workspaceId, campaign.channelId);
    const variants = await this.contents.check(account, campaign.variants, true);
    const definitions = variants.map(({ definition }) => definition);
    const question = await this.audiences.question(campaign, account, definitions);
    const groups = await this.repository.count(id, question, variants);
    const sample = await this.repository.sample(id, question, variants, sampled);
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
        const { content } = variants.find(({ key }) => key === variant)!;
        const made = personal(content, { contact });
        return {
          contactId: contact.id,
          name: contact.name,
          variant,
          content: made.content as object,
          missing: made.missing,
        };
      }),
      pricing:
        account.platform === 'whatsapp'
          ? pricing(going, variants)
          : [{ category: 'none', messages: recipients, free: recipients }],
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

/** Meta's per-message pricing: service messages are free, and utility templates while the customer's window is open. */
function pricing(going: readonly AudienceGroup[], variants: readonly CheckedVariant[]): PreviewDto['pricing'] {
  const found = new Map<string, PreviewDto['pricing'][number]>();
  for (const { variant, windowOpen, count } of going) {
    const { content, definition } = variants.find(({ key }) => key === variant)!;
    const template = content.type === 'template';
    const category = template ? (readDefinition(definition).category?.toLowerCase() ?? 'unknown') : 'service';
    const of = found.get(category) ?? { category, messages: 0, free: 0 };
    const free = category === 'service' || (category === 'utility' && windowOpen);
    found.set(category, { category, messages: of.messages + count, free: of.free + (free ? count : 0) });
  }
  return [...found.values()].sort((a, b) => b.messages - a.messages);
}
