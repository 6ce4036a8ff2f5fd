import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  Req,
  UseInterceptors,
} from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiGoneResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { APP_CONFIG, type AppConfig } from '@switchboard/config';
import type { FastifyRequest } from 'fastify';
import { Listing, RetryAfterHeader } from '../rest';
import { SignInView } from './dto/auth.dto';
import {
  AcceptInvitationRequest,
  CreateInvitationRequest,
  InvitationPage,
  InvitationsQuery,
  InvitationTokenRequest,
  NewInvitationView,
  OpenInvitationView,
} from './dto/invitations.dto';
import { MemberView } from './dto/users.dto';
import { Authenticated, CurrentSession, PeopleOnly, Public, RequireRole } from './http-auth.decorators';
import { InvitationsService } from './invitations.service';
import type { Session } from './session';
import { SignInLimiter } from './sign-in-limiter';
import { idParameter, invitationView, memberView, openInvitationView, signInView } from './views';

const Over = () => ApiGoneResponse({ description: '`invitation_over`: used, taken back, expired, or never made.' });

@ApiTags('invitations')
@Authenticated()
@PeopleOnly()
@UseInterceptors(RetryAfterHeader)
@Controller('v1/invitations')
export class InvitationsController {
  constructor(
    private readonly invitations: InvitationsService,
    private readonly listing: Listing,
    private readonly limiter: SignInLimiter,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  @RequireRole('admin')
  @Get()
  @ApiOperation({ summary: 'Who was invited to this workspace', description: 'Until 30 days after it has expired.' })
  @ApiOkResponse({ type: InvitationPage })
  list(@CurrentSession() session: Session, @Query() query: InvitationsQuery): Promise<InvitationPage> {
    const load = (most: number) => this.invitations.list(session, query.state, query.before, most);
    return this.listing.page(session.workspaceId, query.limit, load, invitationView, ({ id }) => id);
  }

  @RequireRole('admin')
  @Post()
  @ApiOperation({
    summary: 'Invite somebody to this workspace',
    description:
      'The answer has the link, once: pass it on yourself, Switchboard sends no mail. An invitation of the same person that was open ends.',
  })
  @ApiCreatedResponse({ type: NewInvitationView })
  @ApiConflictResponse({ description: '`already_member`' })
  async create(
    @CurrentSession() session: Session,
    @Body() body: CreateInvitationRequest,
    @Req() request: FastifyRequest,
  ): Promise<NewInvitationView> {
    const { invitation, token } = await this.invitations.invite(session, body);
    const base = this.config.publicUrl ?? `${request.protocol}://${request.host}`;
    // Behind the #, which browsers keep to themselves: no log on the way gets to see it.
    return { ...invitationView(invitation), token, link: `${base.replace(/\/+$/, '')}/invitation#token=${token}` };
  }

  @RequireRole('admin')
  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take an open invitation back' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ description: 'No such invitation in this workspace.' })
  async revoke(@CurrentSession() session: Session, @Param('id', idParameter) id: string): Promise<void> {
    await this.invitations.revoke(session, id);
  }

  @Public()
  @Post('look')
  @HttpCode(200)
  @ApiOperation({ summary: 'What an invitation is for, for whoever has its token' })
  @ApiOkResponse({ type: OpenInvitationView })
  @Over()
  async look(@Body() { token }: InvitationTokenRequest, @Req() request: FastifyRequest): Promise<OpenInvitationView> {
    return openInvitationView(await this.limiter.attempt(request.ip, undefined, () => this.invitations.look(token)));
  }

  @Public()
  @Post('accept')
  @HttpCode(200)
  @ApiOperation({ summary: 'Accept an invitation as somebody new: set a password, and be signed in' })
  @ApiOkResponse({ type: SignInView })
  @Over()
  @ApiConflictResponse({
    description: '`sign_in_first`: this email has an account. `email_taken`: a user of another application has it.',
  })
  async accept(@Body() body: AcceptInvitationRequest, @Req() request: FastifyRequest): Promise<SignInView> {
    const userAgent = request.headers['user-agent'] ?? null;
    const accept = (check: () => Promise<void>) => this.invitations.accept(body, { userAgent, check });
    return signInView(await this.limiter.attempt(request.ip, undefined, accept));
  }

  @RequireRole('viewer')
  @Post('join')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Accept an invitation as the user signed in, whose email it names',
    description: 'Then sign in with its workspaceId to work there.',
  })
  @ApiOkResponse({ type: MemberView })
  @Over()
  @ApiConflictResponse({ description: '`already_member`' })
  async join(@CurrentSession() session: Session, @Body() { token }: InvitationTokenRequest): Promise<MemberView> {
    return memberView(await this.invitations.join(session, token));
  }
}
