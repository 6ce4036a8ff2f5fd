import { Body, Controller, Get, NotFoundException, Param, Post, Put, Query } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiBearerAuth,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { CurrentSession, OperatorOnly, RequireRole, type Session } from '../identity';
import { IdParameter, Listing, PageQuery } from '../rest';
import { ChannelConnection } from './channel-connection.service';
import { ChannelRegistry } from './channel-registry.service';
import { type ChannelRow, ChannelsRepository } from './channels.repository';
import { ChannelDto, ChannelListDto, RegisterChannelDto } from './dto/channel.dto';
import { ChannelCredentialsDto } from './dto/credentials.dto';
import { MetaAppDto, MetaAppListDto, SaveMetaAppDto } from './dto/meta-app.dto';
import type { MetaAppRow } from './meta-apps.repository';
import { MetaApps } from './meta-apps.service';

@ApiTags('channels')
@ApiBearerAuth()
@RequireRole('viewer')
@Controller('v1')
export class ChannelsController {
  constructor(
    private readonly registry: ChannelRegistry,
    private readonly repository: ChannelsRepository,
    private readonly connection: ChannelConnection,
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
    const channel = { ...body, workspaceId: body.workspaceId ?? session.workspaceId };
    return view(await this.registry.register(channel, session));
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
    return view(await this.found(session, id));
  }

  @Put('channels/:id/credentials')
  @RequireRole('admin')
  @ApiOperation({
    summary: 'Give a channel the token it sends with',
    description:
      'The Graph API is asked whether the token is that account’s. What was held for the channel is sent then.',
  })
  @ApiOkResponse({ type: ChannelDto })
  @ApiBadRequestResponse({ description: '`invalid`, `token_refused`' })
  async connect(
    @CurrentSession() session: Session,
    @Param('id', IdParameter) id: string,
    @Body() body: ChannelCredentialsDto,
  ): Promise<ChannelDto> {
    await this.connection.connect(await this.found(session, id), body);
    return view(await this.found(session, id));
  }

  private async found({ workspaceId }: Session, id: string): Promise<ChannelRow> {
    const row = await this.repository.find(workspaceId, id);
    if (row) return row;
    throw new NotFoundException({ code: 'not_found', message: 'There is no such channel in this workspace.' });
  }

  @Post('meta-apps')
  @OperatorOnly()
  @ApiOperation({
    summary: 'Set up a Meta app, or replace its secrets',
    description: 'Secrets are encrypted at rest and never told again.',
  })
  @ApiCreatedResponse({ type: MetaAppDto })
  async saveApp(@CurrentSession() session: Session, @Body() body: SaveMetaAppDto): Promise<MetaAppDto> {
    return appView(await this.apps.save(body, session));
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
  const { id, workspaceId, platform, externalId, businessAccountId, name, status, statusReason, createdAt } = row;
  const account = { id, workspaceId, platform, externalId, businessAccountId, name };
  return { ...account, status, statusReason, createdAt: createdAt.toISOString() };
}

function appView({ id, appId, name, updatedAt }: MetaAppRow): MetaAppDto {
  return { id, appId, name, updatedAt: updatedAt.toISOString() };
}
