import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { CurrentSession, OperatorOnly, type Session } from '../identity';
import { IdParameter, Listing, PageQuery } from '../rest';
import { MetaAppDto, MetaAppListDto, SaveMetaAppDto } from './dto/meta-app.dto';
import type { MetaAppRow } from './meta-apps.repository';
import { MetaApps } from './meta-apps.service';

@ApiTags('channels')
@ApiBearerAuth()
@OperatorOnly()
@Controller('v1/meta-apps')
export class MetaAppsController {
  constructor(
    private readonly apps: MetaApps,
    private readonly listing: Listing,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Set up a Meta app, or replace its secrets',
    description: 'Secrets are encrypted at rest and never told again.',
  })
  @ApiCreatedResponse({ type: MetaAppDto })
  async save(@CurrentSession() session: Session, @Body() body: SaveMetaAppDto): Promise<MetaAppDto> {
    return view(await this.apps.save(body, session));
  }

  @Get()
  @ApiOperation({ summary: 'The Meta apps whose webhooks are accepted' })
  @ApiOkResponse({ type: MetaAppListDto })
  list(@CurrentSession() session: Session, @Query() query: PageQuery): Promise<MetaAppListDto> {
    const load = (limit: number) => this.apps.list(query.before, limit);
    return this.listing.page(session.workspaceId, query.limit, load, view, (row) => row.id);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a Meta app: its webhooks are refused from then on' })
  @ApiNoContentResponse()
  @ApiConflictResponse({ description: '`meta_app_in_use`: channels name it.' })
  remove(@CurrentSession() session: Session, @Param('id', IdParameter) id: string): Promise<void> {
    return this.apps.delete(id, session);
  }
}

function view({ id, appId, name, updatedAt }: MetaAppRow): MetaAppDto {
  return { id, appId, name, updatedAt: updatedAt.toISOString() };
}
