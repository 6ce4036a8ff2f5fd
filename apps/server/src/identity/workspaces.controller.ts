import { Body, Controller, Get, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiConflictResponse, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Listing, PageQuery, RetryAfterHeader } from '../rest';
import { CreateWorkspaceRequest, WorkspacePage, WorkspaceView } from './dto/workspaces.dto';
import { Authenticated, CurrentSession, OperatorOnly, PeopleOnly, RequireRole } from './http-auth.decorators';
import type { Session } from './session';
import { workspaceView } from './views';
import { WorkspacesService } from './workspaces.service';

@ApiTags('workspaces')
@Authenticated()
@PeopleOnly()
@RequireRole('viewer')
@UseInterceptors(RetryAfterHeader)
@Controller('v1/workspaces')
export class WorkspacesController {
  constructor(
    private readonly workspaces: WorkspacesService,
    private readonly listing: Listing,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Your workspaces; every workspace for the operator' })
  @ApiOkResponse({ type: WorkspacePage })
  async list(@CurrentSession() session: Session, @Query() query: PageQuery): Promise<WorkspacePage> {
    const load = (most: number) => this.workspaces.list(session, query.before, most);
    return this.listing.page(session.workspaceId, query.limit, load, workspaceView, ({ id }) => id);
  }

  @OperatorOnly()
  @Post()
  @ApiOperation({ summary: 'Make a workspace and its owner' })
  @ApiCreatedResponse({ type: WorkspaceView })
  @ApiConflictResponse({ description: '`email_taken`: the address belongs to a user of another application.' })
  async create(@CurrentSession() session: Session, @Body() body: CreateWorkspaceRequest): Promise<WorkspaceView> {
    return workspaceView(await this.workspaces.create(session, body.name, body.owner));
  }
}
