import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { ConsentState } from '@switchboard/contracts';
import { IsIn, IsISO8601, IsOptional, IsString, IsUUID, Length } from 'class-validator';
import { ListFrame } from '../../rest';

const states = ['opted_in', 'opted_out'] as const;

export class RecordConsentDto {
  @ApiProperty({ enum: states })
  @IsIn(states)
  state!: ConsentState;

  @ApiPropertyOptional({ format: 'uuid', description: 'On this channel; on every channel if left out.' })
  @IsOptional()
  @IsUUID()
  channelId?: string;

  @ApiPropertyOptional({
    description: 'When the contact said so; now if left out. The latest counts. Not in the future.',
  })
  @IsOptional()
  @IsISO8601({ strict: true })
  at?: string;

  @ApiPropertyOptional({ description: 'How: a form, a call, a keyword …', maxLength: 500 })
  @IsOptional()
  @IsString()
  @Length(1, 500)
  detail?: string;
}

export class ConsentDto {
  @ApiProperty({ type: String, nullable: true, description: 'null: every channel.' })
  channelId!: string | null;
  @ApiProperty({ enum: states })
  state!: ConsentState;
  @ApiProperty({ description: '`rest`, `import`, `webhook` …' })
  source!: string;
  @ApiProperty({ description: 'When the contact said so.' })
  at!: string;
  @ApiProperty({ type: String, nullable: true })
  detail!: string | null;
}

export class ConsentsDto {
  @ApiProperty({ type: [ConsentDto] })
  items!: ConsentDto[];
}

export class ConsentChangeDto extends ConsentDto {
  @ApiProperty()
  id!: string;
  @ApiProperty()
  recordedAt!: string;
}

export class ConsentHistoryDto extends ListFrame {
  @ApiProperty({ type: [ConsentChangeDto] })
  items!: ConsentChangeDto[];
}
