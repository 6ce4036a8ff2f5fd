import { Body, Controller, Get, HttpCode, NotFoundException, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { ConversationSummary } from '@switchboard/contracts';
import { CurrentSession, RequireRole, type Session } from '../identity';
import { MediaViews } from '../media';
import { Listing, PageQuery } from '../rest';
import { ConversationsRepository, type ConversationWithContact } from './conversations.repository';
import {
  ConversationListDto,
  ConversationQuery,
  MarkedReadDto,
  MarkReadDto,
  MessageListDto,
} from './dto/conversation.dto';
import { conversationSummary, messageView } from './message-views';
import { NotReadable, ReadState } from './read-state.service';

@ApiTags('conversations')
@ApiBearerAuth()
@Controller('v1/conversations')
export class ConversationsController {
  constructor(
    private readonly repository: ConversationsRepository,
    private readonly readState: ReadState,
    private readonly listing: Listing,
    private readonly media: MediaViews,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The conversations of the workspace, latest message first' })
  @ApiOkResponse({ type: ConversationListDto })
  list(@CurrentSession() session: Session, @Query() query: ConversationQuery): Promise<ConversationListDto> {
    const load = (limit: number) =>
      this.repository.list(session.workspaceId, { before: query.before, channelId: query.channelId, limit });
    return this.listing.page(session.workspaceId, query.limit, load, summaryOf, (row) => row.id);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One conversation' })
  @ApiOkResponse({ type: Object })
  async one(@CurrentSession() session: Session, @Param('id', ParseUUIDPipe) id: string): Promise<ConversationSummary> {
    return summaryOf(await this.seen(session, id));
  }

  @Get(':id/messages')
  @ApiOperation({ summary: 'The messages of a conversation, newest first' })
  @ApiOkResponse({ type: MessageListDto })
  async messages(
    @CurrentSession() session: Session,
    @Param('id', ParseUUIDPipe) id: string,
    @Query() query: PageQuery,
  ): Promise<MessageListDto> {
    await this.seen(session, id);
    const load = (limit: number) => this.repository.messages(session.workspaceId, id, query.before, limit);
    const page = await this.listing.page(
      session.workspaceId,
      query.limit,
      load,
      (row) => messageView(row, row.platform, row.replyToMessageId),
      (row) => row.id,
    );
    return { ...page, items: await this.media.show(session.workspaceId, page.items) };
  }

  @Post(':id/read')
  @HttpCode(200)
  @RequireRole('agent')
  @ApiOperation({ summary: 'Mark a conversation read for the signed-in user' })
  @ApiOkResponse({ type: MarkedReadDto })
  async markRead(
    @CurrentSession() session: Session,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: MarkReadDto,
  ): Promise<MarkedReadDto> {
    try {
      return await this.readState.markRead(session, id, body.messageId);
    } catch (error) {
      if (error instanceof NotReadable) throw new NotFoundException({ code: error.code, message: error.message });
      throw error;
    }
  }

  private async seen(session: Session, id: string): Promise<ConversationWithContact> {
    const row = await this.repository.find(session.workspaceId, id);
    if (!row)
      throw new NotFoundException({ code: 'not_found', message: 'There is no such conversation in this workspace.' });
    return row;
  }
}

const summaryOf = (row: ConversationWithContact): ConversationSummary => conversationSummary(row, row.contact);
