import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { flowExamples, flowSchema } from '@switchboard/flows';
import { Authenticated, CurrentSession, RequireRole, type Session } from '../identity';
import { IdParameter, Listing } from '../rest';
import { FlowChecks } from './checks/flow-checks.service';
import {
  ChangeFlowDto,
  CheckedFlowDto,
  CheckFlowDto,
  CreateFlowDto,
  FlowCheckDto,
  FlowDto,
  FlowExampleListDto,
  FlowFileDto,
  FlowListDto,
  FlowQuery,
  FlowVersionListDto,
  VersionQuery,
} from './dto/flow.dto';
import { checkedFlowView, flowView, versionView } from './flow-views';
import { FlowsRepository } from './flows.repository';
import { Flows } from './flows.service';

const Invalid = () =>
  ApiUnprocessableEntityResponse({ description: '`flow_invalid`: `details` lists what is wrong, and in which step.' });

@ApiTags('flows')
@Authenticated()
@RequireRole('viewer')
@Controller('v1/flows')
export class FlowsController {
  constructor(
    private readonly flows: Flows,
    private readonly checks: FlowChecks,
    private readonly repository: FlowsRepository,
    private readonly listing: Listing,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The flows of the workspace, newest first' })
  @ApiOkResponse({ type: FlowListDto })
  list(@CurrentSession() { workspaceId }: Session, @Query() { limit, before, state }: FlowQuery): Promise<FlowListDto> {
    const load = (most: number) => this.repository.list(workspaceId, { state }, before, most);
    return this.listing.page(workspaceId, limit, load, flowView, ({ id }) => id);
  }

  @Get('schema')
  @ApiOperation({ summary: 'The JSON Schema of a flow’s definition', description: 'Draft 2020-12.' })
  @ApiOkResponse({ schema: { type: 'object', additionalProperties: true } })
  schema(): object {
    return flowSchema;
  }

  @Get('examples')
  @ApiOperation({ summary: 'Ready-made flows to begin with' })
  @ApiOkResponse({ type: FlowExampleListDto })
  examples(): FlowExampleListDto {
    return { items: [...flowExamples()] };
  }

  @Post('check')
  @HttpCode(200)
  @ApiOperation({ summary: 'Check a definition', description: 'Nothing is kept of it.' })
  @ApiOkResponse({ type: FlowCheckDto })
  async check(@CurrentSession() { workspaceId }: Session, @Body() { definition }: CheckFlowDto): Promise<FlowCheckDto> {
    return { problems: await this.checks.problems(workspaceId, null, definition) };
  }

  @Post('import')
  @RequireRole('admin')
  @ApiOperation({ summary: 'Make a flow of what was exported', description: 'Of this workspace or another; a draft.' })
  @ApiCreatedResponse({ type: CheckedFlowDto })
  @Invalid()
  async import(@CurrentSession() session: Session, @Body() file: FlowFileDto): Promise<CheckedFlowDto> {
    return checkedFlowView(await this.flows.create(session, file));
  }

  @Post()
  @RequireRole('admin')
  @ApiOperation({ summary: 'Make a flow', description: 'A draft: nothing starts it until it is published.' })
  @ApiCreatedResponse({ type: CheckedFlowDto })
  @Invalid()
  async create(@CurrentSession() session: Session, @Body() body: CreateFlowDto): Promise<CheckedFlowDto> {
    return checkedFlowView(await this.flows.create(session, body));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One flow, with what stands in the way of publishing its draft' })
  @ApiOkResponse({ type: CheckedFlowDto })
  async one(@CurrentSession() { workspaceId }: Session, @Param('id', IdParameter) id: string): Promise<CheckedFlowDto> {
    return checkedFlowView(await this.flows.checked(workspaceId, id));
  }

  @Patch(':id')
  @RequireRole('admin')
  @ApiOperation({
    summary: 'Change the draft of a flow',
    description: 'What is left out stays; what is published stays as it is until it is published again.',
  })
  @ApiOkResponse({ type: CheckedFlowDto })
  @Invalid()
  async change(
    @CurrentSession() { workspaceId }: Session,
    @Param('id', IdParameter) id: string,
    @Body() body: ChangeFlowDto,
  ): Promise<CheckedFlowDto> {
    return checkedFlowView(await this.flows.change(workspaceId, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireRole('admin')
  @ApiOperation({ summary: 'Delete a flow that was never published' })
  @ApiNoContentResponse()
  @ApiConflictResponse({ description: '`conflict`: it was published; turn it off instead.' })
  remove(@CurrentSession() { workspaceId }: Session, @Param('id', IdParameter) id: string): Promise<void> {
    return this.flows.remove(workspaceId, id);
  }

  @Get(':id/export')
  @ApiOperation({ summary: 'The draft of a flow as a file', description: '`POST /v1/flows/import` takes it.' })
  @ApiOkResponse({ type: FlowFileDto })
  async export(@CurrentSession() { workspaceId }: Session, @Param('id', IdParameter) id: string): Promise<FlowFileDto> {
    const { name, draft } = await this.flows.one(workspaceId, id);
    return { switchboard: 'flow', name, definition: { ...draft } };
  }

  @Get(':id/versions')
  @ApiOperation({ summary: 'The versions of a flow that were published, newest first' })
  @ApiOkResponse({ type: FlowVersionListDto })
  async versions(
    @CurrentSession() { workspaceId }: Session,
    @Param('id', IdParameter) id: string,
    @Query() { limit, before }: VersionQuery,
  ): Promise<FlowVersionListDto> {
    return { items: (await this.flows.versions(workspaceId, id, before, limit)).map(versionView) };
  }

  @Post(':id/publish')
  @HttpCode(200)
  @RequireRole('admin')
  @ApiOperation({
    summary: 'Publish the draft of a flow',
    description:
      'From then on its triggers start this version; whoever is in the flow finishes the one they began with.',
  })
  @ApiOkResponse({ type: FlowDto })
  @Invalid()
  async publish(@CurrentSession() session: Session, @Param('id', IdParameter) id: string): Promise<FlowDto> {
    return flowView(await this.flows.publish(session, id));
  }
}
