import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '@switchboard/config';
import { Sweeper } from '@switchboard/queue';
import { InvitationsRepository } from './invitations.repository';
import { RevocationLog } from './revocation-log';
import { RevocationsRepository } from './revocations.repository';
import { SessionsRepository } from './sessions.repository';

const hour = 3_600_000;
/** How long an invitation that is over can still be looked up in the list. */
const invitationsKept = 30 * 24 * hour;

/** Deletes sessions, refresh tokens and revocations that no living token can refer to any more, and invitations long over. */
@Injectable()
export class SessionRetention implements OnModuleInit {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly revocations: RevocationsRepository,
    private readonly invitations: InvitationsRepository,
    private readonly log: RevocationLog,
    private readonly sweeper: Sweeper,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  onModuleInit(): void {
    this.sweeper.register({ name: 'session-retention', everyMs: hour, run: () => this.prune() });
    this.sweeper.register({
      name: 'invitation-retention',
      everyMs: hour,
      run: () => this.invitations.prune(invitationsKept),
    });
  }

  private async prune(): Promise<number> {
    const before = new Date(Date.now() - this.log.longestLife - hour);
    return (await this.sessions.prune(this.config.refreshTokenTtl)) + (await this.revocations.deleteBefore(before));
  }
}
