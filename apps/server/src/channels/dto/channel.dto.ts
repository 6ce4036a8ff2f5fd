import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, IsUUID, Length, Matches } from 'class-validator';
import { ListFrame } from '../../rest';

const platforms = ['whatsapp', 'messenger', 'instagram'] as const;

export class RegisterChannelDto {
  @ApiPropertyOptional({ format: 'uuid', description: 'The workspace it is for; the own one if left out.' })
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
  @ApiProperty()
  name!: string;
  @ApiProperty({ enum: ['connecting', 'connected', 'disconnected', 'reconnecting', 'failed'] })
  status!: string;
  @ApiProperty({ type: String, nullable: true, description: 'Why it is not connected.' })
  statusReason!: string | null;
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class ChannelListDto extends ListFrame {
  @ApiProperty({ type: [ChannelDto] })
  items!: ChannelDto[];
}
