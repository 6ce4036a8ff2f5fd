import { Injectable } from '@nestjs/common';
import { type ContactAttributeValue, rooms } from '@switchboard/contracts';
import { Database, newId } from '@switchboard/database';
import { EventRecorder, type NewEvent } from '@switchboard/events';
import { ChannelRegistry } from '../../channels';
import { noSuch, noSuchNamed } from '../../rest';
import { ContactBook } from '../contact-book.service';
import { ContactRecordsRepository } from '../contact-records.repository';
import { contactAudience, contactDetails } from '../contact-views';
import { conflict, invalid } from '../errors';
import { ConversationMoves, type MovedReader } from './conversation-moves.repository';
import { type MergedFields, MergesRepository, type Moved } from './merges.repository';

export interface MergeOrder {
  workspaceId: string;
  /** Who remains. */
  contactId: string;
  mergedId: string;
  reason: 'manual' | 'linked';
  mergedBy: string | null;
}

const textFields = ['name', 'username', 'phone', 'email'] as const;

/** Makes one contact of two, and two of one again. */
@Injectable()
export class ContactMerging {
  constructor(
    private readonly database: Database,
    private readonly merges: MergesRepository,
    private readonly conversations: ConversationMoves,
    private readonly contacts: ContactBook,
    private readonly records: ContactRecordsRepository,
    private readonly channels: ChannelRegistry,
    private readonly recorder: EventRecorder,
  ) {}

  /**
   * Everything of `mergedId` goes to `contactId`: identities, tags, consents, conversations; its values fill what the other has empty.
   * Two conversations on one channel become one. Returns the id of the merge.
   */
  async merge(order: MergeOrder): Promise<string> {
    const { workspaceId, contactId, mergedId, reason, mergedBy } = order;
    if (contactId === mergedId) throw invalid('contactId: a contact cannot be merged into itself.');
    return this.database.transaction(async () => {
      // All of them: on any channel intake may be about to give the merged contact its first conversation there.
      await this.channels.lockAll(workspaceId);
      const there = await this.records.lock(workspaceId, [contactId, mergedId]);
      if (!there.has(contactId.toLowerCase())) throw noSuch('contact');
      if (!there.has(mergedId.toLowerCase())) throw noSuchNamed('contactId', 'contact');
      const moved = await this.merges.gather(workspaceId, contactId, mergedId);
      const id = newId();
      const readers = await this.moveConversations(workspaceId, id, moved);
      await this.merges.moveBelongings(workspaceId, moved);
      await this.write(workspaceId, contactId, filled(moved));
      await this.merges.insert({ id, workspaceId, contactId, mergedContactId: mergedId, reason, mergedBy, moved });
      await this.tell(workspaceId, { id, contactId, mergedContactId: mergedId, reason, moved }, false, readers);
      return id;
    });
  }

  /** The merges of a contact are taken back the latest first. Messages that came since in a joined conversation stay with who remained. */
  async undo(workspaceId: string, contactId: string, mergeId: string): Promise<void> {
    await this.database.transaction(async () => {
      await this.channels.lockAll(workspaceId);
      const there = await this.records.lock(workspaceId, [contactId]);
      const found = await this.merges.lock(workspaceId, mergeId);
      if (!found || there.size === 0 || found.merge.contactId !== contactId) throw noSuch('merge of this contact');
      const { merge, latest } = found;
      if (merge.undoneAt) throw conflict('This merge has been taken back already.');
      if (latest !== mergeId)
        throw conflict(`Another merge came after this one; take ${latest} back first.`, { mergeId: latest });
      const { moved } = merge;
      const now = await this.contacts.find(workspaceId, contactId);
      const readers = await this.returnConversations(workspaceId, mergeId, moved);
      await this.merges.returnBelongings(workspaceId, moved);
      await this.write(workspaceId, contactId, unfilled(now, moved));
      await this.merges.markUndone(workspaceId, mergeId);
      await this.tell(workspaceId, merge, true, readers);
    });
  }

  private async moveConversations(
    workspaceId: string,
    mergeId: string,
    { contact, merged, conversations }: Moved,
  ): Promise<MovedReader[]> {
    const pairs = conversations.flatMap(({ id, into }) => (into ? [{ from: id, into }] : []));
    const whole = conversations.filter(({ into }) => !into).map(({ id }) => id);
    await this.conversations.lock(workspaceId, [...pairs.flatMap(({ from, into }) => [from, into]), ...whole]);
    const readers = await this.conversations.join(workspaceId, mergeId, pairs);
    await this.conversations.give(workspaceId, contact.id, merged.id, whole, [
      ...whole,
      ...pairs.map(({ into }) => into),
    ]);
    return readers;
  }

  private async returnConversations(
    workspaceId: string,
    mergeId: string,
    { contact, merged, conversations }: Moved,
  ): Promise<MovedReader[]> {
    const pairs = conversations.flatMap(({ id, into, row, intoRow = null }) =>
      into ? [{ from: id, into, row, intoRow }] : [],
    );
    const whole = conversations.filter(({ into }) => !into).map(({ id }) => id);
    await this.conversations.lock(workspaceId, [...pairs.map(({ into }) => into), ...whole]);
    const readers = await this.conversations.part(workspaceId, mergeId, merged.id, pairs);
    await this.conversations.give(workspaceId, merged.id, contact.id, whole, [
      ...whole,
      ...pairs.map(({ from }) => from),
    ]);
    return readers;
  }

  private write(workspaceId: string, id: string, fields: MergedFields): Promise<void> {
    return this.records.update(id, workspaceId, { ...fields, attributes: JSON.stringify(fields.attributes) });
  }

  private async tell(
    workspaceId: string,
    {
      id,
      contactId,
      mergedContactId,
      reason,
      moved,
    }: { id: string; contactId: string; mergedContactId: string; reason: 'manual' | 'linked'; moved: Moved },
    undone: boolean,
    readers: readonly MovedReader[],
  ): Promise<void> {
    const contact = contactDetails(await this.contacts.find(workspaceId, contactId));
    const conversations = moved.conversations.map((one) => ({ id: one.id, into: one.into }));
    const places = moved.conversations.flatMap((one) => [
      rooms.conversation(one.id),
      ...(one.into ? [rooms.conversation(one.into)] : []),
    ]);
    const audience = [...contactAudience({ workspaceId, id: contactId }), rooms.contact(mergedContactId), ...places];
    const events: NewEvent[] = [
      {
        type: 'contact.merged',
        workspaceId,
        audience,
        data: { mergeId: id, contact, mergedContactId, reason, conversations, undone },
      },
    ];
    // Whose unread messages are counted otherwise now learns it as after reading.
    for (const { userId, conversationId, channelId, unreadCount } of readers) {
      events.push({
        type: 'conversation.read',
        workspaceId,
        audience: [rooms.workspace(workspaceId), rooms.channel(channelId), rooms.conversation(conversationId)],
        data: { conversationId, userId, messageIds: [], unreadCount },
      });
    }
    await this.recorder.record(events);
  }
}

/** The contact with what only the merged one had. */
export function filled({ contact, merged }: Pick<Moved, 'contact' | 'merged'>): MergedFields {
  const texts = Object.fromEntries(textFields.map((field) => [field, contact[field] ?? merged[field]]));
  return { ...(texts as unknown as MergedFields), attributes: { ...merged.attributes, ...contact.attributes } };
}

/** The contact as it is now without what the merge filled in, unless that was changed since. */
export function unfilled(now: MergedFields, { contact, merged }: Pick<Moved, 'contact' | 'merged'>): MergedFields {
  const texts = textFields.map((field) => [
    field,
    contact[field] === null && now[field] === merged[field] ? null : now[field],
  ]);
  const kept = Object.entries(now.attributes).filter(
    ([key, value]) => key in contact.attributes || !same(value, merged.attributes[key]),
  );
  return { ...(Object.fromEntries(texts) as MergedFields), attributes: Object.fromEntries(kept) };
}

const same = (a: ContactAttributeValue, b: ContactAttributeValue | undefined): boolean =>
  JSON.stringify(a) === JSON.stringify(b);
