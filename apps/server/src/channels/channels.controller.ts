import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiBearerAuth,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiServiceUnavailableResponse,
  ApiTags,
} from '@nestjs/swagger';
import { CurrentSession, RequireRole, RequireRoleOrOperator, type Session } from '../identity';
import { IdParameter, Listing, PageQuery } from '../rest';
import { channelView } from './channel-view';
import { ChannelsRepository } from './channels.repository';
import { Channels } from './channels.service';
import {
  ChangeChannelDto,
  ChannelDto,
  ChannelListDto,
  DeleteChannelQuery,
  RegisterChannelDto,
} from './dto/channel.dto';
import { ChannelCredentialsDto } from './dto/credentials.dto';

@ApiTags('channels')
@ApiBearerAuth()
@RequireRole('viewer')
@Controller('v1/channels')
export class ChannelsController {
  constructor(
    private readonly channels: Channels,
    private readonly repository: ChannelsRepository,
    private readonly listing: Listing,
  ) {}

  @Post()
  @RequireRoleOrOperator('admin')
  @ApiOperation({
    summary: 'Register an account of Meta, and connect it',
    description:
      'With a token, for an administrator: the Graph API must say that the token is that account’s; then webhooks are subscribed and limits read. Without one, for the operator only. Items that waited for the account are taken in.',
  })
  @ApiCreatedResponse({
    type: ChannelDto,
    description: 'See `status`: an account may be registered and not yet connected.',
  })
  @ApiBadRequestResponse({ description: '`invalid`, `token_refused`' })
  @ApiNotFoundResponse({ description: '`workspaceId` or `metaAppId`: there is none of this id.' })
  @ApiConflictResponse({ description: '`conflict`: the account is registered already; `detail` says what to do.' })
  @ApiServiceUnavailableResponse({ description: '`graph_unavailable`: nothing was registered; try again.' })
  async register(@CurrentSession() session: Session, @Body() body: RegisterChannelDto): Promise<ChannelDto> {
    return channelView(await this.channels.register(session, body));
  }

  @Get()
  @ApiOperation({ summary: 'The channels of the workspace' })
  @ApiOkResponse({ type: ChannelListDto })
  list(@CurrentSession() session: Session, @Query() query: PageQuery): Promise<ChannelListDto> {
    const load = (limit: number) => this.repository.list(session.workspaceId, query.before, limit, session.channelIds);
    return this.listing.page(session.workspaceId, query.limit, load, channelView, (row) => row.id);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One channel' })
  @ApiOkResponse({ type: ChannelDto })
  async one(@CurrentSession() session: Session, @Param('id', IdParameter) id: string): Promise<ChannelDto> {
    return channelView(await this.channels.find(session, id));
  }

  @Patch(':id')
  @RequireRoleOrOperator('admin')
  @ApiOperation({ summary: 'Change a channel’s name, business account or Meta app' })
  @ApiOkResponse({ type: ChannelDto })
  @ApiBadRequestResponse({ description: '`invalid`, `token_refused`' })
  async change(
    @CurrentSession() session: Session,
    @Param('id', IdParameter) id: string,
    @Body() body: ChangeChannelDto,
  ): Promise<ChannelDto> {
    return channelView(await this.channels.change(session, id, body));
  }

  @Put(':id/credentials')
  @RequireRole('admin')
  @ApiOperation({
    summary: 'Give a channel the token it sends with',
    description:
      'The Graph API is asked whether the token is that account’s; webhooks are subscribed and limits read. What was held for the channel is sent then.',
  })
  @ApiOkResponse({ type: ChannelDto })
  @ApiBadRequestResponse({ description: '`invalid`, `token_refused`' })
  @ApiServiceUnavailableResponse({ description: '`graph_unavailable`' })
  async connect(
    @CurrentSession() session: Session,
    @Param('id', IdParameter) id: string,
    @Body() body: ChannelCredentialsDto,
  ): Promise<ChannelDto> {
    return channelView(await this.channels.connect(session, id, body));
  }

  @Post(':id/check')
  @HttpCode(200)
  @RequireRole('admin')
  @ApiOperation({
    summary: 'Ask Meta now how a channel is',
    description:
      'Limits and quality are read, and what has changed is told; a token that is dead stops the channel. Done by itself every 6 hours.',
  })
  @ApiOkResponse({ type: ChannelDto })
  @ApiConflictResponse({ description: '`channel_disconnected`' })
  @ApiServiceUnavailableResponse({ description: '`graph_unavailable`' })
  async check(@CurrentSession() session: Session, @Param('id', IdParameter) id: string): Promise<ChannelDto> {
    return channelView(await this.channels.check(session, id));
  }

  @Post(':id/disconnect')
  @HttpCode(200)
  @RequireRole('admin')
  @ApiOperation({
    summary: 'End a channel’s connection',
    description:
      'The webhook subscription is removed and the token deleted. What waits to be sent fails with the reason, or is held where that was asked for. Its history stays; connect it again with a token.',
  })
  @ApiOkResponse({ type: ChannelDto })
  async disconnect(@CurrentSession() session: Session, @Param('id', IdParameter) id: string): Promise<ChannelDto> {
    return channelView(await this.channels.disconnect(session, id));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireRoleOrOperator('owner')
  @ApiOperation({
    summary: 'Give an account up',
    description:
      'Afterwards it may be registered again, by any workspace. A channel with conversations is refused unless `withHistory=keep`: then it stays, without its account, for its history to be read. The operator may, in any workspace.',
  })
  @ApiNoContentResponse()
  @ApiConflictResponse({ description: '`channel_has_history`' })
  async remove(
    @CurrentSession() session: Session,
    @Param('id', IdParameter) id: string,
    @Query() query: DeleteChannelQuery,
  ): Promise<void> {
    await this.channels.remove(session, id, query.withHistory === 'keep');
  }
}
