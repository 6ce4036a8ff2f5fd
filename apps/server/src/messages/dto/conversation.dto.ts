import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { ConversationSummary, MessageView } from '@switchboard/contracts';
import { IsOptional, IsUUID } from 'class-validator';
import { ListFrame, PageQuery } from '../../rest';

export class ConversationQuery extends PageQuery {
  @ApiPropertyOptional()
  @IsOptional()
  @IsUUID()
  channelId?: string;
}

export class MarkReadDto {
  @ApiPropertyOptional({ description: 'Up to this message; the whole conversation if left out.' })
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

export class ConversationListDto extends ListFrame {
  @ApiProperty({
    type: [Object],
    description: 'Conversation summaries, latest message first; see the event catalogue.',
  })
  items!: ConversationSummary[];
}

export class MessageListDto extends ListFrame {
  @ApiProperty({ type: [Object], description: 'Messages, newest first; see the event catalogue.' })
  items!: MessageView[];
}
