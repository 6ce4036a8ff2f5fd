import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { SearchHit } from '@switchboard/contracts';
import { Authenticated, CurrentSession, RequireRole, type Session } from '../../identity';
import { Listing } from '../../rest';
import { internalMessage } from '../internal/internal-views';
import { messageView } from '../message-views';
import { SearchQuery, SearchResultDto } from './dto/search.dto';
import { type Search, SearchRepository } from './search.repository';

const idOf = ({ id }: { id: string }): string => id;

@ApiTags('search')
@Authenticated()
@RequireRole('viewer')
@Controller('v1/search')
export class SearchController {
  constructor(
    private readonly repository: SearchRepository,
    private readonly listing: Listing,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Full-text search over messages and contacts, newest first' })
  @ApiOkResponse({ type: SearchResultDto })
  search(
    @CurrentSession() { workspaceId, userId, channelIds }: Session,
    @Query() query: SearchQuery,
  ): Promise<SearchResultDto> {
    // A number is stored without its plus sign, which a search would read as a part of it.
    const text = query.in === 'contacts' ? query.q.replaceAll('+', ' ') : query.q;
    const asked = (limit: number): Search => ({ workspaceId, channelIds, text, before: query.before, limit });
    const { repository } = this;
    if (query.in === 'contacts') {
      return this.listing.page(workspaceId, query.limit, (n) => repository.contacts(asked(n)), contactHit, idOf);
    }
    if (query.in === 'internal') {
      const load = (limit: number) => repository.internal(asked(limit), userId);
      const view = (row: Parameters<typeof internalMessage>[0]): SearchHit => {
        return { message: internalMessage(row), contact: null, conversationId: row.conversationId };
      };
      return this.listing.page(workspaceId, query.limit, load, view, idOf);
    }
    return this.listing.page(workspaceId, query.limit, (n) => repository.messages(asked(n)), messageHit, idOf);
  }
}

function messageHit(row: Awaited<ReturnType<SearchRepository['messages']>>[number]): SearchHit {
  return {
    message: messageView(row, row.platform, row.replyToMessageId),
    contact: row.contact,
    conversationId: row.conversationId,
  };
}

function contactHit(row: Awaited<ReturnType<SearchRepository['contacts']>>[number]): SearchHit {
  const { id, name, username, phone, conversationId } = row;
  return { message: null, contact: { id, name, username, phone }, conversationId };
}
