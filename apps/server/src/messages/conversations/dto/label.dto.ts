import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { LabelView } from '@switchboard/contracts';
import { Transform } from 'class-transformer';
import { IsOptional, IsString, Length, Matches } from 'class-validator';
import { ListFrame } from '../../../rest';

const trimmed = ({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value);
const oneLine = /^\P{Cc}*$/u;
const colorPattern = /^#[0-9a-f]{6}$/i;

export class CreateLabelDto {
  @ApiProperty({ minLength: 1, maxLength: 60, description: 'Unique in the workspace, whatever the case.' })
  @Transform(trimmed)
  @IsString()
  @Length(1, 60)
  @Matches(oneLine, { message: 'name must be on one line' })
  name!: string;

  @ApiProperty({ example: '#2f80ed' })
  @Matches(colorPattern, { message: 'color must be #rrggbb' })
  color!: string;
}

export class UpdateLabelDto {
  @ApiPropertyOptional({ minLength: 1, maxLength: 60 })
  @IsOptional()
  @Transform(trimmed)
  @IsString()
  @Length(1, 60)
  @Matches(oneLine, { message: 'name must be on one line' })
  name?: string;

  @ApiPropertyOptional({ example: '#2f80ed' })
  @IsOptional()
  @Matches(colorPattern, { message: 'color must be #rrggbb' })
  color?: string;
}

export class LabelDto implements LabelView {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ example: '#2f80ed' })
  color!: string;
}

export class LabelListDto extends ListFrame {
  @ApiProperty({ type: [LabelDto] })
  items!: LabelDto[];
}
