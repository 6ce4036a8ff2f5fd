import { Controller, Get, HttpCode, Param, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentSession, RequireRole, type Session } from '../../identity';
import { IdParameter, Listing, PageQuery } from '../../rest';
import { ErasureDto, ErasureListDto, ErasureStartedDto } from '../dto/erasure.dto';
import { PersonalDataDto } from '../dto/personal-data.dto';
import { ContactErasure } from './contact-erasure.service';
import { type ErasureRow, ErasuresRepository } from './erasures.repository';
import { PersonalDataCopy } from './personal-data-copy.service';

@ApiTags('contacts')
@ApiBearerAuth()
@Controller('v1')
@RequireRole('admin')
export class PersonalDataController {
  constructor(
    private readonly copy: PersonalDataCopy,
    private readonly erasure: ContactErasure,
    private readonly erasures: ErasuresRepository,
    private readonly listing: Listing,
  ) {}

  @Get('contacts/:id/personal-data')
  @ApiOperation({
    summary: 'All that is kept of one person, as JSON',
    description:
      'Contact, identities, consents, merges, conversations, messages, events and raw webhook items. Told by contact.exported.',
  })
  @ApiOkResponse({ type: PersonalDataDto })
  download(
    @CurrentSession() { workspaceId, userId }: Session,
    @Param('id', IdParameter) id: string,
  ): Promise<StreamableFile> {
    return this.copy.download(workspaceId, id, userId);
  }

  @Post('contacts/:id/erase')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Erase one person’s data, for good',
    description:
      'The contact and what was written are empty at once; raw webhooks and events follow, and contact.erased tells when nothing is left.',
  })
  @ApiAcceptedResponse({ type: ErasureStartedDto })
  async erase(
    @CurrentSession() { workspaceId, userId }: Session,
    @Param('id', IdParameter) id: string,
  ): Promise<ErasureStartedDto> {
    return { erasureId: await this.erasure.erase(workspaceId, id, userId) };
  }

  @Get('contact-erasures')
  @ApiOperation({ summary: 'Erasures, newest first' })
  @ApiOkResponse({ type: ErasureListDto })
  list(@CurrentSession() { workspaceId }: Session, @Query() query: PageQuery): Promise<ErasureListDto> {
    const load = (limit: number) => this.erasures.list(workspaceId, query.before, limit);
    return this.listing.page(workspaceId, query.limit, load, view, (row) => row.id);
  }
}

function view({ id, contactId, state, requestedBy, requestedAt, finishedAt }: ErasureRow): ErasureDto {
  return {
    id,
    contactId,
    state,
    requestedBy,
    requestedAt: requestedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}
