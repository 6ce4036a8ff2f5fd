import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Database } from '@switchboard/database';
import { CurrentSession, RequireRole, type Session, TeamActivities } from '../identity';
import { IdParameter, noSuch } from '../rest';
import { DisconnectedDto, UserSocketsDto, WorkspaceSocketsDto } from './dto';
import { PeopleRepository, type Person } from './people.repository';
import { SocketDirectory } from './socket-directory';

@ApiTags('realtime')
@ApiBearerAuth()
@RequireRole('admin')
@Controller('v1/realtime')
export class RealtimeController {
  constructor(
    private readonly directory: SocketDirectory,
    private readonly people: PeopleRepository,
    private readonly activities: TeamActivities,
    private readonly database: Database,
  ) {}

  @Get('connections')
  @ApiOperation({ summary: "The workspace's sockets, by namespace", description: 'Of all gateways, as they are now.' })
  @ApiOkResponse({ type: WorkspaceSocketsDto })
  connections(@CurrentSession() { workspaceId }: Session): Promise<WorkspaceSocketsDto> {
    return this.directory.ofWorkspace(workspaceId);
  }

  @Get('users/:id')
  @ApiOperation({ summary: 'Whether a user, or an API key by its id, is connected' })
  @ApiOkResponse({ type: UserSocketsDto })
  async user(
    @CurrentSession() { workspaceId }: Session,
    @Param('id', IdParameter) id: string,
  ): Promise<UserSocketsDto> {
    await this.person(workspaceId, id);
    const counts = await this.directory.connectionCount(workspaceId, id);
    return { connected: counts.sockets > 0, ...counts };
  }

  @Post('users/:id/disconnect')
  @HttpCode(200)
  @ApiOperation({
    summary: "End a user's sockets, or an API key's",
    description:
      'In this workspace, on all gateways; each is told `session.ended` with the reason `disconnected`. The token stays good: to keep somebody out, end the sessions or revoke the key.',
  })
  @ApiOkResponse({ type: DisconnectedDto })
  async disconnect(@CurrentSession() session: Session, @Param('id', IdParameter) id: string): Promise<DisconnectedDto> {
    const subject = await this.person(session.workspaceId, id);
    const counts = await this.directory.disconnectUser(session.workspaceId, id, 'disconnected');
    await this.database.transaction(() =>
      this.activities.done(session, {
        action: 'member.disconnected',
        subject,
        details: { sockets: counts.sockets },
      }),
    );
    return counts;
  }

  private async person(workspaceId: string, id: string): Promise<Person> {
    const person = await this.people.find(workspaceId, id);
    if (!person) throw noSuch('user or API key');
    return person;
  }
}
