import { Injectable } from '@nestjs/common';
import type { ConsentData } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import type { NewEvent } from '@switchboard/events';
import { ContactRecordsRepository } from '../contact-records.repository';
import { contactAudience } from '../contact-views';
import { type ConsentChange, ConsentsRepository } from './consents.repository';

/** What contacts have agreed to be sent. Without a word of theirs, they have not opted out. */
@Injectable()
export class ContactConsents {
  constructor(
    private readonly database: Database,
    private readonly repository: ConsentsRepository,
    private readonly contacts: ContactRecordsRepository,
  ) {}

  /**
   * Records changes of contacts of one workspace, in the open transaction: all are kept, the latest by `at` counts, whatever the order in
   * which they come. Returns what is to be told: hand it to `EventRecorder.record`, which is the transaction's last statement.
   */
  async record(workspaceId: string, changes: readonly ConsentChange[]): Promise<NewEvent[]> {
    if (!this.database.inTransaction) throw new Error('ContactConsents.record must run inside Database.transaction.');
    if (changes.length === 0) return [];
    await this.contacts.lock(workspaceId, [...new Set(changes.map(({ contactId }) => contactId))]);
    const changed = await this.repository.record(workspaceId, changes);
    return changed.map(({ contactId, channelId, state, source, at, detail }): NewEvent => {
      const data: ConsentData = { contactId, channelId, source, at: at.toISOString(), detail };
      const event = {
        workspaceId,
        audience: contactAudience({ workspaceId, id: contactId }),
        data,
        occurredAt: at.getTime(),
      };
      return state === 'opted_in' ? { ...event, type: 'contact.opted_in' } : { ...event, type: 'contact.opted_out' };
    });
  }

  /**
   * Those of the contacts that may be sent what nobody asked for, on a channel. An opt-out of the channel stands until an opt-in of the
   * channel; one of every channel until a later opt-in. Contacts of another workspace and erased ones are never allowed.
   * @param needs `opt_in`: only who has agreed
   */
  async allowed(
    workspaceId: string,
    channelId: string,
    contactIds: readonly string[],
    needs: 'no_opt_out' | 'opt_in' = 'no_opt_out',
  ): Promise<Set<string>> {
    if (contactIds.length === 0) return new Set();
    return new Set(await this.repository.allowed(workspaceId, channelId, contactIds, needs));
  }
}
