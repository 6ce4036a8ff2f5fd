import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiBearerAuth,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiServiceUnavailableResponse,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { CurrentSession, RequireRole, type Session } from '../identity';
import { IdParameter, Listing } from '../rest';
import { CreateTemplateDto, TemplateDto, TemplateListDto, TemplateQuery, TemplateSyncDto } from './dto/template.dto';
import { type TemplateRow, TemplatesRepository } from './templates.repository';
import { Templates } from './templates.service';

@ApiTags('templates')
@ApiBearerAuth()
@RequireRole('viewer')
@Controller('v1')
export class TemplatesController {
  constructor(
    private readonly templates: Templates,
    private readonly repository: TemplatesRepository,
    private readonly listing: Listing,
  ) {}

  @Get('templates')
  @ApiOperation({ summary: 'WhatsApp templates, newest first' })
  @ApiOkResponse({ type: TemplateListDto })
  async list(@CurrentSession() { workspaceId }: Session, @Query() query: TemplateQuery): Promise<TemplateListDto> {
    const { channelId, before, limit, ...filter } = query;
    const businessAccountId =
      channelId === undefined ? undefined : (await this.templates.accountOf(workspaceId, channelId)).businessAccountId;
    const load = (most: number) => this.repository.list(workspaceId, { ...filter, businessAccountId }, before, most);
    return this.listing.page(workspaceId, limit, load, view, (row) => row.id);
  }

  @Get('templates/:id')
  @ApiOperation({ summary: 'One template' })
  @ApiOkResponse({ type: TemplateDto })
  async one(@CurrentSession() { workspaceId }: Session, @Param('id', IdParameter) id: string): Promise<TemplateDto> {
    return view(await this.templates.one(workspaceId, id));
  }

  @Post('templates')
  @RequireRole('admin')
  @ApiOperation({
    summary: 'Create a template at Meta',
    description: 'It is `PENDING` until Meta has decided; `template.status_changed` tells.',
  })
  @ApiCreatedResponse({ type: TemplateDto })
  @ApiBadRequestResponse({ description: '`invalid`: it breaks a rule of Meta’s; `details` names each field.' })
  @ApiConflictResponse({ description: '`channel_disconnected`' })
  @ApiUnprocessableEntityResponse({ description: '`template_refused`, with Meta’s words.' })
  @ApiServiceUnavailableResponse({ description: '`throttled`, `outcome_unknown`' })
  async create(@CurrentSession() session: Session, @Body() body: CreateTemplateDto): Promise<TemplateDto> {
    return view(await this.templates.create(session, body.channelId, body.template));
  }

  @Delete('templates/:id')
  @HttpCode(204)
  @RequireRole('admin')
  @ApiOperation({ summary: 'Delete one language of a template, at Meta too' })
  @ApiNoContentResponse()
  @ApiConflictResponse({ description: '`channel_disconnected`' })
  @ApiUnprocessableEntityResponse({ description: '`template_refused`, with Meta’s words.' })
  @ApiServiceUnavailableResponse({ description: '`throttled`, `outcome_unknown`' })
  remove(@CurrentSession() session: Session, @Param('id', IdParameter) id: string): Promise<void> {
    return this.templates.remove(session, id);
  }

  @Post('channels/:id/templates/sync')
  @HttpCode(200)
  @RequireRole('admin')
  @ApiOperation({
    summary: 'Read a channel’s templates from Meta now',
    description: 'Done by itself when a number is connected, and every 6 hours.',
  })
  @ApiOkResponse({ type: TemplateSyncDto })
  @ApiConflictResponse({ description: '`channel_disconnected`' })
  @ApiServiceUnavailableResponse({ description: '`throttled`, `outcome_unknown`' })
  sync(@CurrentSession() session: Session, @Param('id', IdParameter) id: string): Promise<TemplateSyncDto> {
    return this.templates.sync(session, id);
  }
}

function view(row: TemplateRow): TemplateDto {
  const { id, businessAccountId, metaTemplateId, name, language, category, status, quality, reason } = row;
  const { definition, updatedAt } = row;
  return {
    ...{ id, businessAccountId, metaTemplateId, name, language, category, status, quality, reason, definition },
    updatedAt: updatedAt.toISOString(),
  };
}
