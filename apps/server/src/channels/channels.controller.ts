import { Body, Controller, Get, NotFoundException, Param, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { CurrentSession, OperatorOnly, type Session } from '../identity';
import { IdParameter, Listing, PageQuery } from '../rest';
import { ChannelRegistry } from './channel-registry.service';
import { type ChannelRow, ChannelsRepository } from './channels.repository';
import { ChannelDto, ChannelListDto, RegisterChannelDto } from './dto/channel.dto';
import { MetaAppDto, MetaAppListDto, SaveMetaAppDto } from './dto/meta-app.dto';
import type { MetaAppRow } from './meta-apps.repository';
import { MetaApps } from './meta-apps.service';

@ApiTags('channels')
@ApiBearerAuth()
@Controller('v1')
export class ChannelsController {
  constructor(
    private readonly registry: ChannelRegistry,
    private readonly repository: ChannelsRepository,
    private readonly apps: MetaApps,
    private readonly listing: Listing,
  ) {}

  @Post('channels')
  @OperatorOnly()
  @ApiOperation({
    summary: 'Register an account of Meta for a workspace',
    description:
      'Items that waited for it are taken in. Only the operator of the instance may, until ownership is proven by a token.',
  })
  @ApiCreatedResponse({ type: ChannelDto })
  @ApiNotFoundResponse({ description: '`workspaceId` or `metaAppId`: there is none of this id.' })
  @ApiConflictResponse({ description: '`conflict`: the account is registered already.' })
  async register(@CurrentSession() session: Session, @Body() body: RegisterChannelDto): Promise<ChannelDto> {
    return view(await this.registry.register({ ...body, workspaceId: body.workspaceId ?? session.workspaceId }));
  }

  @Get('channels')
  @ApiOperation({ summary: 'The channels of the workspace' })
  @ApiOkResponse({ type: ChannelListDto })
  list(@CurrentSession() session: Session, @Query() query: PageQuery): Promise<ChannelListDto> {
    const load = (limit: number) => this.repository.list(session.workspaceId, query.before, limit);
    return this.listing.page(session.workspaceId, query.limit, load, view, (row) => row.id);
  }

  @Get('channels/:id')
  @ApiOperation({ summary: 'One channel' })
  @ApiOkResponse({ type: ChannelDto })
  async one(@CurrentSession() session: Session, @Param('id', IdParameter) id: string): Promise<ChannelDto> {
    const row = await this.repository.find(session.workspaceId, id);
    if (!row)
      throw new NotFoundException({ code: 'not_found', message: 'There is no such channel in this workspace.' });
    return view(row);
  }

  @Post('meta-apps')
  @OperatorOnly()
  @ApiOperation({
    summary: 'Set up a Meta app, or replace its secrets',
    description: 'Secrets are encrypted at rest and never told again.',
  })
  @ApiCreatedResponse({ type: MetaAppDto })
  async saveApp(@Body() body: SaveMetaAppDto): Promise<MetaAppDto> {
    return appView(await this.apps.save(body));
  }

  @Get('meta-apps')
  @OperatorOnly()
  @ApiOperation({ summary: 'The Meta apps whose webhooks are accepted' })
  @ApiOkResponse({ type: MetaAppListDto })
  listApps(@CurrentSession() session: Session, @Query() query: PageQuery): Promise<MetaAppListDto> {
    const load = (limit: number) => this.apps.list(query.before, limit);
    return this.listing.page(session.workspaceId, query.limit, load, appView, (row) => row.id);
  }
}

function view(row: ChannelRow): ChannelDto {
  const { id, workspaceId, platform, externalId, businessAccountId, name, status, createdAt } = row;
  return { id, workspaceId, platform, externalId, businessAccountId, name, status, createdAt: createdAt.toISOString() };
}

function appView({ id, appId, name, updatedAt }: MetaAppRow): MetaAppDto {
  return { id, appId, name, updatedAt: updatedAt.toISOString() };
}
