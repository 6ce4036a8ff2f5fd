import { ApiProperty } from '@nestjs/swagger';
import { CostDto } from './prices.dto';

class SampleDto {
  @ApiProperty()
  contactId!: string;
  @ApiProperty({ type: String, nullable: true })
  name!: string | null;
  @ApiProperty()
  variant!: string;
  @ApiProperty({ type: Object, additionalProperties: true, description: 'What they would be sent.' })
  content!: object;
  @ApiProperty({ type: [String], description: 'Variables that are not known of them: they would be left out for it.' })
  missing!: string[];
}

class FileCountsDto {
  @ApiProperty({ description: 'Of the file.' })
  rows!: number;
  @ApiProperty({ description: 'Rows that are nobody’s, with the reason in the errors of the import.' })
  refused!: number;
  @ApiProperty({ description: 'Rows of somebody who stands in the file before: nobody is sent to twice.' })
  duplicates!: number;
}

class PricingDto {
  @ApiProperty({
    description:
      'WhatsApp: `marketing`, `utility`, `authentication`, or `service` for what is no template. Else `none`.',
  })
  category!: string;
  @ApiProperty({ description: 'Messages of this category.' })
  messages!: number;
  @ApiProperty({
    description:
      'Of these, those that Meta takes nothing for: service messages, and utility templates in an open window.',
  })
  free!: number;
}

export class PreviewDto {
  @ApiProperty({ description: 'Contacts in the audience now.' })
  audience!: number;
  @ApiProperty({ description: 'Of these, those that would be sent to.' })
  recipients!: number;
  @ApiProperty({ type: Object, additionalProperties: { type: 'integer' }, description: 'The others, by the reason.' })
  exclusions!: Record<string, number>;
  @ApiProperty({
    type: Object,
    additionalProperties: { type: 'integer' },
    description: 'Recipients by variant; `*`: who is sent what turns out better.',
  })
  variants!: Record<string, number>;
  @ApiProperty({ type: [SampleDto], description: 'Some of them, the newest contacts.' })
  sample!: SampleDto[];
  @ApiProperty({
    type: [PricingDto],
    description:
      'What Meta would count, by pricing category. Its prices depend on the recipient’s country and are Meta’s to tell.',
  })
  pricing!: PricingDto[];
  @ApiProperty({
    type: CostDto,
    nullable: true,
    description:
      'What it would cost if all of it were delivered; null where the workspace has set no prices, and but for WhatsApp.',
  })
  cost!: CostDto | null;
  @ApiProperty({ type: FileCountsDto, nullable: true, description: 'Of `audience.importId`.' })
  file!: FileCountsDto | null;
  @ApiProperty({ type: Number, nullable: true, description: 'Seconds that it would take at the channel’s rate.' })
  durationSeconds!: number | null;
}
