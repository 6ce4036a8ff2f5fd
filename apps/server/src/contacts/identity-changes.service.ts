import { Injectable } from '@nestjs/common';
import type { ContactSummary } from '@switchboard/contracts';
import type { CustomerRef } from '@switchboard/meta';
import { ContactRace } from './contact-directory.service';
import { type ContactIdentity, type IdentityScope, identitiesOf, identityKey } from './contact-identities';
import { type ContactRow, ContactsRepository } from './contacts.repository';

/** Somebody goes by other ids from now on. */
export interface IdentityChange {
  scope: IdentityScope;
  previous: CustomerRef;
  current: CustomerRef;
}

/** Keeps one record of a person whose number or user id changed: it learns the new ids and keeps the old. */
@Injectable()
export class IdentityChanges {
  constructor(private readonly repository: ContactsRepository) {}

  /**
   * Inside a transaction: one look and at most two writes for all of them, which may follow from each other. Nobody becomes known
   * by this. An id that is another contact's already stays theirs: who is one person is decided by a merge.
   * @returns the contacts that learnt something
   * @throws ContactRace where another transaction gave one of the ids to somebody at the same moment
   */
  async apply(changes: readonly IdentityChange[]): Promise<(ContactSummary & { workspaceId: string })[]> {
    if (changes.length === 0) return [];
    const byKey = new Map<string, ContactIdentity>();
    for (const { scope, previous, current } of changes) {
      for (const identity of [...identitiesOf(previous, scope), ...identitiesOf(current, scope)]) {
        byKey.set(identityKey(identity), identity);
      }
    }
    const owners = new Map<string, ContactRow>();
    const rows = new Map<string, ContactRow>();
    for (const one of await this.repository.find([...byKey.values()])) {
      const { contactId: id, workspaceId, name, platformName, username, phone } = one;
      const row = rows.get(id) ?? { id, workspaceId, name, platformName, username, phone };
      rows.set(id, row);
      owners.set(identityKey(one), row);
    }
    const learnt: (ContactIdentity & { contactId: string })[] = [];
    /** With the number they have from now on; null: as before. */
    const changed = new Map<ContactRow, string | null>();
    for (const change of changes) {
      const row = ownerOf(identitiesOf(change.previous, change.scope), owners);
      if (!row) continue;
      const next = identitiesOf(change.current, change.scope);
      for (const identity of next) {
        if (owners.has(identityKey(identity))) continue;
        owners.set(identityKey(identity), row);
        learnt.push({ ...identity, contactId: row.id });
        if (!changed.has(row)) changed.set(row, null);
      }
      const { waId } = change.current;
      const isTheirs = next.some((identity) => identity.kind === 'wa_id' && owners.get(identityKey(identity)) === row);
      if (!waId || !isTheirs || waId === row.phone) continue;
      row.phone = waId;
      changed.set(row, waId);
    }
    if (learnt.length > 0 && (await this.repository.addIdentities(learnt)) < learnt.length) {
      throw new ContactRace('An identity was given to a contact by another transaction.');
    }
    if (changed.size === 0) return [];
    const learning = [...changed].map(([{ id }, phone]) => ({ id, name: null, username: null, phone }));
    const now = new Map((await this.repository.update(learning)).map((one) => [one.id, one]));
    return [...changed.keys()].map((row) => ({ ...row, ...now.get(row.id) }));
  }
}

/** The steadier id first. */
function ownerOf(identities: ContactIdentity[], owners: ReadonlyMap<string, ContactRow>): ContactRow | undefined {
  return identities.map((identity) => owners.get(identityKey(identity))).find((row) => row !== undefined);
}
