import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Sweeper } from '@switchboard/queue';
import { ConversationWork } from './conversation-work.service';

const everyMs = 1000;
/** Woken by one statement, and told in its transaction. */
const atOnce = 500;

/** Wakes snoozed conversations, at most a second late. The end of a snooze is a row, so no timer can be lost. */
@Injectable()
export class SnoozeSweep implements OnModuleInit {
  constructor(
    private readonly work: ConversationWork,
    private readonly sweeper: Sweeper,
  ) {}

  onModuleInit(): void {
    this.sweeper.register({ name: 'snoozed-conversations', everyMs, run: () => this.wakeAll() });
  }

  private async wakeAll(): Promise<number> {
    for (let woken = 0; ; ) {
      const more = await this.work.wakeDue(atOnce);
      woken += more;
      if (more < atOnce) return woken;
    }
  }
}
