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
import { AttributeDto, AttributeListDto, ChangeAttributeDto, DefineAttributeDto } from '../dto/attribute.dto';
import { AttributesRepository } from './attributes.repository';
import { ContactAttributes } from './attributes.service';

@ApiTags('contacts')
@ApiBearerAuth()
@RequireRole('viewer')
@Controller('v1/contact-attributes')
export class AttributesController {
  constructor(
    private readonly attributes: ContactAttributes,
    private readonly repository: AttributesRepository,
    private readonly listing: Listing,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The custom attributes of contacts' })
  @ApiOkResponse({ type: AttributeListDto })
  list(@CurrentSession() { workspaceId }: Session, @Query() query: PageQuery): Promise<AttributeListDto> {
    const load = (limit: number) => this.repository.list(workspaceId, query.before, limit);
    return this.listing.page(
      workspaceId,
      query.limit,
      load,
      (row): AttributeDto => row,
      (row) => row.id,
    );
  }

  @Post()
  @RequireRole('admin')
  @ApiOperation({ summary: 'Define an attribute' })
  @ApiCreatedResponse({ type: AttributeDto })
  define(@CurrentSession() { workspaceId }: Session, @Body() body: DefineAttributeDto): Promise<AttributeDto> {
    return this.attributes.define(workspaceId, body);
  }

  @Patch(':id')
  @RequireRole('admin')
  @ApiOperation({ summary: 'Change what an attribute is called, or what may be chosen' })
  @ApiOkResponse({ type: AttributeDto })
  change(
    @CurrentSession() { workspaceId }: Session,
    @Param('id', IdParameter) id: string,
    @Body() body: ChangeAttributeDto,
  ): Promise<AttributeDto> {
    return this.attributes.change(workspaceId, id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireRole('admin')
  @ApiOperation({ summary: 'Delete an attribute and the values that contacts have of it' })
  @ApiNoContentResponse()
  remove(@CurrentSession() { workspaceId }: Session, @Param('id', IdParameter) id: string): Promise<void> {
    return this.attributes.remove(workspaceId, id);
  }
}
