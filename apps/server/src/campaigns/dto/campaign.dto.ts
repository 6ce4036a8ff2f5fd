import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import {
  type CampaignCounts,
  type CampaignStatus,
  campaignStatuses,
  type ExclusionReason,
  exclusionReasons,
  type RecipientState,
  recipientStates,
} from '@switchboard/contracts';
import { contentSchema } from '@switchboard/meta';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { ListFrame, PageQuery } from '../../rest';
import { AudienceDto } from './audience.dto';
import { ScheduleDto } from './schedule.dto';

type ApiSchema = Record<string, never>;
const trimmed = ({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value);
const consents = ['no_opt_out', 'opt_in'] as const;

const anyContent = (['whatsapp', 'messenger', 'instagram'] as const).map(
  (one) => contentSchema(one) as unknown as ApiSchema,
);

export class VariantDto {
  @ApiProperty({ example: 'A', description: 'Letters and digits, one of its own for each.' })
  @Matches(/^[A-Za-z0-9]{1,10}$/, { message: 'key must be 1 to 10 letters and digits' })
  key!: string;

  @ApiProperty({
    type: 'integer',
    minimum: 1,
    maximum: 100,
    description: 'Percent of the audience; all add up to 100.',
  })
  @IsInt()
  @Min(1)
  @Max(100)
  share!: number;

  @ApiProperty({ type: Object, additionalProperties: true, description: 'As `content` of a campaign.' })
  @IsObject()
  content!: Record<string, unknown>;
}

export class CreateCampaignDto {
  @ApiProperty({ minLength: 1, maxLength: 100 })
  @Transform(trimmed)
  @IsString()
  @Length(1, 100)
  @Matches(/^\P{Cc}*$/u, { message: 'name must be one line without control characters' })
  name!: string;

  @ApiProperty({ format: 'uuid', description: 'The channel it is sent through.' })
  @IsUUID('loose')
  channelId!: string;

  @ApiProperty({ type: AudienceDto, example: { all: true }, description: 'Whom it is for, found when it starts.' })
  @IsObject()
  @ValidateNested()
  @Type(() => AudienceDto)
  audience!: AudienceDto;

  @ApiPropertyOptional({
    description:
      'What is sent, as in `POST /v1/messages`. Texts may speak of the recipient: `{{contact.first_name|there}}`, `{{contact.attributes.plan|basic}}`; see docs/campaigns.md. What is no template reaches only those whose window is open.',
    example: { type: 'text', text: 'Hello {{contact.first_name|there}}!' },
    anyOf: anyContent,
  })
  @IsOptional()
  @IsObject()
  content?: Record<string, unknown>;

  @ApiPropertyOptional({
    type: [VariantDto],
    minItems: 2,
    maxItems: 5,
    description: 'Instead of `content`: parts of the audience, drawn at random, get different ones, to be compared.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(2)
  @ArrayMaxSize(5)
  @ValidateNested({ each: true })
  @Type(() => VariantDto)
  variants?: VariantDto[];

  @ApiPropertyOptional({
    enum: consents,
    default: 'no_opt_out',
    description: '`opt_in`: only to those who have agreed. Nobody who has opted out is ever sent to.',
  })
  @IsOptional()
  @IsIn(consents)
  consent?: 'no_opt_out' | 'opt_in';

  @ApiPropertyOptional({
    type: Number,
    nullable: true,
    minimum: 0.01,
    maximum: 1,
    default: 0.3,
    description:
      'Pauses by itself once more than this part of its messages has failed, of at least 20 since it began or went on; null: never.',
  })
  @IsOptional()
  @IsNumber()
  @Min(0.01)
  @Max(1)
  failureRatio?: number | null;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: 720,
    default: 72,
    description: 'Who writes within so many hours of their message has replied to it.',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(720)
  attributionHours?: number;

  @ApiPropertyOptional({
    type: ScheduleDto,
    nullable: true,
    description: 'When it is sent; at any time where left out.',
  })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => ScheduleDto)
  schedule?: ScheduleDto | null;
}

export class ChangeCampaignDto extends PartialType(CreateCampaignDto) {}

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

export class RecipientQuery extends PageQuery {
  @ApiPropertyOptional({ enum: recipientStates })
  @IsOptional()
  @IsIn(recipientStates)
  state?: RecipientState;

  @ApiPropertyOptional({ description: 'The key of a variant.', maxLength: 10 })
  @IsOptional()
  @IsString()
  @Length(1, 10)
  variant?: string;
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

class RecipientContactDto {
  @ApiProperty()
  id!: string;
  @ApiProperty({ type: String, nullable: true })
  name!: string | null;
  @ApiProperty({ type: String, nullable: true })
  username!: string | null;
  @ApiProperty({ type: String, nullable: true })
  phone!: string | null;
}

export class RecipientDto {
  @ApiProperty()
  contactId!: string;
  @ApiProperty({ type: RecipientContactDto, nullable: true, description: 'Null where they are gone.' })
  contact!: RecipientContactDto | null;
  @ApiProperty()
  variant!: string;
  @ApiProperty({ enum: recipientStates })
  state!: RecipientState;
  @ApiProperty({ enum: exclusionReasons, nullable: true, description: 'Why they are excluded.' })
  reason!: ExclusionReason | null;
  @ApiProperty({
    type: Object,
    additionalProperties: true,
    nullable: true,
    description: 'Why their message failed; as `error` of a message.',
  })
  error!: object | null;
  @ApiProperty({ type: String, nullable: true })
  messageId!: string | null;
  @ApiProperty()
  dueAt!: string;
  @ApiProperty({ type: String, nullable: true })
  queuedAt!: string | null;
  @ApiProperty({ type: String, nullable: true })
  repliedAt!: string | null;
}

export class RecipientListDto extends ListFrame {
  @ApiProperty({ type: [RecipientDto] })
  items!: RecipientDto[];
}
