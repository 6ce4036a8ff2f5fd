import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Database } from '@switchboard/database';
import { EventRecorder } from '@switchboard/events';
import { CurrentSession, RequireRole, type Session } from '../../identity';
import { IdParameter, Listing, noSuchNamed, PageQuery } from '../../rest';
import { ContactBook } from '../contact-book.service';
import {
  ConsentChangeDto,
  type ConsentDto,
  ConsentHistoryDto,
  ConsentsDto,
  RecordConsentDto,
} from '../dto/consent.dto';
import { invalid } from '../errors';
import { type ConsentRow, ConsentsRepository } from './consents.repository';
import { ContactConsents } from './contact-consents.service';

/** A clock of the caller's that is ahead is not a consent of tomorrow. */
const aheadMs = 300_000;

@ApiTags('contacts')
@ApiBearerAuth()
@RequireRole('viewer')
@Controller('v1/contacts/:id/consents')
export class ConsentsController {
  constructor(
    private readonly database: Database,
    private readonly contacts: ContactBook,
    private readonly consents: ContactConsents,
    private readonly repository: ConsentsRepository,
    private readonly recorder: EventRecorder,
    private readonly listing: Listing,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Where a contact stands, by channel' })
  @ApiOkResponse({ type: ConsentsDto })
  async now(@CurrentSession() { workspaceId }: Session, @Param('id', IdParameter) id: string): Promise<ConsentsDto> {
    await this.contacts.find(workspaceId, id);
    return { items: (await this.repository.of(workspaceId, id)).map(view) };
  }

  @Get('history')
  @ApiOperation({ summary: 'Every change that was told, newest first' })
  @ApiOkResponse({ type: ConsentHistoryDto })
  async history(
    @CurrentSession() { workspaceId }: Session,
    @Param('id', IdParameter) id: string,
    @Query() query: PageQuery,
  ): Promise<ConsentHistoryDto> {
    await this.contacts.find(workspaceId, id);
    return this.listing.page(
      workspaceId,
      query.limit,
      (limit) => this.repository.history(workspaceId, id, query.before, limit),
      (row): ConsentChangeDto => ({ id: row.id, ...view(row), recordedAt: row.recordedAt.toISOString() }),
      (row) => row.id,
    );
  }

  @Post()
  @HttpCode(200)
  @RequireRole('agent')
  @ApiOperation({ summary: 'Record that a contact opted in or out' })
  @ApiOkResponse({ type: ConsentsDto })
  async record(
    @CurrentSession() { workspaceId }: Session,
    @Param('id', IdParameter) id: string,
    @Body() body: RecordConsentDto,
  ): Promise<ConsentsDto> {
    const at = body.at ? new Date(body.at) : new Date();
    if (at.getTime() > Date.now() + aheadMs) throw invalid('at: must not be in the future.');
    await this.contacts.find(workspaceId, id);
    if (body.channelId && (await this.repository.channels(workspaceId, [body.channelId])).size === 0)
      throw noSuchNamed('channelId', 'channel');
    const change = { contactId: id, channelId: body.channelId ?? null, state: body.state, at, detail: body.detail };
    await this.database.transaction(async () => {
      await this.recorder.record(await this.consents.record(workspaceId, [{ ...change, source: 'rest' }]));
    });
    return { items: (await this.repository.of(workspaceId, id)).map(view) };
  }
}

function view({ channelId, state, source, at, detail }: ConsentRow): ConsentDto {
  return { channelId, state, source, at: at.toISOString(), detail };
}
