import { Injectable } from '@nestjs/common';
import type { ContactSummary } from '@switchboard/contracts';
import { newId } from '@switchboard/database';
import type { CustomerRef } from '@switchboard/meta';
import { type ContactIdentity, type IdentityScope, identitiesOf, identityKey } from './contact-identities';
import { type ContactRow, ContactsRepository, type KnownIdentity, type LearntContact } from './contacts.repository';
import { ContactLinks } from './merging/contact-links.service';
import type { ContactLink } from './merging/links.repository';
import { ProfilesRepository } from './profiles/profiles.repository';

/** Another transaction made the same contact at the same moment; the batch is to be run again, and will find it. */
export class ContactRace extends Error {
  readonly code = 'contact_race';
  readonly transient = true;
}

export interface CustomerToResolve {
  customer: CustomerRef;
  scope: IdentityScope;
  /** False: only look, for items that tell of somebody but do not make them known. */
  create: boolean;
  /** What it says of somebody who is known is learnt all the same. */
  learn?: boolean;
}

export interface ResolvedContacts {
  /** In the order asked; `undefined` where unknown and not to be created. */
  contacts: (ContactSummary | undefined)[];
  created: ContactRow[];
  updated: ContactRow[];
  /** To be awaited before the transaction ends. Rejects with `ContactRace`. */
  confirmed: Promise<void>;
}

/** What is stored of the customers that were asked for. */
export type KnownCustomers = readonly KnownIdentity[];

/** Knows who a platform's customer is. Set-based: one look and at most five writes for a whole batch. */
@Injectable()
export class ContactDirectory {
  constructor(
    private readonly repository: ContactsRepository,
    private readonly links: ContactLinks,
    private readonly profiles: ProfilesRepository,
  ) {}

  async known(asked: readonly CustomerToResolve[]): Promise<KnownCustomers> {
    if (asked.length === 0) return [];
    return this.repository.find(distinct(asked.flatMap(({ customer, scope }) => identitiesOf(customer, scope))));
  }

  /** Inside a transaction. `known` is what `known` told of these customers, and may tell of others. */
  async resolve(asked: readonly CustomerToResolve[], known: KnownCustomers): Promise<ResolvedContacts> {
    const batch = new DirectoryBatch(known);
    const contacts = asked.map((one) => batch.resolve(one, identitiesOf(one.customer, one.scope)));
    const created = [...batch.created];
    const updated = [...batch.updated.keys()];
    if (created.length > 0) await this.repository.create(created);
    const confirmed = this.addIdentities(batch.newIdentities);
    // Awaited by the caller, who has something to do meanwhile.
    confirmed.catch(() => undefined);
    if (updated.length > 0) {
      const now = new Map((await this.repository.update([...batch.updated.values()])).map((one) => [one.id, one]));
      for (const row of updated) Object.assign(row, now.get(row.id));
    }
    await this.links.found([...batch.links.values()]);
    await this.profiles.wanted(asked.filter(({ create }) => create));
    return { contacts, created, updated, confirmed };
  }

  private async addIdentities(identities: readonly (ContactIdentity & { contactId: string })[]): Promise<void> {
    if (identities.length === 0) return;
    const added = await this.repository.addIdentities(identities);
    if (added < identities.length) throw new ContactRace('A contact was created by another transaction.');
  }
}

function distinct(identities: ContactIdentity[]): ContactIdentity[] {
  return [...new Map(identities.map((identity) => [identityKey(identity), identity])).values()];
}

/** PostgreSQL's text takes no NUL, and people paste anything into a profile name. */
function storable(text: string | undefined): string | undefined {
  return text?.replaceAll('\0', '');
}

/** What is told, where it is not known. */
const news = (told: string | undefined, known: string | null): string | null =>
  told === undefined || told === known ? null : told;

class DirectoryBatch {
  readonly created = new Set<ContactRow>();
  readonly updated = new Map<ContactRow, LearntContact>();
  readonly newIdentities: (ContactIdentity & { contactId: string })[] = [];
  /** Contacts that turned out to be one, by both ids. */
  readonly links = new Map<string, ContactLink>();
  private readonly byIdentity = new Map<string, ContactRow>();

  constructor(known: KnownCustomers) {
    const rows = new Map<string, ContactRow>();
    for (const one of known) {
      const row = rows.get(one.contactId) ?? {
        id: one.contactId,
        workspaceId: one.workspaceId,
        name: one.name,
        platformName: one.platformName,
        username: one.username,
        phone: one.phone,
      };
      rows.set(one.contactId, row);
      this.byIdentity.set(identityKey(one), row);
    }
  }

  resolve(
    { customer, scope, create, learn }: CustomerToResolve,
    identities: ContactIdentity[],
  ): ContactRow | undefined {
    const known = identities.flatMap((identity) => this.byIdentity.get(identityKey(identity)) ?? []);
    const [found] = known;
    if (!create && !(learn && found)) return found;
    const other = known.find((one) => one !== found);
    if (found && other) {
      const link = { workspaceId: scope.workspaceId, contactId: found.id, otherId: other.id };
      this.links.set(`${found.id} ${other.id}`, link);
    }
    const row = found ?? this.add(customer, scope);
    // A second identity seen beside a known one (WhatsApp reveals both ids) is the same person.
    for (const identity of identities) {
      if (this.byIdentity.has(identityKey(identity))) continue;
      this.byIdentity.set(identityKey(identity), row);
      this.newIdentities.push({ ...identity, contactId: row.id });
    }
    this.learn(row, customer);
    return row;
  }

  private add(customer: CustomerRef, scope: IdentityScope): ContactRow {
    const name = storable(customer.name) ?? null;
    const row: ContactRow = {
      id: newId(),
      workspaceId: scope.workspaceId,
      name,
      platformName: name,
      username: storable(customer.username) ?? null,
      phone: customer.waId ?? null,
    };
    this.created.add(row);
    return row;
  }

  private learn(row: ContactRow, customer: CustomerRef): void {
    const replaceable = row.name === null || row.name === row.platformName;
    const name = replaceable ? news(storable(customer.name), row.name) : null;
    const username = news(storable(customer.username), row.username);
    // The user id outlives a change of number; the number to show and to call is the one they write from now.
    const phone = news(customer.waId, row.phone);
    if (name === null && username === null && phone === null) return;
    if (name !== null) Object.assign(row, { name, platformName: name });
    if (username !== null) row.username = username;
    if (phone !== null) row.phone = phone;
    if (this.created.has(row)) return;
    const before = this.updated.get(row);
    this.updated.set(row, {
      id: row.id,
      name: name ?? before?.name ?? null,
      username: username ?? before?.username ?? null,
      phone: phone ?? before?.phone ?? null,
    });
  }
}
