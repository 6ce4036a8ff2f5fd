import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, UseInterceptors } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Listing, RetryAfterHeader } from '../rest';
import { ChangeRightsRequest, CreateUserRequest, MemberPage, MemberView, UsersQuery } from './dto/users.dto';
import { Authenticated, CurrentSession, OperatorOnly, PeopleOnly, RequireRole } from './http-auth.decorators';
import { MembersService } from './members.service';
import type { Session } from './session';
import { SessionControlService } from './session-control.service';
import { idParameter, memberView, removedMemberView } from './views';

@ApiTags('users')
@Authenticated()
@PeopleOnly()
@RequireRole('viewer')
@UseInterceptors(RetryAfterHeader)
@Controller('v1/users')
export class UsersController {
  constructor(
    private readonly members: MembersService,
    private readonly control: SessionControlService,
    private readonly listing: Listing,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Members of this workspace' })
  @ApiOkResponse({ type: MemberPage })
  async list(@CurrentSession() session: Session, @Query() query: UsersQuery): Promise<MemberPage> {
    const { workspaceId } = session;
    const { limit, before, removed } = query;
    const keyOf = ({ id }: { id: string }) => id;
    if (removed) {
      const load = (most: number) => this.members.listRemoved(session, before, most);
      return this.listing.page(workspaceId, limit, load, removedMemberView, keyOf);
    }
    return this.listing.page(workspaceId, limit, (most) => this.members.list(session, before, most), memberView, keyOf);
  }

  @RequireRole('admin')
  @Post()
  @ApiOperation({ summary: 'Add a member to this workspace' })
  @ApiCreatedResponse({ type: MemberView })
  @ApiConflictResponse({ description: '`email_taken`, `already_member`' })
  async create(@CurrentSession() session: Session, @Body() body: CreateUserRequest): Promise<MemberView> {
    return memberView(await this.members.add(session, body));
  }

  @RequireRole('admin')
  @Patch(':id')
  @ApiOperation({
    summary: "Change a member's role, or limit them to some channels",
    description:
      'Roles: theirs and the new one no higher than your own. Their access tokens and sockets in this workspace end at once, in every process; refreshing brings the new rights. A user of another application has the role that its tokens say.',
  })
  @ApiOkResponse({ type: MemberView })
  @ApiNotFoundResponse({ description: 'No such user in this workspace.' })
  @ApiConflictResponse({ description: '`last_owner`, `external_user`' })
  async changeRights(
    @CurrentSession() session: Session,
    @Param('id', idParameter) id: string,
    @Body() rights: ChangeRightsRequest,
  ): Promise<MemberView> {
    return memberView(await this.members.changeRights(session, id, rights));
  }

  @RequireRole('admin')
  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Remove a member from this workspace and end their sessions in it',
    description:
      'An account that signs in here and is left without a workspace is deleted; a user of another application is kept out.',
  })
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ description: 'No such user in this workspace.' })
  @ApiConflictResponse({ description: '`last_owner`' })
  async remove(@CurrentSession() session: Session, @Param('id', idParameter) id: string): Promise<void> {
    await this.members.remove(session, id);
  }

  @RequireRole('admin')
  @Post(':id/restore')
  @HttpCode(204)
  @ApiOperation({ summary: 'Let a removed user of another application in again, with their next token' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ description: 'No such user was removed from this workspace.' })
  @ApiConflictResponse({ description: '`already_member`' })
  async restore(@CurrentSession() session: Session, @Param('id', idParameter) id: string): Promise<void> {
    await this.members.restore(session, id);
  }

  @OperatorOnly()
  @Post(':id/disable')
  @HttpCode(204)
  @ApiOperation({ summary: 'Keep a user out of every workspace and end all their sessions' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ description: 'No such user.' })
  async disable(@CurrentSession() session: Session, @Param('id', idParameter) id: string): Promise<void> {
    await this.control.disable(session, id);
  }

  @OperatorOnly()
  @Post(':id/enable')
  @HttpCode(204)
  @ApiOperation({ summary: 'Let a disabled user sign in again' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ description: 'No such user.' })
  async enable(@CurrentSession() session: Session, @Param('id', idParameter) id: string): Promise<void> {
    await this.control.enable(session, id);
  }
}
