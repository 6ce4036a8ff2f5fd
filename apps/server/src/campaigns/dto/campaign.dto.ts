import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type CampaignCounts, type CampaignStatus, campaignStatuses, exclusionReasons } from '@switchboard/contracts';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { ListFrame, PageQuery } from '../../rest';
import { AudienceDto } from './audience.dto';
import { consents, VariantDto } from './campaign-order.dto';
import { ScheduleDto } from './schedule.dto';
import { DecisionDto, TrialDto } from './trial.dto';

export class CampaignQuery extends PageQuery {
  @ApiPropertyOptional({ enum: campaignStatuses })
  @IsOptional()
  @IsIn(campaignStatuses)
  status?: CampaignStatus;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID('loose')
  channelId?: string;
}

export class CampaignCountsDto implements CampaignCounts {
  @ApiProperty({ description: 'All of the recipients; each counts in one of the states.' })
  total!: number;
  @ApiProperty({ description: 'Wait for their turn.' })
  pending!: number;
  @ApiProperty()
  queued!: number;
  @ApiProperty({ description: 'Meta has it, and has told no more.' })
  sent!: number;
  @ApiProperty()
  delivered!: number;
  @ApiProperty()
  read!: number;
  @ApiProperty()
  failed!: number;
  @ApiProperty({ description: 'Meta may have it; never sent again by itself.' })
  unknown!: number;
  @ApiProperty()
  cancelled!: number;
  @ApiProperty({ description: 'Sent nothing, with the reason.' })
  excluded!: number;
  @ApiProperty({ description: 'Beside their state: wrote within the attribution window.' })
  replied!: number;
}

export class CampaignFailureDto {
  @ApiProperty({ type: Number, nullable: true, description: 'Meta’s.' })
  code!: number | null;
  @ApiProperty()
  reason!: string;
  @ApiProperty()
  message!: string;
  @ApiProperty()
  count!: number;
}

export class CampaignReasonDto {
  @ApiProperty({
    description: '`by_hand`, `channel_disconnected`, `template`, `failure_ratio`, `quality`, `invalid` …',
  })
  code!: string;
  @ApiProperty()
  message!: string;
}

export class CampaignDto {
  @ApiProperty()
  id!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty()
  channelId!: string;
  @ApiProperty({ enum: campaignStatuses })
  status!: CampaignStatus;
  @ApiProperty({ type: CampaignReasonDto, nullable: true, description: 'Why it is paused or has failed.' })
  reason!: CampaignReasonDto | null;
  @ApiProperty({ type: AudienceDto })
  audience!: AudienceDto;
  @ApiProperty({ type: [VariantDto], description: 'What is sent; one of them where nothing is compared.' })
  variants!: VariantDto[];
  @ApiProperty({ enum: consents })
  consent!: 'no_opt_out' | 'opt_in';
  @ApiProperty({ type: Number, nullable: true })
  failureRatio!: number | null;
  @ApiProperty()
  attributionHours!: number;
  @ApiProperty({ type: ScheduleDto, nullable: true })
  schedule!: ScheduleDto | null;
  @ApiProperty({ type: TrialDto, nullable: true })
  trial!: TrialDto | null;
  @ApiProperty({ type: String, nullable: true, description: 'Once it has started: when its trial is decided.' })
  decideAt!: string | null;
  @ApiProperty({ type: DecisionDto, nullable: true, description: 'What the rest is sent.' })
  decision!: DecisionDto | null;
  @ApiProperty({ type: String, nullable: true, description: 'While it is scheduled: when it starts.' })
  startsAt!: string | null;
  @ApiProperty({ type: CampaignCountsDto, nullable: true, description: 'Null until it starts.' })
  counts!: CampaignCountsDto | null;
  @ApiProperty({ type: [CampaignFailureDto], description: 'The most frequent first.' })
  failures!: CampaignFailureDto[];
  @ApiProperty({
    type: Object,
    additionalProperties: { type: 'integer' },
    description: `Recipients by why they are excluded: ${exclusionReasons.join(', ')}.`,
  })
  exclusions!: Record<string, number>;
  @ApiProperty()
  createdBy!: string;
  @ApiProperty()
  createdAt!: string;
  @ApiProperty()
  updatedAt!: string;
  @ApiProperty({ type: String, nullable: true })
  startedAt!: string | null;
  @ApiProperty({ type: String, nullable: true })
  finishedAt!: string | null;
}

export class CampaignListDto extends ListFrame {
  @ApiProperty({ type: [CampaignDto] })
  items!: CampaignDto[];
}
