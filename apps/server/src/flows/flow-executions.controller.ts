import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiConflictResponse, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated, CurrentSession, RequireRole, type Session } from '../identity';
import { IdParameter, Listing } from '../rest';
import { ExecutionDto, ExecutionListDto, ExecutionQuery, ExecutionWithStepsDto } from './dto/execution.dto';
import { ExecutionViewsRepository } from './execution-views.repository';
import { FlowExecutions } from './flow-executions.service';
import { executionView, stepView } from './flow-views';

@ApiTags('flows')
@Authenticated()
@RequireRole('viewer')
@Controller('v1/flow-executions')
export class FlowExecutionsController {
  constructor(
    private readonly executions: FlowExecutions,
    private readonly views: ExecutionViewsRepository,
    private readonly listing: Listing,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Executions of all flows, newest first' })
  @ApiOkResponse({ type: ExecutionListDto })
  list(
    @CurrentSession() { workspaceId, channelIds }: Session,
    @Query() { limit, before, ...filter }: ExecutionQuery,
  ): Promise<ExecutionListDto> {
    const load = (most: number) => this.views.list(workspaceId, { ...filter, channelIds }, before, most);
    return this.listing.page(workspaceId, limit, load, executionView, ({ id }) => id);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One execution, with what it did step by step' })
  @ApiOkResponse({ type: ExecutionWithStepsDto })
  async one(
    @CurrentSession() { workspaceId }: Session,
    @Param('id', IdParameter) id: string,
  ): Promise<ExecutionWithStepsDto> {
    const { execution, steps } = await this.executions.one(workspaceId, id);
    return { ...executionView(execution), steps: steps.map(stepView) };
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @RequireRole('admin')
  @ApiOperation({
    summary: 'End an execution',
    description: 'And those that it has called. One that has ended stays as it is.',
  })
  @ApiOkResponse({ type: ExecutionDto })
  async cancel(
    @CurrentSession() { workspaceId }: Session,
    @Param('id', IdParameter) id: string,
  ): Promise<ExecutionDto> {
    return executionView(await this.executions.cancel(workspaceId, id));
  }

  @Post(':id/replay')
  @RequireRole('admin')
  @ApiOperation({
    summary: 'Do the step again at which an execution has failed, and go on from there',
    description: 'As a new execution of the same version, with the variables of then.',
  })
  @ApiCreatedResponse({ type: ExecutionDto })
  @ApiConflictResponse({ description: '`conflict`: it has not failed. `already_in_flow`, `handed_over`' })
  async replay(
    @CurrentSession() { workspaceId }: Session,
    @Param('id', IdParameter) id: string,
  ): Promise<ExecutionDto> {
    return executionView(await this.executions.replay(workspaceId, id));
  }
}
