import { Body, Controller, Get, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiConflictResponse, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PageQuery } from './dto/fields';
import { CreateWorkspaceRequest, WorkspacePage, WorkspaceView } from './dto/workspaces.dto';
import { Authenticated, CurrentSession, OperatorOnly } from './http-auth.decorators';
import { RetryAfterHeader } from './retry-later';
import type { Session } from './session';
import { pageOf, workspaceView } from './views';
import { WorkspacesService } from './workspaces.service';

@ApiTags('workspaces')
@Authenticated()
@UseInterceptors(RetryAfterHeader)
@Controller('v1/workspaces')
export class WorkspacesController {
  constructor(private readonly workspaces: WorkspacesService) {}

  @Get()
  @ApiOperation({ summary: 'Your workspaces; every workspace for the operator' })
  @ApiOkResponse({ type: WorkspacePage })
  async list(@CurrentSession() session: Session, @Query() query: PageQuery): Promise<WorkspacePage> {
    const head = await this.workspaces.head(session);
    const { rows, next } = pageOf(await this.workspaces.list(session, query.after, query.limit + 1), query.limit);
    return { head, items: rows.map(workspaceView), next };
  }

  @OperatorOnly()
  @Post()
  @ApiOperation({ summary: 'Make a workspace and its owner' })
  @ApiCreatedResponse({ type: WorkspaceView })
  @ApiConflictResponse({ description: '`email_taken`: the address belongs to a user of another application.' })
  async create(@Body() body: CreateWorkspaceRequest): Promise<WorkspaceView> {
    return workspaceView(await this.workspaces.create(body.name, body.owner));
  }
}
