import { Injectable } from '@nestjs/common';
import type { ChannelAccount } from '../channels';
import { BulkSends } from '../messages';
import { invalidField } from '../rest';
import type { Variant } from './campaign-row';
import { columnsIn, sampleOf, unknownPlaces } from './content/personal-content';

/** A variant that may be sent as a whole. */
export interface CheckedVariant extends Variant {
  /** The content with what is known of its files. */
  described: unknown;
  /** Of its template, where the channel's templates have been read. */
  definition: object | undefined;
}

const ofContact =
  'contact.name, contact.first_name, contact.username, contact.phone, contact.email, contact.attributes.<key>';

/** What campaigns say. */
@Injectable()
export class CampaignContents {
  constructor(private readonly bulk: BulkSends) {}

  /**
   * Looks at each variant as a send of it would be looked at, with something in every place.
   * @param columns of the audience's file
   * @param templates whether a template has to be one that can be sent now
   * @throws HttpException as a send: `invalid`, `template_unknown`
   */
  async check(
    account: ChannelAccount,
    { variants, columns = [] }: { variants: readonly Variant[]; columns?: readonly string[] | undefined },
    templates: boolean,
  ): Promise<CheckedVariant[]> {
    const checked: CheckedVariant[] = [];
    for (const variant of variants) {
      const { content } = variant;
      const [unknown] = unknownPlaces(content, columns);
      if (unknown !== undefined) {
        const ofFile = columns.length > 0 ? `, or of the file: row.${columns.join(', row.').slice(0, 500)}` : '';
        throw invalidField('content', `speaks of {{${unknown}}}, which is no variable; take ${ofContact}${ofFile}`);
      }
      if (['private_reply', 'public_reply', 'reaction'].includes(String(content.type))) {
        throw invalidField('content.type', `must be a message of its own; ${content.type} answers somebody`);
      }
      if (content.type === 'template' && [content.name, content.language].some((one) => String(one).includes('{{'))) {
        throw invalidField('content.name', 'and language must be those of one template, the same for everybody');
      }
      const described = await this.bulk.describe(account.workspaceId, account.platform, content);
      const definition = await this.bulk.check(account, sampleOf(described), templates);
      checked.push({ ...variant, described, definition });
    }
    return checked;
  }
}

/** What a campaign that has begun says: its rows are frozen with its recipients, and the file itself may be gone. */
export const frozen = (variants: readonly Variant[]) => ({
  variants,
  columns: columnsIn(variants.map(({ content }) => content)),
});
