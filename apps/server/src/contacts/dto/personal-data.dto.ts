import { ApiProperty } from '@nestjs/swagger';

/** Entries as they are stored: what is kept of a person may grow, and their copy with it. */
const Entries = (description: string): PropertyDecorator =>
  ApiProperty({ type: 'array', items: { type: 'object' }, description });

export class PersonalDataDto {
  @ApiProperty({ format: 'date-time' })
  exportedAt!: string;
  @ApiProperty({ type: [String], description: 'The contact and those that were merged into it.' })
  contactIds!: string[];
  @ApiProperty({ type: Object })
  contact!: object;
  @Entries('Their ids, each with its `kind` and `value`.')
  identities!: object[];
  @ApiProperty({ type: [String], description: 'Names.' })
  tags!: string[];
  @Entries('Every opt-in and opt-out.')
  consents!: object[];
  @Entries('What was merged into the contact.')
  merges!: object[];
  @Entries('Rows of files that are kept for campaigns.')
  importRows!: object[];
  @Entries('Theirs.')
  conversations!: object[];
  @Entries('Both sides’, in the order in which they became known.')
  messages!: object[];
  @Entries('Of the event log.')
  events!: object[];
  @Entries('What Meta sent of them.')
  webhookItems!: object[];
  @Entries('What Messenger and Instagram tell of them.')
  profiles!: object[];
  @Entries('Edits, what brought them, what is to be sent to them, and their files.')
  conversationData!: object[];
  @Entries('Where they mention an account.')
  mentions!: object[];
  @Entries('Of which they were recipients.')
  campaigns!: object[];
  @Entries('What they did, as other systems told.')
  conversions!: object[];
  @Entries('Of flows that they went through, with what was asked and answered.')
  flows!: object[];
}
