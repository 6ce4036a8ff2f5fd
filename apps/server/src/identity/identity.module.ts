import { createSecretKey } from 'node:crypto';
import { Global, Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { APP_CONFIG, type AppConfig } from '@switchboard/config';
import { AccessTokens } from './access-tokens';
import { AccountsRepository } from './accounts.repository';
import { ApiKeySessions } from './api-key-sessions';
import { ApiKeysController } from './api-keys.controller';
import { ApiKeysRepository } from './api-keys.repository';
import { ApiKeysService } from './api-keys.service';
import { Arrivals } from './arrivals';
import { AuthController } from './auth.controller';
import { AuthenticationService } from './authentication.service';
import { ChannelAccess } from './channel-access';
import { ChannelLimits } from './channel-limits';
import { ExternalTokens } from './external-tokens';
import { ExternalUsersRepository } from './external-users.repository';
import { ExternalUsersService } from './external-users.service';
import { FirstStart } from './first-start';
import { HttpAuthGuard } from './http-auth.guard';
import { InvitationsController } from './invitations.controller';
import { InvitationsRepository } from './invitations.repository';
import { InvitationsService } from './invitations.service';
import { MembersRepository } from './members.repository';
import { MembersService } from './members.service';
import { Passwords } from './passwords';
import { RevocationLog } from './revocation-log';
import { RevocationsRepository } from './revocations.repository';
import { ScopeCatalogue } from './scope-catalogue';
import { SessionService } from './session.service';
import { SessionControlService } from './session-control.service';
import { SessionRetention } from './session-retention';
import { SessionsRepository } from './sessions.repository';
import { SignInLimiter } from './sign-in-limiter';
import { TeamActivities } from './team-activities';
import { UsersController } from './users.controller';
import { WorkspacesController } from './workspaces.controller';
import { WorkspacesRepository } from './workspaces.repository';
import { WorkspacesService } from './workspaces.service';

/** Workspaces, users, roles, sign-in, and who is behind a token. Guards every HTTP route of the application. */
@Global()
@Module({
  imports: [
    DiscoveryModule,
    JwtModule.registerAsync({
      inject: [APP_CONFIG],
      // As a key: of a string, jsonwebtoken first tries to make a public key at each verification, at four times the cost.
      useFactory: (config: AppConfig) => ({ secret: createSecretKey(config.jwtSecret, 'utf8') as never }),
    }),
  ],
  controllers: [ApiKeysController, AuthController, InvitationsController, UsersController, WorkspacesController],
  providers: [
    AccessTokens,
    TeamActivities,
    ScopeCatalogue,
    InvitationsService,
    InvitationsRepository,
    ApiKeysService,
    ApiKeysRepository,
    ApiKeySessions,
    AccountsRepository,
    Arrivals,
    AuthenticationService,
    ExternalTokens,
    ExternalUsersRepository,
    ExternalUsersService,
    FirstStart,
    MembersRepository,
    ChannelAccess,
    ChannelLimits,
    MembersService,
    Passwords,
    RevocationLog,
    RevocationsRepository,
    SessionControlService,
    SessionRetention,
    SessionService,
    SessionsRepository,
    SignInLimiter,
    WorkspacesRepository,
    WorkspacesService,
    { provide: APP_GUARD, useClass: HttpAuthGuard },
  ],
  exports: [Arrivals, SessionService, TeamActivities],
})
export class IdentityModule {}
