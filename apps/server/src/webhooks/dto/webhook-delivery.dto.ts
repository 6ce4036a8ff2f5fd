import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, IsUUID, Length } from 'class-validator';
import { ListFrame, PageQuery } from '../../rest';

const states = ['processed', 'quarantined', 'unowned'] as const;

export class WebhookDeliveryQuery extends PageQuery {
  @ApiPropertyOptional({ enum: states })
  @IsOptional()
  @IsIn(states)
  state?: (typeof states)[number];

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  channelId?: string;

  @ApiPropertyOptional({ description: 'The webhook field, e.g. `comments`.' })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  field?: string;

  @ApiPropertyOptional({
    enum: ['workspace', 'operator'],
    default: 'workspace',
    description: '`operator`: items that no workspace owns; for the operator of the instance.',
  })
  @IsOptional()
  @IsIn(['workspace', 'operator'])
  scope: 'workspace' | 'operator' = 'workspace';
}

/** One element of a webhook as it came, and what became of it. */
export class WebhookDeliveryDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ description: 'The POST it came in; several items share one.' })
  deliveryId!: number;
  @ApiProperty({ description: 'Where it stood in the body.', example: 'entry[0].messaging[0]' })
  path!: string;
  @ApiProperty({ type: String, nullable: true })
  platform!: string | null;
  @ApiProperty({ type: String, nullable: true, description: "Meta's id of the account it names." })
  accountId!: string | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  channelId!: string | null;
  @ApiProperty()
  field!: string;
  @ApiProperty({ description: 'What it was understood as: message, status, reaction, notice …' })
  kind!: string;
  @ApiProperty({ enum: states })
  state!: string;
  @ApiProperty({ type: String, nullable: true, description: 'Why it is quarantined or unowned.' })
  reason!: string | null;
  @ApiProperty({ format: 'date-time' })
  receivedAt!: string;
  @ApiProperty({ type: Object, description: 'The element as Meta sent it.' })
  raw!: unknown;
}

export class WebhookDeliveryListDto extends ListFrame {
  @ApiProperty({ type: [WebhookDeliveryDto] })
  items!: WebhookDeliveryDto[];
}
