import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentSession, RequireRole, type Session } from '../identity';
import { Listing } from '../rest';
import { type MentionDto, MentionListDto, MentionQuery } from './dto/mention.dto';
import { mentionView } from './mention-views';
import { type MentionRow, MentionsRepository } from './mentions.repository';

@ApiTags('webhooks')
@ApiBearerAuth()
@RequireRole('viewer')
@Controller('v1/mentions')
export class MentionsController {
  constructor(
    private readonly mentions: MentionsRepository,
    private readonly listing: Listing,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Where pages and Instagram accounts were mentioned, and what it says there, newest first',
    description: 'Kept as long as webhooks are.',
  })
  @ApiOkResponse({ type: MentionListDto })
  list(@CurrentSession() { workspaceId, channelIds }: Session, @Query() query: MentionQuery): Promise<MentionListDto> {
    const load = (limit: number) => this.mentions.list(workspaceId, { ...query, channelIds }, limit);
    return this.listing.page(workspaceId, query.limit, load, view, ({ id }) => id);
  }
}

function view(row: MentionRow): MentionDto {
  const { mentionedAt, readAt, unreadableReason: reason } = row;
  const state = readAt !== null ? 'read' : reason !== null ? 'unreadable' : 'pending';
  return { ...mentionView(row), mentionedAt: mentionedAt.toISOString(), state, reason };
}
