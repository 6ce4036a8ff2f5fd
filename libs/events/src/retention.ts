import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '@switchboard/config';
import { Sweeper } from '@switchboard/queue';
import { EventLogRepository } from './event-log.repository';

const tenMinutes = 600_000;

/** Holds the log for as long as configured; clients that were away for longer get a `resync`. */
@Injectable()
export class EventRetention implements OnModuleInit {
  private readonly logger = new Logger(EventRetention.name);

  constructor(
    private readonly log: EventLogRepository,
    private readonly sweeper: Sweeper,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  onModuleInit(): void {
    this.sweeper.register({
      name: 'event-retention',
      everyMs: tenMinutes,
      run: () => this.pruneBefore(new Date(Date.now() - this.config.eventRetention)),
    });
  }

  async pruneBefore(before: Date): Promise<number> {
    let pruned = 0;
    for (const { workspaceId, sequence } of await this.log.recordedBefore(before)) {
      pruned += await this.log.prune(workspaceId, sequence);
    }
    if (pruned > 0) this.logger.log(`Pruned ${pruned} events recorded before ${before.toISOString()}.`);
    return pruned;
  }
}
