import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { CurrentSession, RequireRole, type Session } from '../../identity';
import { IdParameter, Listing, PageQuery } from '../../rest';
import { TagDto, TagListDto, TagNameDto } from '../dto/tag.dto';
import { TagsRepository } from './tags.repository';
import { ContactTags } from './tags.service';

@ApiTags('contacts')
@ApiBearerAuth()
@RequireRole('viewer')
@Controller('v1/contact-tags')
export class TagsController {
  constructor(
    private readonly tags: ContactTags,
    private readonly repository: TagsRepository,
    private readonly listing: Listing,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The tags of the workspace' })
  @ApiOkResponse({ type: TagListDto })
  list(@CurrentSession() { workspaceId }: Session, @Query() query: PageQuery): Promise<TagListDto> {
    const load = (limit: number) => this.repository.list(workspaceId, query.before, limit);
    return this.listing.page(
      workspaceId,
      query.limit,
      load,
      (row): TagDto => row,
      (row) => row.id,
    );
  }

  @Post()
  @RequireRole('agent')
  @ApiOperation({ summary: 'Add a tag' })
  @ApiCreatedResponse({ type: TagDto })
  add(@CurrentSession() { workspaceId }: Session, @Body() body: TagNameDto): Promise<TagDto> {
    return this.tags.add(workspaceId, body.name);
  }

  @Patch(':id')
  @RequireRole('admin')
  @ApiOperation({ summary: 'Rename a tag' })
  @ApiOkResponse({ type: TagDto })
  rename(
    @CurrentSession() { workspaceId }: Session,
    @Param('id', IdParameter) id: string,
    @Body() body: TagNameDto,
  ): Promise<TagDto> {
    return this.tags.rename(workspaceId, id, body.name);
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireRole('admin')
  @ApiOperation({ summary: 'Delete a tag, and take it from every contact' })
  @ApiNoContentResponse()
  remove(@CurrentSession() { workspaceId }: Session, @Param('id', IdParameter) id: string): Promise<void> {
    return this.tags.remove(workspaceId, id);
  }
}
