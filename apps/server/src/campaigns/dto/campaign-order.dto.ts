import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
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
import { AudienceDto } from './audience.dto';
import { ScheduleDto } from './schedule.dto';
import { TrialDto } from './trial.dto';

type ApiSchema = Record<string, never>;
const trimmed = ({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value);
export const consents = ['no_opt_out', 'opt_in'] as const;

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

  @ApiPropertyOptional({
    type: TrialDto,
    nullable: true,
    description:
      'Try the variants on a part first, and send the rest the better one. Everybody gets one of them where left out.',
  })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => TrialDto)
  trial?: TrialDto | null;
}

export class ChangeCampaignDto extends PartialType(CreateCampaignDto) {}
