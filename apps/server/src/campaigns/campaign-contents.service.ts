import { Injectable } from '@nestjs/common';
import type { ChannelAccount } from '../channels';
import { BulkSends } from '../messages';
import { invalidField } from '../rest';
import type { Variant } from './campaign-row';
import { sampleOf, unknownPlaces } from './content/personal-content';

/** A variant that may be sent as a whole. */
export interface CheckedVariant extends Variant {
  /** The content with what is known of its files. */
  described: unknown;
  /** Of its template, where the channel's templates have been read. */
  definition: object | undefined;
}

/** What campaigns say. */
@Injectable()
export class CampaignContents {
  constructor(private readonly bulk: BulkSends) {}

  /**
   * Looks at each variant as a send of it would be looked at, with something in every place.
   * @param templates whether a template has to be one that can be sent now
   * @throws HttpException as a send: `invalid`, `template_unknown`
   */
  async check(account: ChannelAccount, variants: readonly Variant[], templates: boolean): Promise<CheckedVariant[]> {
    const checked: CheckedVariant[] = [];
    for (const variant of variants) {
      const { content } = variant;
      const [unknown] = unknownPlaces(content);
      if (unknown !== undefined) {
        const known =
          'contact.name, contact.first_name, contact.username, contact.phone, contact.email or contact.attributes.<key>';
        throw invalidField('content', `speaks of {{${unknown}}}, which is no variable; take ${known}`);
      }
      if (['private_reply', 'public_reply', 'reaction'].includes(String(content.type))) {
        throw invalidField('content.type', `must be a message of its own; ${content.type} answers somebody`);
      }
      const described = await this.bulk.describe(account.workspaceId, account.platform, content);
      const definition = await this.bulk.check(account, sampleOf(described), templates);
      checked.push({ ...variant, described, definition });
    }
    return checked;
  }
}
