import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { InternalConversationSummary, InternalMessageView } from '@switchboard/contracts';
import { ArrayNotEmpty, IsIn, IsOptional, IsUUID, Matches, ValidateIf } from 'class-validator';
import { IdsRules, TextField, TextRules } from '../conversations/fields';
import { InternalConversationViewDto, InternalMessageViewDto } from '../dto/views.dto';
import { mostParticipants } from './internal-conversations.service';

export const longestInternalText = 10_000;

export const ClientIdRules = () =>
  Matches(/^[\x21-\x7e]{1,100}$/, { message: 'clientId must be 1 to 100 visible ASCII characters' });

export class CreateInternalConversationDto {
  @ApiProperty({ enum: ['direct', 'group'] })
  @IsIn(['direct', 'group'])
  kind!: 'direct' | 'group';

  @ApiPropertyOptional({ format: 'uuid', description: 'direct: with whom.' })
  @ValidateIf(({ kind, userId }) => kind === 'direct' || userId !== undefined)
  @IsUUID()
  userId?: string;

  @ApiPropertyOptional({ maxLength: 100, description: 'group: what it is called.' })
  @ValidateIf(({ kind, title }) => kind === 'group' || title !== undefined)
  @TextRules(100)
  title?: string;

  @ApiPropertyOptional({ type: [String], format: 'uuid', description: 'group: the others.' })
  @ValidateIf(({ kind, userIds }) => kind === 'group' || userIds !== undefined)
  @ArrayNotEmpty()
  @IdsRules(mostParticipants - 1)
  userIds?: string[];
}

export class AddParticipantsDto {
  @ApiProperty({ type: [String], format: 'uuid' })
  @ArrayNotEmpty()
  @IdsRules(mostParticipants - 1)
  userIds!: string[];
}

export class InternalMessageDto {
  @TextField(longestInternalText)
  text!: string;

  @ApiPropertyOptional({ maxLength: 100, description: 'A send repeated with the same one is one message.' })
  @IsOptional()
  @ClientIdRules()
  clientId?: string;
}

/** `message.send` on `/messages`. */
export class SendMessageDto {
  @IsUUID()
  to!: string;

  @TextRules(longestInternalText)
  text!: string;

  @IsOptional()
  @ClientIdRules()
  clientId?: string;
}

export class PostedMessageDto {
  @ApiProperty({ type: InternalMessageViewDto })
  message!: InternalMessageView;
  @ApiProperty({ type: InternalConversationViewDto })
  conversation!: InternalConversationSummary;
}
