import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiExtraModels,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { CurrentSession, RequireRole, type Session } from '../../identity';
import { IdParameter, Listing, PageQuery } from '../../rest';
import { filterForms } from '../dto/filter.dto';
import {
  ChangeSegmentDto,
  CountDto,
  CreateSegmentDto,
  FilterDto,
  SegmentDto,
  SegmentListDto,
} from '../dto/segment.dto';
import { ContactSegments } from './contact-segments.service';
import { type SegmentRow, SegmentsRepository } from './segments.repository';

@ApiTags('contacts')
@ApiExtraModels(...filterForms)
@ApiBearerAuth()
@RequireRole('viewer')
@Controller('v1/segments')
export class SegmentsController {
  constructor(
    private readonly segments: ContactSegments,
    private readonly repository: SegmentsRepository,
    private readonly listing: Listing,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'The segments of the workspace',
    description: 'Their contacts: GET /v1/contacts?segmentId=…',
  })
  @ApiOkResponse({ type: SegmentListDto })
  list(@CurrentSession() { workspaceId }: Session, @Query() query: PageQuery): Promise<SegmentListDto> {
    const load = (limit: number) => this.repository.list(workspaceId, query.before, limit);
    return this.listing.page(workspaceId, query.limit, load, view, (row) => row.id);
  }

  @Post()
  @RequireRole('agent')
  @ApiOperation({ summary: 'Save a filter as a segment' })
  @ApiCreatedResponse({ type: SegmentDto })
  async create(@CurrentSession() { workspaceId }: Session, @Body() body: CreateSegmentDto): Promise<SegmentDto> {
    return view(await this.segments.create(workspaceId, body.name, body.filter));
  }

  @Post('count')
  @HttpCode(200)
  @ApiOperation({ summary: 'How many contacts a filter finds that is not saved' })
  @ApiOkResponse({ type: CountDto })
  async countFilter(@CurrentSession() { workspaceId }: Session, @Body() body: FilterDto): Promise<CountDto> {
    return { count: await this.segments.countFilter(workspaceId, body.filter) };
  }

  @Get(':id')
  @ApiOperation({ summary: 'One segment' })
  @ApiOkResponse({ type: SegmentDto })
  async one(@CurrentSession() { workspaceId }: Session, @Param('id', IdParameter) id: string): Promise<SegmentDto> {
    return view(await this.segments.find(workspaceId, id));
  }

  @Get(':id/count')
  @ApiOperation({ summary: 'How many contacts are in a segment now' })
  @ApiOkResponse({ type: CountDto })
  async count(@CurrentSession() { workspaceId }: Session, @Param('id', IdParameter) id: string): Promise<CountDto> {
    return { count: await this.segments.count(workspaceId, id) };
  }

  @Patch(':id')
  @RequireRole('agent')
  @ApiOperation({ summary: 'Change a segment' })
  @ApiOkResponse({ type: SegmentDto })
  async change(
    @CurrentSession() { workspaceId }: Session,
    @Param('id', IdParameter) id: string,
    @Body() body: ChangeSegmentDto,
  ): Promise<SegmentDto> {
    return view(await this.segments.change(workspaceId, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireRole('agent')
  @ApiOperation({ summary: 'Delete a segment; its contacts stay' })
  @ApiNoContentResponse()
  remove(@CurrentSession() { workspaceId }: Session, @Param('id', IdParameter) id: string): Promise<void> {
    return this.segments.remove(workspaceId, id);
  }
}

function view({ id, name, filter, createdAt, updatedAt }: SegmentRow): SegmentDto {
  return { id, name, filter, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}
