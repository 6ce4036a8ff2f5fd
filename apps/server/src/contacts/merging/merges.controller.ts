import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentSession, RequireRole, type Session } from '../../identity';
import { IdParameter, Listing, PageQuery } from '../../rest';
import { ContactBook } from '../contact-book.service';
import { contactView } from '../contacts.controller';
import { ContactDto } from '../dto/contact.dto';
import { MergeDto, MergeListDto, MergeRecordDto } from '../dto/merge.dto';
import { ContactMerging } from './contact-merging.service';
import { type MergeRow, MergesRepository } from './merges.repository';

@ApiTags('contacts')
@ApiBearerAuth()
@RequireRole('viewer')
@Controller('v1/contacts/:id')
export class MergesController {
  constructor(
    private readonly merging: ContactMerging,
    private readonly merges: MergesRepository,
    private readonly contacts: ContactBook,
    private readonly listing: Listing,
  ) {}

  @Post('merge')
  @HttpCode(200)
  @RequireRole('agent')
  @ApiOperation({
    summary: 'Merge another contact into this one',
    description:
      'Its identities, tags, consents and conversations come here; two conversations on one channel become one.',
  })
  @ApiOkResponse({ type: ContactDto })
  async merge(
    @CurrentSession() { workspaceId, userId }: Session,
    @Param('id', IdParameter) id: string,
    @Body() body: MergeDto,
  ): Promise<ContactDto> {
    await this.merging.merge({
      workspaceId,
      contactId: id,
      mergedId: body.contactId,
      reason: 'manual',
      mergedBy: userId,
    });
    return contactView(await this.contacts.find(workspaceId, id));
  }

  @Get('merges')
  @ApiOperation({ summary: 'What was merged into a contact, newest first' })
  @ApiOkResponse({ type: MergeListDto })
  async list(
    @CurrentSession() { workspaceId }: Session,
    @Param('id', IdParameter) id: string,
    @Query() query: PageQuery,
  ): Promise<MergeListDto> {
    await this.contacts.find(workspaceId, id);
    const load = (limit: number) => this.merges.list(workspaceId, id, query.before, limit);
    return this.listing.page(workspaceId, query.limit, load, view, (row) => row.id);
  }

  @Post('merges/:mergeId/undo')
  @HttpCode(200)
  @RequireRole('agent')
  @ApiOperation({
    summary: 'Take a merge back',
    description:
      'The merged contact is there again with what was moved. The latest merge first; what came since stays.',
  })
  @ApiOkResponse({ type: ContactDto })
  async undo(
    @CurrentSession() { workspaceId }: Session,
    @Param('id', IdParameter) id: string,
    @Param('mergeId', IdParameter) mergeId: string,
  ): Promise<ContactDto> {
    await this.merging.undo(workspaceId, id, mergeId);
    return contactView(await this.contacts.find(workspaceId, id));
  }
}

function view({
  id,
  contactId,
  mergedContactId,
  reason,
  mergedBy,
  createdAt,
  undoneAt,
  moved,
}: MergeRow): MergeRecordDto {
  return {
    id,
    contactId,
    mergedContactId,
    reason,
    mergedBy,
    mergedName: moved.merged.name,
    createdAt: createdAt.toISOString(),
    undoneAt: undoneAt?.toISOString() ?? null,
  };
}
