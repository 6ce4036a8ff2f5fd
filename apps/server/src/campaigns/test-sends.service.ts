import { HttpException, Injectable } from '@nestjs/common';
import type { Session } from '../identity';
import { BulkSends, SendMessages } from '../messages';
import { invalidField, noSuchNamed } from '../rest';
import { Audiences } from './audiences.service';
import { CampaignContents } from './campaign-contents.service';
import { CampaignLife } from './campaign-life.service';
import { Campaigns } from './campaigns.service';
import { personal } from './content/personal-content';
import type { TestSentListDto } from './dto/test-send.dto';

/** What a campaign says, sent to a few for a look. They are no recipients by it. */
@Injectable()
export class TestSends {
  constructor(
    private readonly campaigns: Campaigns,
    private readonly life: CampaignLife,
    private readonly audiences: Audiences,
    private readonly contents: CampaignContents,
    private readonly bulk: BulkSends,
    private readonly messages: SendMessages,
  ) {}

  /** @throws HttpException as a start; what keeps one of the contacts from being sent to is told of them */
  async send(
    { workspaceId, userId, apiKeyId }: Session,
    id: string,
    contactIds: readonly string[],
    variant: string | undefined,
  ): Promise<TestSentListDto> {
    const campaign = await this.campaigns.one(workspaceId, id);
    const found = await this.campaigns.known(workspaceId, contactIds);
    if (contactIds.some((one) => !found.has(one.toLowerCase()))) throw noSuchNamed('contactIds', 'contact');
    const chosen = campaign.variants.filter(({ key }) => key === (variant ?? campaign.variants[0]!.key));
    if (chosen.length === 0) {
      throw invalidField('variant', `must be one of ${campaign.variants.map(({ key }) => key).join(', ')}`);
    }
    const account = await this.life.sendingAccount(campaign);
    const columns = await this.audiences.columns(campaign);
    await this.contents.check(account, { variants: chosen, columns }, true);
    const rows = await this.audiences.rowsOf(campaign, contactIds);
    const author = apiKeyId ? { kind: 'api_key' as const, id: apiKeyId } : { kind: 'user' as const, id: userId };
    const sender = { workspaceId, author, actorId: userId, priority: 0 as const };
    const items: TestSentListDto['items'] = [];
    for (const to of await this.bulk.reach(account, contactIds)) {
      const { contactId } = to;
      const { content, missing } = personal(chosen[0]!.content, {
        ...{ contact: to.contact, row: rows.get(contactId) },
      });
      if (missing.length > 0) {
        items.push({ contactId, messageId: null, problem: `Not known of them: ${missing.join(', ')}.` });
        continue;
      }
      try {
        const { message } = await this.messages.send(sender, { to: { channelId: account.id, contactId }, content });
        items.push({ contactId, messageId: message.id, problem: null });
      } catch (error) {
        if (!(error instanceof HttpException)) throw error;
        items.push({ contactId, messageId: null, problem: error.message });
      }
    }
    return { items };
  }
}
