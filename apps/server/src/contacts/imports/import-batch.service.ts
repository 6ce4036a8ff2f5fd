import { Injectable } from '@nestjs/common';
import { newId } from '@switchboard/database';
import type { ConsentChange } from '../consents/consents.repository';
import { ContactConsents } from '../consents/contact-consents.service';
import { ContactRace } from '../contact-directory.service';
import { type ContactIdentity, identityKey } from '../contact-identities';
import { ContactRecordsRepository } from '../contact-records.repository';
import { ContactsRepository } from '../contacts.repository';
import { TagsRepository } from '../tags/tags.repository';
import { ImportedContactsRepository } from './imported-contacts.repository';
import type { ImportedContact } from './row-reader';

/** What is told of a row. */
export interface RowNote {
  line: number;
  message: string;
}

export interface BatchResult {
  created: number;
  updated: number;
  unchanged: number;
  /** Rows whose identities are of two contacts. */
  torn: RowNote[];
  /** Rows that were taken in but for their opt-in: the contact has opted out. */
  optOutsKept: RowNote[];
  /** Whose the rows that were taken in are. */
  taken: { line: number; contactId: string }[];
}

interface Entry extends Omit<ImportedContact, 'line' | 'identities'> {
  id: string;
  known: boolean;
  /** Of the row that says `consent`. */
  consentLine: number;
}

/** Takes in a batch of rows: a fixed number of statements, in the open transaction. */
@Injectable()
export class ImportBatch {
  constructor(
    private readonly identities: ContactsRepository,
    private readonly records: ContactRecordsRepository,
    private readonly contacts: ImportedContactsRepository,
    private readonly tags: TagsRepository,
    private readonly consents: ContactConsents,
  ) {}

  /** @throws ContactRace where somebody else made or merged one of the contacts at the same moment */
  async apply(
    workspaceId: string,
    rows: readonly ImportedContact[],
    consent: { channelId: string | null; at: Date; detail: string },
  ): Promise<BatchResult> {
    const asked = new Map(rows.flatMap((row) => row.identities.map((one) => [identityKey(one), one] as const)));
    const known = await this.identities.find([...asked.values()]);
    const existing = [...new Set(known.map(({ contactId }) => contactId))];
    const there = await this.records.lock(workspaceId, existing);
    if (there.size < existing.length) throw new ContactRace('A contact was merged or deleted meanwhile.');

    const folded = fold(rows, new Map(known.map((one) => [identityKey(one), one.contactId])));
    const entries = [...folded.entries.values()];
    const fresh = entries.filter((entry) => !entry.known);
    if (fresh.length > 0) await this.contacts.create(workspaceId, fresh.map(fieldsOf));
    if (folded.identities.length > 0) {
      const added = await this.identities.addIdentities(folded.identities);
      if (added < folded.identities.length) throw new ContactRace('A contact was created by another transaction.');
    }
    const changed = new Set(folded.identities.map(({ contactId }) => contactId));
    const former = entries.filter((entry) => entry.known);
    if (former.length > 0)
      for (const id of await this.contacts.update(workspaceId, former.map(fieldsOf))) changed.add(id);
    for (const id of await this.tag(workspaceId, entries)) changed.add(id);
    const optOutsKept = await this.consent(workspaceId, entries, consent, changed);
    const updated = former.filter(({ id }) => changed.has(id)).length;
    const unchanged = folded.taken.length - fresh.length - updated;
    return { created: fresh.length, updated, unchanged, torn: folded.torn, optOutsKept, taken: folded.taken };
  }

  private async tag(workspaceId: string, entries: readonly Entry[]): Promise<Set<string>> {
    const names = new Map(entries.flatMap(({ tags }) => tags.map((name) => [name.toLowerCase(), name] as const)));
    if (names.size === 0) return new Set();
    await this.tags.add(workspaceId, [...names.values()]);
    const ids = new Map(
      (await this.tags.named(workspaceId, [...names.values()])).map((tag) => [tag.name.toLowerCase(), tag.id]),
    );
    return this.tags.tag(
      workspaceId,
      entries.flatMap(({ id, tags }) =>
        tags.flatMap((name) => ({ contactId: id, tagId: ids.get(name.toLowerCase())! })),
      ),
    );
  }

  /** A file tells what was so when it was written: it opts in nobody who has opted out. Returns the rows that would have. */
  private async consent(
    workspaceId: string,
    entries: readonly Entry[],
    { channelId, at, detail }: { channelId: string | null; at: Date; detail: string },
    changed: Set<string>,
  ): Promise<RowNote[]> {
    const told = entries.flatMap(({ id, consent }): ConsentChange[] =>
      consent ? [{ contactId: id, channelId, state: consent, source: 'import', at, detail }] : [],
    );
    const { differ, optedOut } = await this.contacts.consentsThatDiffer(workspaceId, told);
    // What it would have told is not: an import is told as a whole.
    await this.consents.record(
      workspaceId,
      told.filter(({ contactId }) => differ.has(contactId)),
    );
    for (const id of differ) changed.add(id);
    return entries.flatMap(({ id, consentLine }) =>
      optedOut.has(id) ? [{ line: consentLine, message: optOutKept(id) }] : [],
    );
  }
}

const optOutKept = (id: string): string =>
  `Contact ${id} has opted out, which stands; an opt-in since is recorded with POST /v1/contacts/:id/consents. The rest of the row was taken in.`;

function fieldsOf({ id, name, username, phone, email, attributes }: Entry) {
  return { id, name, username, phone, email, attributes: JSON.stringify(attributes) };
}

/** Rows by contact: of two rows of one contact the later adds to the earlier, as if they had come one after the other. */
function fold(rows: readonly ImportedContact[], contactOf: Map<string, string>) {
  const entries = new Map<string, Entry>();
  const identities: (ContactIdentity & { contactId: string })[] = [];
  const torn: BatchResult['torn'] = [];
  const known = new Set(contactOf.values());
  const taken: BatchResult['taken'] = [];
  for (const row of rows) {
    const owners = new Set(row.identities.flatMap((one) => contactOf.get(identityKey(one)) ?? []));
    if (owners.size > 1) {
      const message = `The row's phone, e-mail and identities are of different contacts (${[...owners].join(', ')}); merge them first.`;
      torn.push({ line: row.line, message });
      continue;
    }
    const id = [...owners][0] ?? newId();
    taken.push({ line: row.line, contactId: id });
    for (const one of row.identities) {
      if (contactOf.has(identityKey(one))) continue;
      contactOf.set(identityKey(one), id);
      identities.push({ ...one, contactId: id });
    }
    const before = entries.get(id);
    entries.set(id, {
      id,
      known: known.has(id),
      name: row.name ?? before?.name ?? null,
      username: row.username ?? before?.username ?? null,
      phone: row.phone ?? before?.phone ?? null,
      email: row.email ?? before?.email ?? null,
      attributes: { ...before?.attributes, ...row.attributes },
      tags: [...(before?.tags ?? []), ...row.tags],
      consent: row.consent ?? before?.consent ?? null,
      consentLine: row.consent || !before ? row.line : before.consentLine,
    });
  }
  return { entries, identities, torn, taken };
}
