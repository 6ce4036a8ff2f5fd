import { Body, Controller, Get, HttpCode, Param, ParseIntPipe, Post, Query } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { Authenticated, CurrentSession, RequireRole, type Session } from '../identity';
import { IdParameter, Listing } from '../rest';
import {
  ExecutionDto,
  ExecutionListDto,
  ExecutionsOfFlowQuery,
  FlowStatsDto,
  StartExecutionDto,
} from './dto/execution.dto';
import { FlowDto, TurnOffDto } from './dto/flow.dto';
import { ExecutionViewsRepository } from './execution-views.repository';
import { FlowExecutions } from './flow-executions.service';
import { executionView, flowView, statsView } from './flow-views';
import { Flows } from './flows.service';

@ApiTags('flows')
@Authenticated()
@RequireRole('viewer')
@Controller('v1/flows')
export class FlowLifeController {
  constructor(
    private readonly flows: Flows,
    private readonly executions: FlowExecutions,
    private readonly views: ExecutionViewsRepository,
    private readonly listing: Listing,
  ) {}

  @Post(':id/off')
  @HttpCode(200)
  @RequireRole('admin')
  @ApiOperation({ summary: 'Turn a flow off', description: 'Nobody begins it any more, until it is published again.' })
  @ApiOkResponse({ type: FlowDto })
  @ApiConflictResponse({ description: '`conflict`: it is not published; `details.state`.' })
  async off(
    @CurrentSession() { workspaceId }: Session,
    @Param('id', IdParameter) id: string,
    @Body() { cancel = false }: TurnOffDto,
  ): Promise<FlowDto> {
    const flow = await this.flows.turnOff(workspaceId, id);
    if (cancel) await this.executions.cancelAll(workspaceId, id);
    return flowView(flow);
  }

  @Post(':id/executions')
  @RequireRole('admin')
  @ApiOperation({
    summary: 'Let a contact begin a flow',
    description: 'The published one must have the trigger `api`; a draft may be tried with `draft: true`.',
  })
  @ApiCreatedResponse({ type: ExecutionDto })
  @ApiConflictResponse({
    description: '`not_published`, `not_startable`, `already_in_flow` (`details.executionId`), `handed_over`',
  })
  @ApiUnprocessableEntityResponse({ description: '`flow_invalid`: the draft cannot be run; `details` says why.' })
  async start(
    @CurrentSession() session: Session,
    @Param('id', IdParameter) id: string,
    @Body() body: StartExecutionDto,
  ): Promise<ExecutionDto> {
    return executionView(await this.executions.start(session, id, body));
  }

  @Get(':id/executions')
  @ApiOperation({ summary: 'Who went, or goes, through a flow, newest first' })
  @ApiOkResponse({ type: ExecutionListDto })
  async list(
    @CurrentSession() { workspaceId, channelIds }: Session,
    @Param('id', IdParameter) flowId: string,
    @Query() { limit, before, state }: ExecutionsOfFlowQuery,
  ): Promise<ExecutionListDto> {
    await this.flows.one(workspaceId, flowId);
    const load = (most: number) => this.views.list(workspaceId, { flowId, state, channelIds }, before, most);
    return this.listing.page(workspaceId, limit, load, executionView, ({ id }) => id);
  }

  @Get(':id/stats')
  @ApiOperation({
    summary: 'How often each step of a flow was come to, and where people left it',
    description: 'Of all channels. Counts are of a version; what was tried of a draft is not counted among them.',
  })
  @ApiQuery({ name: 'version', required: false, type: 'integer', description: 'The latest where left out.' })
  @ApiOkResponse({ type: FlowStatsDto })
  async stats(
    @CurrentSession() { workspaceId }: Session,
    @Param('id', IdParameter) id: string,
    @Query('version', new ParseIntPipe({ optional: true })) asked?: number,
  ): Promise<FlowStatsDto> {
    const { version: latest, draft } = await this.flows.one(workspaceId, id);
    if (latest === 0 && asked === undefined) return statsView({ number: null, definition: draft }, [], []);
    const version = await this.flows.version(workspaceId, id, asked ?? latest);
    const [counts, states] = await Promise.all([this.views.counts(id, version.id), this.views.states(id, version.id)]);
    return statsView(version, counts, states);
  }
}
