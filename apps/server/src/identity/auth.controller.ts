import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, UseInterceptors } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiResponse,
  ApiTags,
  ApiUnauthorizedResponse,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Listing, RetryAfterHeader } from '../rest';
import { AuthenticationService, type Client } from './authentication.service';
import {
  ChangePasswordRequest,
  MeView,
  RefreshRequest,
  SessionPage,
  SessionsQuery,
  SignInRequest,
  SignInView,
} from './dto/auth.dto';
import { Authenticated, CurrentSession, PeopleOnly, Public, RequireRole } from './http-auth.decorators';
import type { Session } from './session';
import { SessionControlService } from './session-control.service';
import type { SessionListing } from './sessions.repository';
import { SignInLimiter } from './sign-in-limiter';
import { idParameter, meView, sessionView, signInView } from './views';

const TooManyAttempts = () =>
  ApiResponse({
    status: 429,
    description: 'Too many failures from this address; `Retry-After` says when to try again.',
  });

@ApiTags('auth')
@PeopleOnly()
@RequireRole('viewer')
@UseInterceptors(RetryAfterHeader)
@Controller('v1/auth')
export class AuthController {
  constructor(
    private readonly authentication: AuthenticationService,
    private readonly control: SessionControlService,
    private readonly listing: Listing,
    private readonly limiter: SignInLimiter,
  ) {}

  @Public()
  @Post('sign-in')
  @HttpCode(200)
  @ApiOperation({ summary: 'Sign in with email and password' })
  @ApiOkResponse({ type: SignInView })
  @ApiUnauthorizedResponse({ description: '`invalid_credentials`' })
  @ApiNotFoundResponse({ description: 'The user is a member of no such workspace.' })
  @TooManyAttempts()
  async signIn(@Body() body: SignInRequest, @Req() request: FastifyRequest): Promise<SignInView> {
    const { email, password, workspaceId } = body;
    const signIn = (check: Check) => this.authentication.signIn(email, password, workspaceId, clientOf(request, check));
    return signInView(await this.limiter.attempt(request.ip, email, signIn));
  }

  @Public()
  @Post('refresh')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Exchange a refresh token for the next pair of tokens',
    description:
      'A refresh token is used up by this; one that comes again within half a minute (`REFRESH_TOKEN_REUSE_INTERVAL`), because the answer was lost, gets another pair in the place of the first. Later it was copied, so its session is ended.',
  })
  @ApiOkResponse({ type: SignInView })
  @ApiUnauthorizedResponse({ description: '`unauthenticated`, `token_expired` or `token_revoked`' })
  @TooManyAttempts()
  async refresh(@Body() body: RefreshRequest, @Req() request: FastifyRequest): Promise<SignInView> {
    const refresh = () => this.authentication.refresh(body.refreshToken);
    return signInView(await this.limiter.attempt(request.ip, undefined, refresh));
  }

  @Authenticated()
  @Post('sign-out')
  @HttpCode(204)
  @ApiOperation({ summary: 'End the session of this access token, its sockets included' })
  @ApiNoContentResponse()
  async signOut(@CurrentSession() session: Session): Promise<void> {
    await this.authentication.signOut(session);
  }

  @Authenticated()
  @Get('me')
  @ApiOperation({ summary: 'Who this access token is for' })
  @ApiOkResponse({ type: MeView })
  async me(@CurrentSession() session: Session): Promise<MeView> {
    const { account, workspaces } = await this.authentication.accountOf(session);
    return meView(session, account, workspaces);
  }

  @Authenticated()
  @Post('password')
  @HttpCode(200)
  @ApiOperation({ summary: 'Change your password', description: 'Ends every other session of yours.' })
  @ApiOkResponse({ type: SignInView })
  @ApiBadRequestResponse({ description: '`wrong_password`' })
  @TooManyAttempts()
  async changePassword(
    @CurrentSession() session: Session,
    @Body() body: ChangePasswordRequest,
    @Req() request: FastifyRequest,
  ): Promise<SignInView> {
    const { currentPassword, newPassword } = body;
    const change = (check: Check) =>
      this.authentication.changePassword(session, currentPassword, newPassword, clientOf(request, check));
    return signInView(await this.limiter.attempt(request.ip, session.userId, change));
  }

  @Authenticated()
  @Get('sessions')
  @ApiOperation({
    summary: 'Open sessions of a user in this workspace',
    description: "Your own, or with the role admin another member's.",
  })
  @ApiOkResponse({ type: SessionPage })
  @ApiNotFoundResponse({ description: 'No such user in this workspace.' })
  async sessions(@CurrentSession() session: Session, @Query() query: SessionsQuery): Promise<SessionPage> {
    const load = (most: number) => this.control.list(session, query.userId, query.before, most);
    const view = (listing: SessionListing) => sessionView(listing, session);
    return this.listing.page(session.workspaceId, query.limit, load, view, ({ id }) => id);
  }

  @Authenticated()
  @Post('sessions/:id/revoke')
  @HttpCode(204)
  @ApiOperation({
    summary: 'End a session',
    description: "Your own, or with the role admin that of a member with no higher role; the operator any user's.",
  })
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ description: 'No such session in this workspace.' })
  async revokeSession(@CurrentSession() session: Session, @Param('id', idParameter) id: string): Promise<void> {
    await this.control.revokeSession(session, id);
  }

  @Authenticated()
  @Post('users/:id/revoke')
  @HttpCode(204)
  @ApiOperation({
    summary: 'End every session of a user',
    description:
      'With the role admin: those in this workspace. Your own, and asked by the operator: everywhere. The user may sign in again.',
  })
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ description: 'No such user in this workspace.' })
  async revokeUser(@CurrentSession() session: Session, @Param('id', idParameter) id: string): Promise<void> {
    await this.control.revokeUser(session, id);
  }
}

type Check = Client['check'];

const clientOf = (request: FastifyRequest, check: Check): Client => ({
  userAgent: request.headers['user-agent'] ?? null,
  check,
});
