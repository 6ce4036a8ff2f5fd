import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Listing, PageQuery } from '../rest';
import { ApiKeysService } from './api-keys.service';
import { ApiKeyPage, CreateApiKeyRequest, NewApiKeyView } from './dto/api-keys.dto';
import { Authenticated, CurrentSession, PeopleOnly, RequireRole } from './http-auth.decorators';
import type { Session } from './session';
import { apiKeyView, idParameter } from './views';

@ApiTags('API keys')
@Authenticated()
@PeopleOnly()
@RequireRole('admin')
@Controller('v1/api-keys')
export class ApiKeysController {
  constructor(
    private readonly keys: ApiKeysService,
    private readonly listing: Listing,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The API keys of this workspace, those that were revoked too' })
  @ApiOkResponse({ type: ApiKeyPage })
  list(@CurrentSession() session: Session, @Query() { before, limit }: PageQuery): Promise<ApiKeyPage> {
    const load = (most: number) => this.keys.list(session, before, most);
    return this.listing.page(session.workspaceId, limit, load, apiKeyView, ({ id }) => id);
  }

  @Post()
  @ApiOperation({
    summary: 'Make an API key',
    description: 'The key is in this answer and nowhere else. It cannot manage members, keys or sign-in.',
  })
  @ApiCreatedResponse({ type: NewApiKeyView })
  async create(@CurrentSession() session: Session, @Body() body: CreateApiKeyRequest): Promise<NewApiKeyView> {
    const { key, row } = await this.keys.create(session, body);
    return { ...apiKeyView(row), key };
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke an API key and end its sockets, at once and in every process' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ description: 'No such key in this workspace.' })
  async revoke(@CurrentSession() session: Session, @Param('id', idParameter) id: string): Promise<void> {
    await this.keys.revoke(session, id);
  }
}
