import { ApiProperty, ApiPropertyOptional, IntersectionType, PartialType } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, IsUUID, Length, Matches } from 'class-validator';
import { ListFrame } from '../../rest';
import { ChannelCredentialsDto } from './credentials.dto';

const platforms = ['whatsapp', 'messenger', 'instagram'] as const;

class AccountDto {
  @ApiPropertyOptional({
    format: 'uuid',
    description: 'The workspace it is for; the own one if left out. Another only for the operator.',
  })
  @IsOptional()
  @IsUUID()
  workspaceId?: string;

  @ApiProperty({ enum: platforms })
  @IsIn(platforms)
  platform!: (typeof platforms)[number];

  @ApiProperty({
    description: 'WhatsApp phone number id, Facebook page id or Instagram professional account id.',
    example: '106540352242922',
  })
  @Matches(/^[0-9A-Za-z_.-]{1,100}$/, {
    message: 'externalId must be an id as Meta writes it: 1 to 100 letters, digits, dots, dashes',
  })
  externalId!: string;

  @ApiPropertyOptional({ description: 'WhatsApp Business Account id; account and template updates name only this.' })
  @IsOptional()
  @Matches(/^[0-9A-Za-z_.-]{1,100}$/, {
    message: 'businessAccountId must be an id as Meta writes it: 1 to 100 letters, digits, dots, dashes',
  })
  businessAccountId?: string;

  @ApiProperty({ description: "Meta's app id of the app whose webhooks speak for this account." })
  @IsString()
  @Length(1, 100)
  metaAppId!: string;

  @ApiProperty({ example: 'Support line' })
  @IsString()
  @Length(1, 200)
  name!: string;
}

/** With a token the workspace registers an account of its own; without one only the operator of the instance may. */
export class RegisterChannelDto extends IntersectionType(AccountDto, PartialType(ChannelCredentialsDto)) {}

export class ChangeChannelDto {
  @ApiPropertyOptional({ example: 'Support line' })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  name?: string;

  @ApiPropertyOptional({
    description:
      'WhatsApp Business Account id. The channel’s token must have the number in it; the operator needs none.',
  })
  @IsOptional()
  @Matches(/^[0-9A-Za-z_.-]{1,100}$/, {
    message: 'businessAccountId must be an id as Meta writes it: 1 to 100 letters, digits, dots, dashes',
  })
  businessAccountId?: string;

  @ApiPropertyOptional({
    description: "Operator only: Meta's app id of the app whose webhooks speak for this account.",
  })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  metaAppId?: string;
}

export class DeleteChannelQuery {
  @ApiPropertyOptional({
    enum: ['keep'],
    description:
      '`keep`: the account is given up although the channel has conversations, which stay to be read. Refused without it.',
  })
  @IsOptional()
  @IsIn(['keep'])
  withHistory?: 'keep';
}

/** What Meta says of the account; what it does not say is left out. */
export class ChannelDetailsDto {
  @ApiPropertyOptional({ description: 'Page or Instagram account.' })
  name?: string;
  @ApiPropertyOptional()
  username?: string;
  @ApiPropertyOptional({ description: 'Instagram with Facebook Login: its page.' })
  pageId?: string;
  @ApiPropertyOptional({ description: 'WhatsApp: the number as customers see it.' })
  displayPhone?: string;
  @ApiPropertyOptional()
  verifiedName?: string;
  @ApiPropertyOptional({ description: '`GREEN`, `YELLOW`, `RED`, `UNKNOWN`' })
  quality?: string;
  @ApiPropertyOptional({
    description: 'People outside their service window in 24 hours: `TIER_250` … `TIER_UNLIMITED`',
  })
  tier?: string;
  @ApiPropertyOptional({ description: '`STANDARD`: 80 messages a second; `HIGH`: 1,000' })
  throughput?: string;
  @ApiPropertyOptional({ description: 'Used in the WhatsApp Business app as well: 20 messages a second.' })
  coexistence?: boolean;
  @ApiPropertyOptional({ description: 'Meta’s word on the number: `CONNECTED`, `FLAGGED`, `RESTRICTED` …' })
  phoneStatus?: string;
}

export class ChannelDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ format: 'uuid' })
  workspaceId!: string;
  @ApiProperty({ enum: platforms })
  platform!: string;
  @ApiProperty()
  externalId!: string;
  @ApiProperty({ type: String, nullable: true })
  businessAccountId!: string | null;
  @ApiProperty({ description: "Meta's id of its app." })
  metaAppId!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ enum: ['connecting', 'connected', 'disconnected', 'reconnecting', 'failed'] })
  status!: string;
  @ApiProperty({ type: String, nullable: true, description: 'Why it is not connected.' })
  statusReason!: string | null;
  @ApiProperty({ description: 'Whether it has a token, which is never told.' })
  hasToken!: boolean;
  @ApiProperty({ type: String, nullable: true, description: 'When the token ends, as far as Meta says.' })
  tokenExpiresAt!: string | null;
  @ApiProperty({ enum: ['facebook', 'instagram'], nullable: true, description: 'Of the token.' })
  login!: string | null;
  @ApiProperty({ type: String, nullable: true, description: "Version of the Graph API; the instance's if null." })
  graphVersion!: string | null;
  @ApiProperty({ type: ChannelDetailsDto })
  details!: ChannelDetailsDto;
  @ApiProperty({ type: String, nullable: true, description: 'WhatsApp: when its templates were last read whole.' })
  templatesSyncedAt!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'When its account was given up; its history stays.' })
  releasedAt!: string | null;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class ChannelListDto extends ListFrame {
  @ApiProperty({ type: [ChannelDto] })
  items!: ChannelDto[];
}
