import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { ConsentState } from '@switchboard/contracts';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
} from 'class-validator';
import { ListFrame } from '../../rest';

export class StartImportDto {
  @ApiProperty({
    type: Object,
    description:
      'Column → `name`, `username`, `phone`, `email`, `tags` (separated by `;`), `consent`, `attribute:<key>`, `identity:wa_user_id`, `identity:psid`, `identity:igsid`. Columns left out are ignored.',
    example: { Name: 'name', Mobile: 'phone', Plan: 'attribute:plan' },
  })
  @IsObject()
  mapping!: Record<string, string>;

  @ApiPropertyOptional({
    type: Boolean,
    default: false,
    description: 'Only count and find errors; nothing is changed, and the file stays for another start.',
  })
  @IsOptional()
  @IsBoolean()
  dryRun = false;

  @ApiPropertyOptional({ type: [String], description: 'Tags for every row; those that are not there are added.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @Length(1, 60, { each: true })
  @Matches(/^[^;\p{Cc}]+$/u, { each: true, message: 'tags must be without ; and control characters' })
  tags: string[] = [];

  @ApiPropertyOptional({
    enum: ['opted_in', 'opted_out'],
    description: 'For every row whose `consent` cell is empty. Who has opted out stays so.',
  })
  @IsOptional()
  @IsIn(['opted_in', 'opted_out'])
  consent?: ConsentState;

  @ApiPropertyOptional({
    format: 'uuid',
    description: 'Of consents (every channel if left out), and of `psid` and `igsid`.',
  })
  @IsOptional()
  @IsUUID()
  channelId?: string;

  @ApiPropertyOptional({
    type: Boolean,
    default: false,
    description:
      'Keep the rows, so that a campaign may be for the people in the file (`audience.importId`) and speak of its columns (`{{row.<column>}}`). A row goes with its contact, and all of them 30 days after the import.',
  })
  @IsOptional()
  @IsBoolean()
  keepRows = false;
}

export class ImportDto {
  @ApiProperty()
  id!: string;
  @ApiProperty()
  fileName!: string;
  @ApiProperty()
  bytes!: number;
  @ApiProperty({
    enum: ['uploaded', 'running', 'checked', 'completed', 'failed'],
    description: '`checked`: a dry run ended.',
  })
  state!: string;
  @ApiProperty({ type: String, nullable: true, description: 'Why it failed.' })
  reason!: string | null;
  @ApiProperty({ type: [String] })
  columns!: string[];
  @ApiProperty({
    type: 'array',
    items: { type: 'array', items: { type: 'string' } },
    description: 'The first rows; empty once the file is taken in.',
  })
  sample!: string[][];
  @ApiProperty()
  dryRun!: boolean;
  @ApiProperty({ description: 'Read so far.' })
  rows!: number;
  @ApiProperty()
  created!: number;
  @ApiProperty()
  updated!: number;
  @ApiProperty()
  unchanged!: number;
  @ApiProperty({ description: 'Rows refused: GET …/errors.' })
  failed!: number;
  @ApiProperty({ description: 'Rows taken in but for their opt-in, of contacts who have opted out: GET …/errors.' })
  optOutsKept!: number;
  @ApiProperty({ description: 'Rows are kept for campaigns.' })
  keepRows!: boolean;
  @ApiProperty({
    description: 'Where rows are kept: those of somebody who stands in the file before; of them the first row counts.',
  })
  duplicates!: number;
  @ApiProperty()
  createdAt!: string;
  @ApiProperty({ type: String, nullable: true })
  finishedAt!: string | null;
}

export class ImportListDto extends ListFrame {
  @ApiProperty({ type: [ImportDto] })
  items!: ImportDto[];
}
