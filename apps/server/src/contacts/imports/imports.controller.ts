import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Req, type StreamableFile } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentSession, RequireRole, type Session } from '../../identity';
import { IdParameter, Listing, PageQuery } from '../../rest';
import { csvDownload } from '../csv-export';
import { ImportDto, ImportListDto, StartImportDto } from '../dto/import.dto';
import { invalid } from '../errors';
import { ImportFiles } from './import-files.service';
import { type ImportRow, ImportsRepository } from './imports.repository';
import { ContactImports } from './imports.service';

const errorsOfPage = 1000;

@ApiTags('contacts')
@ApiBearerAuth()
@Controller('v1/contact-imports')
@RequireRole('admin')
export class ImportsController {
  constructor(
    private readonly imports: ContactImports,
    private readonly repository: ImportsRepository,
    private readonly files: ImportFiles,
    private readonly listing: Listing,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Upload a CSV of contacts',
    description: 'UTF-8, with a header. Nothing is taken in until it is started with a mapping.',
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } } })
  @ApiCreatedResponse({ type: ImportDto })
  async upload(@CurrentSession() { workspaceId, userId }: Session, @Req() request: FastifyRequest): Promise<ImportDto> {
    if (!request.isMultipart()) throw invalid('file: send the CSV as multipart/form-data.');
    // The service counts, so that the error can say the limit.
    const part = await request.file({ limits: { files: 1, fileSize: Number.MAX_SAFE_INTEGER } });
    if (!part) throw invalid('file: is missing.');
    const id = await this.files.keep(workspaceId, userId, part.filename ?? '', part.file);
    return view(await this.imports.find(workspaceId, id));
  }

  @Get()
  @ApiOperation({ summary: 'The imports of the workspace, newest first' })
  @ApiOkResponse({ type: ImportListDto })
  list(@CurrentSession() { workspaceId }: Session, @Query() query: PageQuery): Promise<ImportListDto> {
    const load = (limit: number) => this.repository.list(workspaceId, query.before, limit);
    return this.listing.page(workspaceId, query.limit, load, view, (row) => row.id);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One import' })
  @ApiOkResponse({ type: ImportDto })
  async one(@CurrentSession() { workspaceId }: Session, @Param('id', IdParameter) id: string): Promise<ImportDto> {
    return view(await this.imports.find(workspaceId, id));
  }

  @Post(':id/start')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Start an import, or a dry run of it',
    description:
      'Contacts are found again by phone, e-mail and identities; what a row leaves empty stays. Told by contact.import_progressed and contact.import_completed.',
  })
  @ApiAcceptedResponse({ type: ImportDto })
  async start(
    @CurrentSession() { workspaceId }: Session,
    @Param('id', IdParameter) id: string,
    @Body() { mapping, dryRun, tags, consent, channelId, keepRows }: StartImportDto,
  ): Promise<ImportDto> {
    const options = { mapping, tags, consent: consent ?? null, channelId: channelId ?? null, keepRows };
    return view(await this.imports.start(workspaceId, id, options, dryRun));
  }

  @Get(':id/errors')
  @ApiOperation({ summary: 'The rows that were refused, or whose opt-in was, with the reason, as CSV' })
  @ApiOkResponse({ description: 'The file.', content: { 'text/csv': { schema: { type: 'string' } } } })
  async errors(
    @CurrentSession() { workspaceId }: Session,
    @Param('id', IdParameter) id: string,
  ): Promise<StreamableFile> {
    const { columns } = await this.imports.find(workspaceId, id);
    return csvDownload('import-errors.csv', ['line', 'error', ...columns!.names], this.errorPages(workspaceId, id));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Delete an import with its file and errors; one that runs stops',
    description: 'What was taken in stays.',
  })
  @ApiNoContentResponse()
  remove(@CurrentSession() { workspaceId }: Session, @Param('id', IdParameter) id: string): Promise<void> {
    return this.imports.remove(workspaceId, id);
  }

  private async *errorPages(workspaceId: string, id: string): AsyncIterable<string[][]> {
    for (let after = -1; ; ) {
      const errors = await this.repository.errors(workspaceId, id, after, errorsOfPage);
      yield errors.map(({ line, message, record }) => [String(line), message, ...record]);
      if (errors.length < errorsOfPage) return;
      after = errors.at(-1)!.line;
    }
  }
}

function view(row: ImportRow): ImportDto {
  const { id, fileName, bytes, state, reason, columns, sample, dryRun, rows, created, updated, unchanged, failed } =
    row;
  return {
    id,
    fileName,
    bytes,
    state,
    reason,
    columns: columns?.names ?? [],
    sample: sample ?? [],
    dryRun,
    rows,
    created,
    updated,
    unchanged,
    failed,
    optOutsKept: row.optOutsKept,
    keepRows: row.options?.keepRows ?? false,
    duplicates: row.duplicates,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}
