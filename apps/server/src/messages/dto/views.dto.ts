import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import type {
  ContactSummary,
  ConversationStatus,
  ConversationSummary,
  InternalConversationSummary,
  InternalMessageView,
  MessageAuthor,
  MessageDirection,
  MessageErrorView,
  MessageStatus,
  MessageView,
  ParticipantView,
  Platform,
  SearchHit,
} from '@switchboard/contracts';
import { conversationStatuses } from '../conversations/conversation-filter';

const platforms = ['whatsapp', 'messenger', 'instagram'];
const directions = ['inbound', 'outbound', 'internal'];
const statuses = ['received', 'queued', 'unknown', 'sent', 'delivered', 'read', 'played', 'failed'];
const authors = ['contact', 'user', 'flow', 'campaign', 'api_key', 'meta_app'];

const Id = (description?: string) => ApiProperty({ format: 'uuid', ...(description && { description }) });
const IdOrNull = (description: string) => ApiProperty({ type: String, format: 'uuid', nullable: true, description });
const TextOrNull = (description: string) => ApiProperty({ type: String, nullable: true, description });
const Time = (description: string) => ApiProperty({ format: 'date-time', description });
const TimeOrNull = (description: string) =>
  ApiProperty({ type: String, format: 'date-time', nullable: true, description });

export class ContactSummaryDto implements ContactSummary {
  @Id()
  id!: string;
  @TextOrNull('As the platform tells it.')
  name!: string | null;
  @TextOrNull('As the platform tells it.')
  username!: string | null;
  @TextOrNull('Digits with country code; null where the platform hides it.')
  phone!: string | null;
}

export class LastMessageDto {
  @Id()
  id!: string;
  @ApiProperty({ example: 'text' })
  type!: string;
  @ApiProperty({ description: 'One line of it.' })
  preview!: string;
  @ApiProperty({ enum: directions })
  direction!: MessageDirection;
  @Time('By Meta’s clock.')
  sentAt!: string;
}

export class ConversationViewDto implements ConversationSummary {
  @Id()
  id!: string;
  @ApiProperty({ enum: platforms })
  platform!: Platform;
  @Id()
  channelId!: string;
  @ApiProperty({ enum: conversationStatuses })
  status!: ConversationStatus;
  @TimeOrNull('Only while `status` is `snoozed`.')
  snoozedUntil!: string | null;
  @IdOrNull('The user who takes care of it.')
  assigneeId!: string | null;
  @ApiProperty({ type: [String], format: 'uuid', description: 'Ids of labels.' })
  labels!: string[];
  @ApiProperty({ type: 'integer', description: 'To be named when changing it.' })
  version!: number;
  @ApiProperty()
  contact!: ContactSummaryDto;
  @ApiProperty({ type: 'integer', description: 'Inbound messages that nobody of the workspace has read yet.' })
  unreadCount!: number;
  @ApiProperty({ type: LastMessageDto, nullable: true })
  lastMessage!: LastMessageDto | null;
  @TimeOrNull('Until when free-form answers are allowed: 24 h after the customer’s last message.')
  serviceWindowEndsAt!: string | null;
}

export class MessageAuthorDto {
  @ApiProperty({ enum: authors, description: '`meta_app`: sent from Meta’s own inbox or phone app.' })
  kind!: MessageAuthor['kind'];
  @ApiPropertyOptional({ format: 'uuid', description: 'Of all but `meta_app`.' })
  id?: string;
  @ApiPropertyOptional({ type: String, nullable: true, description: 'Of `meta_app`.' })
  appId?: string | null;
}

export class MessageErrorDto implements MessageErrorView {
  @ApiPropertyOptional({ example: 'window_closed', description: 'What kind of failure it is.' })
  reason?: string;
  @ApiPropertyOptional({ type: 'integer', description: 'Meta’s.' })
  code?: number;
  @ApiPropertyOptional({ type: 'integer', description: 'Meta’s.' })
  subcode?: number;
  @ApiPropertyOptional()
  title?: string;
  @ApiPropertyOptional()
  message?: string;
  @ApiPropertyOptional()
  details?: string;
  @ApiPropertyOptional({ description: 'What Meta’s support asks for.' })
  fbtraceId?: string;
  @ApiPropertyOptional({ description: 'Whether sending it again may help.' })
  mayRetry?: boolean;
}

export class MessageViewDto implements MessageView {
  @Id()
  id!: string;
  @Id()
  conversationId!: string;
  @Id()
  channelId!: string;
  @Id()
  contactId!: string;
  @ApiProperty({ enum: platforms })
  platform!: Platform;
  @TextOrNull('The platform’s own id; null until Meta has taken it, and of notes.')
  platformMessageId!: string | null;
  @ApiProperty({ enum: directions, description: '`internal`: a note.' })
  direction!: MessageDirection;
  @ApiProperty({ type: MessageAuthorDto })
  author!: MessageAuthor;
  @ApiProperty({ example: 'text', description: '`text`, `image`, `postback`, `template` …; `note`.' })
  type!: string;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: '`text`, `attachments`, `reply` … by type; empty once deleted.',
  })
  content!: unknown;
  @ApiProperty({ enum: statuses })
  status!: MessageStatus;
  @IdOrNull('The message that it answers, where that is known here.')
  replyToMessageId!: string | null;
  @TextOrNull('The sender’s own id of it.')
  clientId!: string | null;
  @Time('By Meta’s clock.')
  sentAt!: string;
  @TimeOrNull('When it was taken back.')
  deletedAt!: string | null;
  @ApiProperty({ type: MessageErrorDto, nullable: true, description: 'Why it was not sent or delivered.' })
  error!: MessageErrorDto | null;
  @TimeOrNull('When its words were last changed.')
  editedAt!: string | null;
}

export class ParticipantDto implements ParticipantView {
  @Id()
  userId!: string;
  @TextOrNull('Null where they have none.')
  name!: string | null;
  @ApiProperty({ type: 'integer', description: 'Messages of the conversation that they have not read.' })
  unreadCount!: number;
}

export class InternalLastMessageDto extends LastMessageDto {
  @ApiProperty({ enum: ['internal'] })
  declare direction: 'internal';
}

export class InternalConversationViewDto implements InternalConversationSummary {
  @Id()
  id!: string;
  @ApiProperty({ enum: ['internal'] })
  platform!: 'internal';
  @ApiProperty({ enum: ['direct', 'group'] })
  kind!: 'direct' | 'group';
  @TextOrNull('Of a group.')
  title!: string | null;
  @Id('The user who began it.')
  createdBy!: string;
  @Time('When it was begun.')
  createdAt!: string;
  @ApiProperty({ type: [ParticipantDto] })
  participants!: ParticipantDto[];
  @ApiProperty({ type: InternalLastMessageDto, nullable: true })
  lastMessage!: InternalLastMessageDto | null;
}

export class UserAuthorDto {
  @ApiProperty({ enum: ['user'] })
  kind!: 'user';
  @Id()
  id!: string;
}

export class InternalContentDto {
  @ApiProperty()
  text!: string;
}

export class InternalMessageViewDto implements InternalMessageView {
  @Id()
  id!: string;
  @Id()
  conversationId!: string;
  @ApiProperty({ enum: ['internal'] })
  platform!: 'internal';
  @ApiProperty({ enum: ['internal'] })
  direction!: 'internal';
  @ApiProperty()
  author!: UserAuthorDto;
  @ApiProperty({ example: 'text' })
  type!: string;
  @ApiProperty()
  content!: InternalContentDto;
  @TextOrNull('The sender’s own id of it.')
  clientId!: string | null;
  @Time('By our clock.')
  sentAt!: string;
}

/** One of several forms: a schema, for members and answers. */
export const oneOfViews = (...views: (new () => unknown)[]) => ({
  oneOf: views.map((view) => ({ $ref: getSchemaPath(view) })),
});

@ApiExtraModels(MessageViewDto, InternalMessageViewDto)
export class SearchHitDto implements SearchHit {
  @ApiProperty({
    ...oneOfViews(MessageViewDto, InternalMessageViewDto),
    nullable: true,
    description: 'Null where it is a contact that was found.',
  })
  message!: MessageView | InternalMessageView | null;
  @ApiProperty({ type: ContactSummaryDto, nullable: true, description: 'Null for an internal message.' })
  contact!: ContactSummaryDto | null;
  @IdOrNull('Of the message; of a contact the one with the latest message.')
  conversationId!: string | null;
}
