import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated, CurrentSession, RequireRole, type Session } from '../../identity';
import { IdParameter, Listing, PageQuery } from '../../rest';
import { PutSecretDto, SecretDto, SecretListDto } from '../dto/secret.dto';
import { secretView } from '../flow-views';
import { FlowSecretsRepository } from './flow-secrets.repository';
import { FlowSecrets } from './flow-secrets.service';

@ApiTags('flows')
@Authenticated()
@RequireRole('admin')
@Controller('v1/flow-secrets')
export class FlowSecretsController {
  constructor(
    private readonly secrets: FlowSecrets,
    private readonly repository: FlowSecretsRepository,
    private readonly listing: Listing,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'The names of secrets that HTTP steps may use',
    description: 'Their values are never shown.',
  })
  @ApiOkResponse({ type: SecretListDto })
  list(@CurrentSession() { workspaceId }: Session, @Query() { limit, before }: PageQuery): Promise<SecretListDto> {
    const load = (most: number) => this.repository.list(workspaceId, before, most);
    return this.listing.page(workspaceId, limit, load, secretView, ({ id }) => id);
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Set a secret, or another value of it',
    description: 'Steps name it `{{ secrets.NAME }}`. Encrypted at rest.',
  })
  @ApiOkResponse({ type: SecretDto })
  async put(@CurrentSession() { workspaceId }: Session, @Body() { name, value }: PutSecretDto): Promise<SecretDto> {
    return secretView(await this.secrets.put(workspaceId, name, value));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Forget a secret', description: 'Steps that name it fail from then on.' })
  @ApiNoContentResponse()
  remove(@CurrentSession() { workspaceId }: Session, @Param('id', IdParameter) id: string): Promise<void> {
    return this.secrets.remove(workspaceId, id);
  }
}
