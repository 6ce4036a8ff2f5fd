import { HttpException, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Database } from '@switchboard/database';
import { Sweeper } from '@switchboard/queue';
import { ContactMerging } from './contact-merging.service';
import { type ContactLink, LinksRepository } from './links.repository';

const atOnce = 50;
/** What a process that died has left is found so soon. */
const sweepMs = 1000;

/**
 * Merges contacts that WhatsApp has shown to be one person. Not in the transaction that found it out: a merge takes locks that the batch
 * does not hold, and the order of locks is what keeps batches from deadlocks. The pair is kept in that transaction instead.
 */
@Injectable()
export class ContactLinks implements OnModuleInit {
  private readonly logger = new Logger(ContactLinks.name);
  private running?: Promise<number>;

  constructor(
    private readonly database: Database,
    private readonly links: LinksRepository,
    private readonly merging: ContactMerging,
    private readonly sweeper: Sweeper,
  ) {}

  onModuleInit(): void {
    this.sweeper.register({ name: 'contact-links', everyMs: sweepMs, run: () => this.mergeWaiting() });
  }

  /** In the open transaction; merged soon after it has committed. */
  async found(links: readonly ContactLink[]): Promise<void> {
    if (links.length === 0) return;
    await this.links.keep(links);
    this.database.afterCommit(() => {
      this.mergeWaiting().catch((error: Error) => this.logger.warn(`Contacts are merged later: ${error.message}`));
    });
  }

  /** Merges what waits; who comes meanwhile shares the run and leaves the rest to the sweep. */
  private mergeWaiting(): Promise<number> {
    this.running ??= this.mergeSome().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private async mergeSome(): Promise<number> {
    const waiting = await this.links.waiting(atOnce);
    for (const link of waiting) {
      try {
        if (link.apart) await this.links.done(link);
        else await this.mergeOne(link);
      } catch (error) {
        // Others must not wait for a pair that cannot be merged.
        const { contactId, otherId } = link;
        this.logger.error(`Contacts ${contactId} and ${otherId} are not merged yet: ${(error as Error).message}`);
        await this.links.putOff(link);
      }
    }
    return waiting.length;
  }

  private async mergeOne(link: ContactLink): Promise<void> {
    const { workspaceId, contactId, otherId } = link;
    await this.database.transaction(async () => {
      try {
        await this.database.transaction(() =>
          this.merging.merge({ workspaceId, contactId, mergedId: otherId, reason: 'linked', mergedBy: null }),
        );
      } catch (error) {
        // One of them is gone: merged by hand, or by another process that found the same pair.
        if (!(error instanceof HttpException)) throw error;
      }
      await this.links.done(link);
    });
  }
}
