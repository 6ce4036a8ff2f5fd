import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsUUID, Matches, MaxLength } from 'class-validator';
import { ListFrame, PageQuery } from '../../../rest';
import { TextField, TextRules } from '../fields';
import { replyVariables } from '../reply-text';

const shortcutPattern = /^[\p{L}\p{N}_.-]{1,40}$/u;
const shortcutRule = { message: 'shortcut must be 1 to 40 letters, digits, ".", "_" or "-"' };
const longest = 4096;

export class CannedReplyQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Those whose shortcut begins so, whatever the case.' })
  @IsOptional()
  @MaxLength(40)
  @Matches(/^[^\0]*$/, { message: 'shortcut must not contain NUL' })
  shortcut?: string;
}

export class CreateCannedReplyDto {
  @ApiProperty({ example: 'greeting', description: 'Unique in the workspace, whatever the case.' })
  @Matches(shortcutPattern, shortcutRule)
  shortcut!: string;

  @TextField(
    longest,
    `Variables: ${replyVariables.map((name) => `{{${name}}}`).join(', ')}; {{contact.first_name|there}} says what to put where it is not known.`,
  )
  body!: string;
}

export class UpdateCannedReplyDto {
  @ApiPropertyOptional()
  @IsOptional()
  @Matches(shortcutPattern, shortcutRule)
  shortcut?: string;

  @ApiPropertyOptional({ maxLength: longest })
  @IsOptional()
  @TextRules(longest)
  body?: string;
}

export class RenderCannedReplyDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  conversationId!: string;
}

export class RenderedReplyDto {
  @ApiProperty()
  text!: string;
  @ApiProperty({ enum: replyVariables, isArray: true, description: 'Variables that are not known and were left out.' })
  missing!: string[];
}

export class CannedReplyDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  shortcut!: string;
  @ApiProperty()
  body!: string;
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class CannedReplyListDto extends ListFrame {
  @ApiProperty({ type: [CannedReplyDto] })
  items!: CannedReplyDto[];
}
