import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsObject, IsOptional, IsString, IsUUID, Length, Matches } from 'class-validator';
import { ListFrame, PageQuery } from '../../rest';

const word = /^[A-Z_]{1,40}$/;

export class TemplateQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'uuid', description: 'Those that this channel can send.' })
  @IsOptional()
  @IsUUID()
  channelId?: string;

  @ApiPropertyOptional({ description: 'Meta’s word.', example: 'APPROVED' })
  @IsOptional()
  @Matches(word, { message: 'status must be a word of Meta’s, such as APPROVED' })
  status?: string;

  @ApiPropertyOptional({ example: 'UTILITY' })
  @IsOptional()
  @Matches(word, { message: 'category must be a word of Meta’s, such as UTILITY' })
  category?: string;

  @ApiPropertyOptional({ example: 'en_US' })
  @IsOptional()
  @IsString()
  @Length(2, 20)
  language?: string;

  @ApiPropertyOptional({ description: 'Beginning of the name.' })
  @IsOptional()
  @IsString()
  @Length(1, 512)
  name?: string;
}

export class CreateTemplateDto {
  @ApiProperty({ format: 'uuid', description: 'A WhatsApp channel; the template is its business account’s.' })
  @IsUUID()
  channelId!: string;

  @ApiProperty({
    type: Object,
    description:
      'As Meta’s `POST /{business account}/message_templates` takes it: `name`, `language`, `category`, `components`, `parameter_format` …',
    example: {
      name: 'order_sent',
      language: 'en_US',
      category: 'UTILITY',
      components: [
        { type: 'BODY', text: 'Order {{1}} is on its way to you.', example: { body_text: [['4711']] } },
        { type: 'FOOTER', text: 'Clay & Table' },
      ],
    },
  })
  @IsObject()
  template!: object;
}

export class TemplateDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  businessAccountId!: string;
  @ApiProperty({ description: 'Meta’s id.' })
  metaTemplateId!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty()
  language!: string;
  @ApiProperty({ description: '`MARKETING`, `UTILITY`, `AUTHENTICATION`' })
  category!: string;
  @ApiProperty({ description: 'Meta’s word: `APPROVED`, `PENDING`, `REJECTED`, `PAUSED`, `DISABLED`, `FLAGGED` …' })
  status!: string;
  @ApiProperty({ type: String, nullable: true, description: '`GREEN`, `YELLOW`, `RED`, `UNKNOWN`' })
  quality!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Why it was rejected, paused or disabled.' })
  reason!: string | null;
  @ApiProperty({ type: Object, description: 'As Meta has it.' })
  definition!: unknown;
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class TemplateListDto extends ListFrame {
  @ApiProperty({ type: [TemplateDto] })
  items!: TemplateDto[];
}

export class TemplateSyncDto {
  @ApiProperty({ description: 'How many templates Meta has.' })
  found!: number;
}
