import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '@switchboard/config';
import { Sweeper } from '@switchboard/queue';
import { RevocationLog } from './revocation-log';
import { RevocationsRepository } from './revocations.repository';
import { SessionsRepository } from './sessions.repository';

const hour = 3_600_000;

/** Deletes sessions, refresh tokens and revocations that no living token can refer to any more. */
@Injectable()
export class SessionRetention implements OnModuleInit {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly revocations: RevocationsRepository,
    private readonly log: RevocationLog,
    private readonly sweeper: Sweeper,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  onModuleInit(): void {
    this.sweeper.register({ name: 'session-retention', everyMs: hour, run: () => this.prune() });
  }

  private async prune(): Promise<number> {
    const before = new Date(Date.now() - this.log.longestLife - hour);
    return (await this.sessions.prune(this.config.refreshTokenTtl)) + (await this.revocations.deleteBefore(before));
  }
}
