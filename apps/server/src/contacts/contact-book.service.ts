import { Injectable, NotFoundException } from '@nestjs/common';
import { Database, newId } from '@switchboard/database';
import { EventRecorder } from '@switchboard/events';
import { noSuch, noSuchNamed } from '../rest';
import { AttributeProblem, attributeChanges, withChanges } from './attributes/attribute-values';
import { ContactAttributes } from './attributes/attributes.service';
import { ConsentsRepository } from './consents/consents.repository';
import { type ContactIdentity, type IdentityKind, isChannelScoped } from './contact-identities';
import { ContactRecordsRepository } from './contact-records.repository';
import { type ContactRecord, contactAudience, contactDetails } from './contact-views';
import { ContactsRepository } from './contacts.repository';
import { conflict, invalid } from './errors';
import { emailOf, phoneOf } from './phone';
import { TagsRepository } from './tags/tags.repository';
import { ContactTags } from './tags/tags.service';

export interface GivenIdentity {
  kind: IdentityKind;
  value: string;
  channelId?: string | null;
}

export interface GivenContact {
  name?: string | null;
  username?: string | null;
  phone?: string | null;
  email?: string | null;
  attributes?: Record<string, unknown>;
  tags?: string[];
  identities?: GivenIdentity[];
}

/** The contacts of a workspace, as people keep them. */
@Injectable()
export class ContactBook {
  constructor(
    private readonly database: Database,
    private readonly records: ContactRecordsRepository,
    private readonly identities: ContactsRepository,
    private readonly attributes: ContactAttributes,
    private readonly tags: ContactTags,
    private readonly taggings: TagsRepository,
    private readonly consents: ConsentsRepository,
    private readonly recorder: EventRecorder,
  ) {}

  /** Of one that was merged into another, the error tells which (`details.mergedInto`). */
  async find(workspaceId: string, id: string): Promise<ContactRecord> {
    const found = await this.records.find(workspaceId, id);
    if (found) return found;
    const mergedInto = await this.records.mergedInto(workspaceId, id);
    if (!mergedInto) throw noSuch('contact');
    throw new NotFoundException({
      code: 'not_found',
      message: `This contact was merged into ${mergedInto}.`,
      details: { mergedInto },
    });
  }

  create(workspaceId: string, given: GivenContact): Promise<ContactRecord> {
    return this.database.transaction(async () => {
      const id = newId();
      const { phone, email } = addressesOf(given);
      const attributes = withChanges({}, await this.changes(workspaceId, given));
      const fields = { name: given.name ?? null, username: given.username ?? null, phone, email };
      await this.records.insert(id, workspaceId, { ...fields, attributes: JSON.stringify(attributes) });
      await this.addIdentities(workspaceId, id, [...(given.identities ?? []), ...identitiesOfAddresses(phone, email)]);
      await this.retag(workspaceId, id, given.tags);
      return this.told(workspaceId, id, 'contact.created');
    });
  }

  change(workspaceId: string, id: string, given: GivenContact): Promise<ContactRecord> {
    return this.database.transaction(async () => {
      const before = await this.locked(workspaceId, id);
      const { phone, email } = addressesOf(given);
      const attributes = withChanges(before.attributes, await this.changes(workspaceId, given));
      await this.records.update(id, workspaceId, {
        name: given.name === undefined ? before.name : given.name,
        username: given.username === undefined ? before.username : given.username,
        phone: given.phone === undefined ? before.phone : phone,
        email: given.email === undefined ? before.email : email,
        attributes: JSON.stringify(attributes),
      });
      await this.addIdentities(workspaceId, id, identitiesOfAddresses(phone, email));
      await this.retag(workspaceId, id, given.tags);
      return this.told(workspaceId, id, 'contact.updated', before.tags);
    });
  }

  /** Puts tags on and takes tags off, for what acts by itself: one to be put on that is not there yet is made. */
  tag(workspaceId: string, id: string, add: readonly string[], remove: readonly string[]): Promise<ContactRecord> {
    return this.database.transaction(async () => {
      if (add.length > 0) await this.taggings.add(workspaceId, add);
      const before = await this.locked(workspaceId, id);
      const off = new Set(remove.map((name) => name.toLowerCase()));
      const worn = new Map([...before.tags, ...add].map((name) => [name.toLowerCase(), name]));
      const tags = [...worn].flatMap(([key, name]) => (off.has(key) ? [] : [name]));
      if (tags.length === before.tags.length && before.tags.every((name) => tags.includes(name))) return before;
      await this.retag(workspaceId, id, tags);
      return this.told(workspaceId, id, 'contact.updated', before.tags);
    });
  }

  addIdentity(workspaceId: string, id: string, identity: GivenIdentity): Promise<ContactRecord> {
    return this.database.transaction(async () => {
      await this.locked(workspaceId, id);
      await this.addIdentities(workspaceId, id, [identity]);
      return this.told(workspaceId, id, 'contact.updated');
    });
  }

  removeIdentity(workspaceId: string, id: string, identity: GivenIdentity): Promise<ContactRecord> {
    return this.database.transaction(async () => {
      await this.locked(workspaceId, id);
      const [{ scopeId, kind, value }] = (await this.identitiesOf(workspaceId, [identity])) as [ContactIdentity];
      if (!(await this.records.removeIdentity(id, scopeId, kind, value))) throw noSuch('identity of this contact');
      return this.told(workspaceId, id, 'contact.updated');
    });
  }

  /** One who has conversations stays: they can be merged, or their data erased. */
  remove(workspaceId: string, id: string): Promise<void> {
    return this.database.transaction(async () => {
      await this.locked(workspaceId, id);
      if (await this.records.hasConversations(workspaceId, id)) {
        throw conflict(
          'This contact has conversations; erase their data with POST /v1/contacts/:id/erase, or merge them into another.',
        );
      }
      await this.records.delete(workspaceId, id);
      const audience = contactAudience({ workspaceId, id });
      await this.recorder.record([{ type: 'contact.deleted', workspaceId, audience, data: { contactId: id } }]);
    });
  }

  private async locked(workspaceId: string, id: string): Promise<ContactRecord> {
    await this.records.lock(workspaceId, [id]);
    return this.find(workspaceId, id);
  }

  private async changes(workspaceId: string, { attributes }: GivenContact) {
    if (!attributes || Object.keys(attributes).length === 0) return {};
    try {
      return attributeChanges(await this.attributes.definitions(workspaceId), attributes);
    } catch (error) {
      throw error instanceof AttributeProblem ? invalid(error.message) : error;
    }
  }

  private async retag(workspaceId: string, id: string, names: string[] | undefined): Promise<void> {
    if (names) await this.taggings.replace(workspaceId, id, await this.tags.idsOf(workspaceId, names));
  }

  private async addIdentities(workspaceId: string, contactId: string, given: readonly GivenIdentity[]): Promise<void> {
    const wanted = await this.identitiesOf(workspaceId, given);
    const known = await this.identities.find(wanted);
    const taken = known.find((one) => one.contactId !== contactId);
    if (taken) throw identityTaken(taken.kind, taken.contactId);
    const fresh = wanted.filter(
      (one, at) =>
        !known.some((other) => sameIdentity(one, other)) &&
        wanted.findIndex((other) => sameIdentity(one, other)) === at,
    );
    if (fresh.length === 0) return;
    const added = await this.identities.addIdentities(fresh.map((one) => ({ ...one, contactId })));
    if (added < fresh.length)
      throw conflict('identities: another contact has just been given one of them; look again and merge the two.');
  }

  private async identitiesOf(workspaceId: string, given: readonly GivenIdentity[]): Promise<ContactIdentity[]> {
    const named = given.flatMap(({ channelId }) => channelId ?? []);
    const channels = await this.consents.channels(workspaceId, named);
    return given.map(({ kind, value, channelId }) => {
      if (!isChannelScoped(kind)) {
        if (channelId) throw invalid(`channelId: a ${kind} is the same on every channel; leave it out.`);
        return { scopeId: workspaceId, kind, value: plainValue(kind, value) };
      }
      if (!channelId) throw invalid(`channelId: a ${kind} means a person only within a channel; name it.`);
      if (!channels.has(channelId)) throw noSuchNamed('channelId', 'channel');
      return { scopeId: channelId, kind, value };
    });
  }

  private async told(
    workspaceId: string,
    id: string,
    type: 'contact.created' | 'contact.updated',
    tagsBefore?: readonly string[],
  ): Promise<ContactRecord> {
    const record = await this.find(workspaceId, id);
    const event = { workspaceId, audience: contactAudience(record) };
    const contact = contactDetails(record);
    const tagged = tagsBefore ? record.tags.filter((name) => !tagsBefore.includes(name)) : [];
    await this.recorder.record([
      type === 'contact.created'
        ? { ...event, type, data: { contact, channelId: null, platform: null } }
        : { ...event, type, data: { contact, ...(tagged.length > 0 ? { tagged } : {}) } },
    ]);
    return record;
  }
}

const sameIdentity = (a: ContactIdentity, b: ContactIdentity): boolean =>
  a.scopeId === b.scopeId && a.kind === b.kind && a.value === b.value;

const identityTaken = (kind: IdentityKind, contactId: string) =>
  conflict(
    `${kind === 'wa_id' ? 'phone' : kind}: contact ${contactId} has it; merge the two with POST /v1/contacts/:id/merge.`,
    { contactId },
  );

function plainValue(kind: IdentityKind, value: string): string {
  if (kind === 'wa_user_id') return value;
  const plain = kind === 'email' ? emailOf(value) : phoneOf(value);
  if (!plain)
    throw invalid(kind === 'email' ? 'email: is not an address.' : 'phone: must be a number with country code.');
  return plain;
}

function addressesOf({ phone, email }: GivenContact): { phone: string | null; email: string | null } {
  return { phone: phone ? plainValue('wa_id', phone) : null, email: email ? plainValue('email', email) : null };
}

function identitiesOfAddresses(phone: string | null, email: string | null): GivenIdentity[] {
  const identities: GivenIdentity[] = [];
  if (phone) identities.push({ kind: 'wa_id', value: phone });
  if (email) identities.push({ kind: 'email', value: email });
  return identities;
}
