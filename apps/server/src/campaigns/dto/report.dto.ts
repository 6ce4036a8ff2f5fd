import { ApiProperty } from '@nestjs/swagger';
import { CampaignFailureDto } from './campaign.dto';
import { ConversionSumDto } from './conversion.dto';
import { CostDto } from './prices.dto';
import { DecisionDto } from './trial.dto';

class FunnelDto {
  @ApiProperty({ description: 'Recipients who were to be sent to: all but the excluded.' })
  recipients!: number;
  @ApiProperty({ description: 'Meta took their message.' })
  sent!: number;
  @ApiProperty({ description: 'It reached them, read or not.' })
  delivered!: number;
  @ApiProperty()
  read!: number;
  @ApiProperty({ description: 'Wrote within the attribution window.' })
  replied!: number;
  @ApiProperty()
  failed!: number;
  @ApiProperty({ description: 'Meta may have it.' })
  unknown!: number;
  @ApiProperty()
  cancelled!: number;
}

class VariantReportDto {
  @ApiProperty()
  key!: string;
  @ApiProperty({ type: FunnelDto })
  funnel!: FunnelDto;
  @ApiProperty({ description: 'Of those who were sent to, the part that replied, 0 to 1.' })
  replyRate!: number;
  @ApiProperty({ description: 'Of those who were sent to, the part that read it, 0 to 1.' })
  readRate!: number;
}

export class ReportDto {
  @ApiProperty({ type: FunnelDto, description: 'Each step holds those of the next, too.' })
  funnel!: FunnelDto;
  @ApiProperty({ type: Object, additionalProperties: { type: 'integer' }, description: 'Excluded, by the reason.' })
  exclusions!: Record<string, number>;
  @ApiProperty({ type: [CampaignFailureDto], description: 'In Meta’s words, the most frequent first.' })
  failures!: CampaignFailureDto[];
  @ApiProperty({ type: [VariantReportDto] })
  variants!: VariantReportDto[];
  @ApiProperty({
    type: String,
    nullable: true,
    description:
      'The variant with the highest reply rate, where the lead over the next is no chance (95 % confidence, two-proportion z-test); else null.',
  })
  winner!: string | null;
  @ApiProperty({
    type: DecisionDto,
    nullable: true,
    description: 'What the rest of the audience was sent after a trial.',
  })
  decision!: DecisionDto | null;
  @ApiProperty({
    type: [ConversionSumDto],
    description: 'What recipients did that is put down to it: POST /v1/conversions.',
  })
  conversions!: ConversionSumDto[];
  @ApiProperty({
    type: CostDto,
    nullable: true,
    description: 'What was delivered and is not free, by the prices as they are set now; null where none are.',
  })
  cost!: CostDto | null;
}
