import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Authenticated, CurrentSession, RequireRole, type Session } from '../../identity';
import { IdParameter, Listing } from '../../rest';
import type { CannedReply } from './canned-replies.repository';
import { CannedReplies } from './canned-replies.service';
import {
  CannedReplyDto,
  CannedReplyListDto,
  CannedReplyQuery,
  CreateCannedReplyDto,
  RenderCannedReplyDto,
  RenderedReplyDto,
  UpdateCannedReplyDto,
} from './dto/canned-reply.dto';

@ApiTags('canned replies')
@Authenticated()
@RequireRole('viewer')
@Controller('v1/canned-replies')
export class CannedRepliesController {
  constructor(
    private readonly replies: CannedReplies,
    private readonly listing: Listing,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The canned replies of the workspace, newest first' })
  @ApiOkResponse({ type: CannedReplyListDto })
  list(@CurrentSession() { workspaceId }: Session, @Query() query: CannedReplyQuery): Promise<CannedReplyListDto> {
    const load = (most: number) => this.replies.list(workspaceId, query.shortcut, query.before, most);
    return this.listing.page(workspaceId, query.limit, load, viewOf, ({ id }) => id);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One canned reply' })
  @ApiOkResponse({ type: CannedReplyDto })
  async one(@CurrentSession() { workspaceId }: Session, @Param('id', IdParameter) id: string): Promise<CannedReplyDto> {
    return viewOf(await this.replies.one(workspaceId, id));
  }

  @Post()
  @RequireRole('agent')
  @ApiOperation({ summary: 'Add a canned reply' })
  @ApiCreatedResponse({ type: CannedReplyDto })
  @ApiConflictResponse({ description: '`shortcut_taken`' })
  async create(
    @CurrentSession() { workspaceId }: Session,
    @Body() body: CreateCannedReplyDto,
  ): Promise<CannedReplyDto> {
    return viewOf(await this.replies.create(workspaceId, body));
  }

  @Patch(':id')
  @RequireRole('agent')
  @ApiOperation({ summary: 'Change a canned reply' })
  @ApiOkResponse({ type: CannedReplyDto })
  @ApiConflictResponse({ description: '`shortcut_taken`' })
  async update(
    @CurrentSession() { workspaceId }: Session,
    @Param('id', IdParameter) id: string,
    @Body() body: UpdateCannedReplyDto,
  ): Promise<CannedReplyDto> {
    return viewOf(await this.replies.update(workspaceId, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireRole('agent')
  @ApiOperation({ summary: 'Delete a canned reply' })
  @ApiNoContentResponse()
  delete(@CurrentSession() { workspaceId }: Session, @Param('id', IdParameter) id: string): Promise<void> {
    return this.replies.delete(workspaceId, id);
  }

  @Post(':id/render')
  @HttpCode(200)
  @RequireRole('agent')
  @ApiOperation({ summary: 'The text of a canned reply for a conversation; nothing is sent' })
  @ApiOkResponse({ type: RenderedReplyDto })
  render(
    @CurrentSession() session: Session,
    @Param('id', IdParameter) id: string,
    @Body() { conversationId }: RenderCannedReplyDto,
  ): Promise<RenderedReplyDto> {
    return this.replies.render(session, id, conversationId);
  }
}

const viewOf = ({ updatedAt, ...reply }: CannedReply): CannedReplyDto => ({
  ...reply,
  updatedAt: updatedAt.toISOString(),
});
