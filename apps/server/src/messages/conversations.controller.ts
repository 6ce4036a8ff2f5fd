import { Body, Controller, Get, Headers, HttpCode, NotFoundException, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiExtraModels,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { ConversationSummary, InternalConversationSummary, MessageView } from '@switchboard/contracts';
import { CurrentSession, RequireRole, type Session } from '../identity';
import { MediaViews } from '../media';
import { IdParameter, Listing, PageQuery } from '../rest';
import { conversationStatuses, formatPosition, parsePosition } from './conversations/conversation-filter';
import { ConversationListRepository } from './conversations/conversation-list.repository';
import { ConversationWork } from './conversations/conversation-work.service';
import { invalid, noSuchConversation } from './conversations/errors';
import { Notes } from './conversations/notes.service';
import { ConversationsRepository, type ConversationWithContact, type ListedMessage } from './conversations.repository';
import {
  ChangeConversationDto,
  ConversationListDto,
  ConversationQuery,
  MarkedReadDto,
  MarkReadDto,
  MessageListDto,
  NoteDto,
} from './dto/conversation.dto';
import { ConversationViewDto, InternalConversationViewDto, MessageViewDto, oneOfViews } from './dto/views.dto';
import { InternalConversations } from './internal/internal-conversations.service';
import { InternalMessages } from './internal/internal-messages.service';
import { internalConversation, internalMessage } from './internal/internal-views';
import { conversationSummary, messageView } from './message-views';
import { NotReadable } from './not-readable';
import { ReadState } from './read-state.service';

@ApiTags('conversations')
@ApiBearerAuth()
@RequireRole('viewer')
@Controller('v1/conversations')
export class ConversationsController {
  constructor(
    private readonly repository: ConversationsRepository,
    private readonly lists: ConversationListRepository,
    private readonly work: ConversationWork,
    private readonly notes: Notes,
    private readonly internal: InternalConversations,
    private readonly internalMessages: InternalMessages,
    private readonly readState: ReadState,
    private readonly listing: Listing,
    private readonly media: MediaViews,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The conversations of the workspace, latest message first' })
  @ApiOkResponse({ type: ConversationListDto })
  list(@CurrentSession() session: Session, @Query() query: ConversationQuery): Promise<ConversationListDto> {
    const { workspaceId } = session;
    const { limit, platform, unread } = query;
    const before = parsePosition(query.before);
    if (platform === 'internal') {
      const load = (most: number) => this.internal.page(session, unread, before, most);
      return this.listing.page(workspaceId, limit, load, internalConversation, formatPosition);
    }
    const filter = {
      statuses: (query.status ?? conversationStatuses).filter(
        (status) => query.snoozed === undefined || query.snoozed === (status === 'snoozed'),
      ),
      assigneeId: assigneeOf(query.assignee, session),
      channelId: query.channelId,
      channelIds: session.channelIds,
      platform,
      labelId: query.label,
      unread,
    };
    const load = (most: number) => this.lists.page(workspaceId, filter, before, most);
    return this.listing.page(workspaceId, limit, load, summaryOf, formatPosition);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One conversation' })
  @ApiExtraModels(ConversationViewDto, InternalConversationViewDto)
  @ApiOkResponse({ schema: oneOfViews(ConversationViewDto, InternalConversationViewDto) })
  async one(
    @CurrentSession() session: Session,
    @Param('id', IdParameter) id: string,
  ): Promise<ConversationSummary | InternalConversationSummary> {
    const row = await this.repository.find(session.workspaceId, id);
    if (row) return summaryOf(row);
    const internal = await this.internal.find(session, id);
    if (!internal) throw noSuchConversation();
    return internalConversation(internal);
  }

  @Patch(':id')
  @RequireRole('agent')
  @ApiOperation({
    summary: 'Assign a conversation, change its status or labels',
    description: 'Names the version that was seen: of two changes at once the second is answered 409.',
  })
  @ApiHeader({ name: 'If-Match', required: false, description: 'The version, if not in the body.' })
  @ApiOkResponse({ type: ConversationViewDto })
  @ApiConflictResponse({ description: '`version_conflict`; `details.conversation` is how it stands now.' })
  change(
    @CurrentSession() session: Session,
    @Param('id', IdParameter) id: string,
    @Body() { version, snoozedUntil, status, labels, assigneeId }: ChangeConversationDto,
    @Headers('if-match') ifMatch?: string,
  ): Promise<ConversationSummary> {
    return this.work.change(session, id, version ?? versionOf(ifMatch), {
      status: status ?? undefined,
      labels: labels ?? undefined,
      assigneeId,
      snoozedUntil: snoozedUntil ? new Date(snoozedUntil) : undefined,
    });
  }

  @Get(':id/messages')
  @ApiOperation({ summary: 'The messages and notes of a conversation, newest first' })
  @ApiOkResponse({ type: MessageListDto })
  async messages(
    @CurrentSession() session: Session,
    @Param('id', IdParameter) id: string,
    @Query() { before, limit }: PageQuery,
  ): Promise<MessageListDto> {
    const { workspaceId } = session;
    const idOf = (row: { id: string }) => row.id;
    if (await this.repository.find(workspaceId, id)) {
      const load = (most: number) => this.repository.messages(workspaceId, id, before, most);
      const view = (row: ListedMessage) => messageView(row, row.platform, row.replyToMessageId);
      const page = await this.listing.page(workspaceId, limit, load, view, idOf);
      return { ...page, items: await this.media.show(workspaceId, page.items) };
    }
    if (!(await this.internal.find(session, id))) throw noSuchConversation();
    const load = (most: number) => this.internalMessages.page(workspaceId, id, before, most);
    return this.listing.page(workspaceId, limit, load, internalMessage, idOf);
  }

  @Post(':id/notes')
  @RequireRole('agent')
  @ApiOperation({ summary: 'Leave a note for colleagues; the customer never sees it' })
  @ApiCreatedResponse({ type: MessageViewDto })
  note(
    @CurrentSession() session: Session,
    @Param('id', IdParameter) id: string,
    @Body() { text, mentions }: NoteDto,
  ): Promise<MessageView> {
    const { workspaceId, userId } = session;
    return this.notes.add({ workspaceId, author: { kind: 'user', id: userId } }, id, text, mentions ?? []);
  }

  @Post(':id/read')
  @HttpCode(200)
  @RequireRole('agent')
  @ApiOperation({ summary: 'Mark a conversation read for the signed-in user' })
  @ApiOkResponse({ type: MarkedReadDto })
  async markRead(
    @CurrentSession() session: Session,
    @Param('id', IdParameter) id: string,
    @Body() body: MarkReadDto,
  ): Promise<MarkedReadDto> {
    try {
      return await this.readState.markRead(session, id, body.messageId);
    } catch (error) {
      if (error instanceof NotReadable) throw new NotFoundException({ code: error.code, message: error.message });
      throw error;
    }
  }
}

const summaryOf = (row: ConversationWithContact): ConversationSummary => conversationSummary(row, row.contact);

function assigneeOf(assignee: string | undefined, session: Session): string | null | undefined {
  if (assignee === 'me') return session.userId;
  return assignee === 'none' ? null : assignee;
}

/** The version in an `If-Match` header, with or without the quotes of an entity tag. */
function versionOf(ifMatch: string | undefined): number {
  const [, version] = /^\s*"?(\d{1,9})"?\s*$/.exec(ifMatch ?? '') ?? [];
  if (version === undefined) throw invalid('version', 'say which version you have seen, here or as If-Match.');
  return Number(version);
}
