import { ApiExtraModels, ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type {
  ConversationStatus,
  ConversationSummary,
  InternalConversationSummary,
  InternalMessageView,
  MessageView,
  Platform,
} from '@switchboard/contracts';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsRFC3339,
  IsUUID,
  Matches,
  Max,
  Min,
  ValidateIf,
} from 'class-validator';
import { ListFrame } from '../../rest';
import { conversationStatuses } from '../conversations/conversation-filter';
import { FlagQuery, IdsRules, TextField } from '../conversations/fields';
import {
  ConversationViewDto,
  InternalConversationViewDto,
  InternalMessageViewDto,
  MessageViewDto,
  oneOfViews,
} from './views.dto';

const uuid = '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
const platforms = ['whatsapp', 'messenger', 'instagram', 'internal'] as const;
const largestVersion = 2_147_483_647;

export class ConversationQuery {
  @ApiPropertyOptional({
    type: 'integer',
    description: 'At most this many entries.',
    minimum: 1,
    maximum: 200,
    default: 50,
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit = 50;

  @ApiPropertyOptional({ description: '`next` of the page before, or the id of a conversation.' })
  @IsOptional()
  @Matches(new RegExp(`^(\\d{1,15}_)?${uuid}$`), { message: 'before must be `next` of the page before' })
  before?: string;

  @ApiPropertyOptional({
    enum: conversationStatuses,
    isArray: true,
    description: 'One or several, separated by commas.',
  })
  @IsOptional()
  @Transform(({ value }) => (typeof value === 'string' ? value.split(',') : value))
  @IsArray()
  @ArrayMaxSize(4)
  @IsIn(conversationStatuses, { each: true })
  status?: ConversationStatus[];

  @ApiPropertyOptional({
    oneOf: [
      { type: 'string', format: 'uuid' },
      { type: 'string', enum: ['me', 'none'] },
    ],
    description: 'A user id, `me`, or `none`.',
  })
  @IsOptional()
  @Matches(new RegExp(`^(me|none|${uuid})$`), { message: 'assignee must be a user id, me or none' })
  assignee?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  channelId?: string;

  @ApiPropertyOptional({
    enum: platforms,
    description:
      '`internal`: your conversations with colleagues, and only they; of the other filters only `unread` applies.',
  })
  @IsOptional()
  @IsIn(platforms)
  platform?: Platform | 'internal';

  @ApiPropertyOptional({ format: 'uuid', description: 'The id of a label.' })
  @IsOptional()
  @IsUUID()
  label?: string;

  @FlagQuery('Messages that nobody has read yet; with `false` none.')
  unread?: boolean;

  @FlagQuery('Snoozed now; with `false` not.')
  snoozed?: boolean;
}

export class ChangeConversationDto {
  @ApiPropertyOptional({ description: 'The version that was seen; or as `If-Match`.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(largestVersion)
  version?: number;

  @ApiPropertyOptional({ enum: conversationStatuses, description: 'With `snoozed` goes `snoozedUntil`.' })
  @IsOptional()
  @IsIn(conversationStatuses)
  status?: ConversationStatus;

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'In the future, at most 366 days; the conversation opens then.',
  })
  @IsOptional()
  @IsRFC3339()
  snoozedUntil?: string;

  @ApiPropertyOptional({ format: 'uuid', type: String, nullable: true, description: 'null: nobody.' })
  @ValidateIf(({ assigneeId }) => assigneeId !== undefined && assigneeId !== null)
  @Transform(({ value }) => (typeof value === 'string' ? value.toLowerCase() : value))
  @IsUUID()
  assigneeId?: string | null;

  @ApiPropertyOptional({
    type: [String],
    format: 'uuid',
    description: 'Ids of all its labels from now on; at most 50.',
  })
  @IsOptional()
  @IdsRules(50)
  labels?: string[];
}

export class NoteDto {
  @TextField(10_000)
  text!: string;

  @ApiPropertyOptional({ type: [String], format: 'uuid', description: 'Ids of users of the workspace; at most 50.' })
  @IsOptional()
  @IdsRules(50)
  mentions?: string[];
}

export class MarkReadDto {
  @ApiPropertyOptional({ format: 'uuid', description: 'Up to this message; the whole conversation if left out.' })
  @IsOptional()
  @IsUUID()
  messageId?: string;
}

export class MarkedReadDto {
  @ApiProperty({ type: [String], description: 'The messages that were unread, at most 100.' })
  messageIds!: string[];
  @ApiProperty()
  unreadCount!: number;
}

@ApiExtraModels(ConversationViewDto, InternalConversationViewDto)
export class ConversationListDto extends ListFrame {
  @ApiProperty({
    type: 'array',
    items: oneOfViews(ConversationViewDto, InternalConversationViewDto),
    description: 'Latest message first.',
  })
  items!: (ConversationSummary | InternalConversationSummary)[];
}

@ApiExtraModels(MessageViewDto, InternalMessageViewDto)
export class MessageListDto extends ListFrame {
  @ApiProperty({
    type: 'array',
    items: oneOfViews(MessageViewDto, InternalMessageViewDto),
    description: 'Messages and notes, newest first.',
  })
  items!: (MessageView | InternalMessageView)[];
}
