import type { ContactDetails, ContactSummary, Cursor } from '@switchboard/contracts';
import { isCovered } from './cursors';
import type { Envelope } from './events';

/** As many as there may be changes between two events of another namespace, and some. */
const most = 1000;

/**
 * Contacts as `/contacts` has told them. Namespaces come one beside the other: an event of `/messages` that was recorded before a
 * contact changed may come after that was told, and would bring the old name back.
 */
export class ToldContacts {
  private readonly told = new Map<string, { contact: ContactSummary; cursor: Cursor | undefined }>();

  /** @returns who an event has told of, as they are now */
  take({ type, cursor, data }: Envelope): ContactSummary | undefined {
    if (type === 'contact.deleted' || type === 'contact.erased') {
      this.told.delete((data as { contactId: string }).contactId);
    }
    // What is told again of a person who was erased says no more than that.
    if (!('contact' in data)) return undefined;
    const contact = summaryOf(data.contact);
    this.told.delete(contact.id);
    this.told.set(contact.id, { contact, cursor });
    const [oldest] = this.told.keys();
    if (this.told.size > most) this.told.delete(oldest!);
    return contact;
  }

  /** A contact as an event or a list shows them, or as was told since; a list that was read up to `head` knows what came before. */
  latest(shown: ContactSummary, head: Cursor | undefined): ContactSummary {
    const { contact, cursor } = this.told.get(shown.id) ?? {};
    if (!contact || (cursor !== undefined && head !== undefined && isCovered(cursor, head))) return shown;
    return contact;
  }
}

const summaryOf = ({ id, name, username, phone }: ContactSummary | ContactDetails): ContactSummary => ({
  id,
  name,
  username,
  phone,
});
