import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Authenticated, CurrentSession, RequireRole, type Session } from '../../identity';
import { IdParameter, Listing, PageQuery } from '../../rest';
import { CreateLabelDto, LabelDto, LabelListDto, UpdateLabelDto } from './dto/label.dto';
import { Labels } from './labels.service';

@ApiTags('labels')
@Authenticated()
@RequireRole('viewer')
@Controller('v1/labels')
export class LabelsController {
  constructor(
    private readonly labels: Labels,
    private readonly listing: Listing,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The labels of the workspace, newest first' })
  @ApiOkResponse({ type: LabelListDto })
  list(@CurrentSession() { workspaceId }: Session, @Query() { limit, before }: PageQuery): Promise<LabelListDto> {
    return this.listing.page(
      workspaceId,
      limit,
      (most) => this.labels.list(workspaceId, before, most),
      (label) => label,
      ({ id }) => id,
    );
  }

  @Post()
  @RequireRole('admin')
  @ApiOperation({ summary: 'Add a label; at most 500' })
  @ApiCreatedResponse({ type: LabelDto })
  @ApiConflictResponse({ description: '`name_taken`' })
  create(@CurrentSession() { workspaceId }: Session, @Body() body: CreateLabelDto): Promise<LabelDto> {
    return this.labels.create(workspaceId, body);
  }

  @Patch(':id')
  @RequireRole('admin')
  @ApiOperation({ summary: 'Rename a label or change its colour' })
  @ApiOkResponse({ type: LabelDto })
  @ApiConflictResponse({ description: '`name_taken`' })
  update(
    @CurrentSession() { workspaceId }: Session,
    @Param('id', IdParameter) id: string,
    @Body() body: UpdateLabelDto,
  ): Promise<LabelDto> {
    return this.labels.update(workspaceId, id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireRole('admin')
  @ApiOperation({ summary: 'Delete a label and take it off every conversation' })
  @ApiNoContentResponse()
  delete(@CurrentSession() { workspaceId }: Session, @Param('id', IdParameter) id: string): Promise<void> {
    return this.labels.delete(workspaceId, id);
  }
}
