import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Database, newId } from '@switchboard/database';
import { EventRecorder } from '@switchboard/events';
import { Sweeper } from '@switchboard/queue';
import { ChannelRegistry } from '../../channels';
import { noSuch } from '../../rest';
import { ContactRecordsRepository } from '../contact-records.repository';
import { contactAudience } from '../contact-views';

import { ErasedPeople } from './erased-people.service';
import { ErasuresRepository } from './erasures.repository';
import { ItemErasure } from './item-erasure.service';
import { PersonalDataRepository } from './personal-data.repository';
import { type DataSubject, PersonalDataSources } from './personal-data-sources';

/** Events looked through by one transaction. */
const stretch = 5000;
const sweepMs = 3000;

type Step = 'more' | 'done' | 'elsewhere';

/**
 * Erases one person's data. Contact, messages and conversations at once; raw webhooks and the event log after it, in portions that go on
 * where a crash has left them.
 */
@Injectable()
export class ContactErasure implements OnModuleInit {
  private readonly logger = new Logger(ContactErasure.name);

  constructor(
    private readonly database: Database,
    private readonly erasures: ErasuresRepository,
    private readonly erased: ErasedPeople,
    private readonly data: PersonalDataRepository,
    private readonly sources: PersonalDataSources,
    private readonly items: ItemErasure,
    private readonly records: ContactRecordsRepository,
    private readonly channels: ChannelRegistry,
    private readonly recorder: EventRecorder,
    private readonly sweeper: Sweeper,
  ) {}

  onModuleInit(): void {
    this.sweeper.register({ name: 'contact-erasures', everyMs: sweepMs, run: () => this.sweep() });
    this.sweeper.register({ name: 'item-contacts-retention', everyMs: 600_000, run: () => this.items.prune() });
  }

  /** Returns the id of the erasure; `contact.erased` is told when nothing is left. */
  async erase(workspaceId: string, contactId: string, requestedBy: string): Promise<string> {
    return this.database.transaction(async () => {
      // No batch of intake is to write of them what has just been erased.
      await this.channels.lockAll(workspaceId);
      if ((await this.records.lock(workspaceId, [contactId])).size === 0) throw noSuch('contact');
      const id = newId();
      const subject = await this.data.subject(workspaceId, contactId);
      await this.claimItemsOf(subject);
      await this.erased.remember(subject);
      await this.erasures.eraseRecords(subject);
      for (const source of this.sources.all) await source.begin?.(subject);
      await this.erasures.insert(id, subject, await this.data.floor(workspaceId), requestedBy);
      const audience = contactAudience({ workspaceId, id: contactId });
      await this.recorder.record([{ type: 'contact.deleted', workspaceId, audience, data: { contactId } }]);
      return id;
    });
  }

  private async claimItemsOf(subject: DataSubject): Promise<void> {
    const itemIds: string[] = [];
    for (const source of this.sources.all) itemIds.push(...((await source.itemIds?.(subject)) ?? []));
    await this.items.claim(subject, itemIds);
  }

  private async sweep(): Promise<number> {
    const running = await this.erasures.running();
    for (const id of running) {
      try {
        await this.finish(id);
      } catch (error) {
        this.logger.warn(`Erasure ${id} goes on later (${(error as Error).message}); it runs again in ${sweepMs} ms.`);
        await this.erasures.later(id, sweepMs);
      }
    }
    return running.length;
  }

  private async finish(id: string): Promise<void> {
    for (let after: string | undefined, step: Step = 'more'; step === 'more'; ) {
      ({ step, after } = await this.database.transaction(() => this.eraseSomeItems(id, after)));
      if (step === 'elsewhere') return;
    }
    let step: Step = 'more';
    while (step === 'more') step = await this.database.transaction(() => this.eraseSomeEvents(id));
    if (step === 'elsewhere') return;
    await this.database.transaction(() => this.eraseLastRepeats(id));
    const erasure = await this.erasures.hold(id);
    if (!erasure) return;
    for (const source of this.sources.all) await source.erase(erasure.subject);
    for (const source of this.sources.all)
      if (await source.isUnderWay?.(erasure.subject)) return this.erasures.later(id, sweepMs);
    await this.database.transaction(() => this.conclude(id));
  }

  private async eraseSomeItems(id: string, after: string | undefined): Promise<{ step: Step; after?: string }> {
    const erasure = await this.erasures.hold(id);
    if (!erasure) return { step: 'elsewhere' };
    const last = await this.items.eraseSome(erasure.subject, after);
    return last === undefined ? { step: 'done' } : { step: 'more', after: last };
  }

  private async eraseLastRepeats(id: string): Promise<void> {
    const erasure = await this.erasures.hold(id);
    if (!erasure) return;
    // Behind every batch that began before the items were empty.
    await this.channels.lockAll(erasure.subject.workspaceId);
    await this.items.eraseRepeatsOf(erasure.subject);
  }

  private async eraseSomeEvents(id: string): Promise<Step> {
    const erasure = await this.erasures.hold(id);
    if (!erasure) return 'elsewhere';
    const { position, done } = await this.data.eraseEvents(erasure.subject, erasure.position, stretch);
    await this.erasures.advance(id, position);
    return done ? 'done' : 'more';
  }

  private async conclude(id: string): Promise<void> {
    const erasure = await this.erasures.hold(id);
    if (!erasure) return;
    const { workspaceId, contactId, requestedBy, requestedAt } = erasure;
    await this.erasures.finish(erasure);
    await this.recorder.record([
      {
        type: 'contact.erased',
        workspaceId,
        audience: contactAudience({ workspaceId, id: contactId }),
        data: { contactId, userId: requestedBy, erasureId: id, requestedAt: requestedAt.toISOString() },
      },
    ]);
  }
}
