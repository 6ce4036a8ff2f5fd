import { Injectable } from '@nestjs/common';
import { type ContactSummary, rooms } from '@switchboard/contracts';
import type { NewEvent } from '@switchboard/events';
import type { CustomerRef, ItemEffect } from '@switchboard/meta';
import {
  ContactDirectory,
  type CustomerToResolve,
  ErasedPeople,
  IdentityChanges,
  ItemPeople,
  type KnownCustomers,
  type LateItems,
} from '../../contacts';
import { ItemEffects } from '../../item-effects';
import { Adoption } from '../sending/adoption.service';
import type { KnownMessages, ResolvedMessage } from './arrival';
import { type ChannelItem, messageKey, ofKind } from './channel-item';
import { HistoryImport } from './history-import.service';
import { MessageArrival } from './message-arrival.service';
import { MessageEdits } from './message-edits.service';
import { MessageState } from './message-state.service';
import { Referrals, type Referred } from './referrals.service';

/** What is stored of a batch before it is applied. */
export interface KnownToIntake {
  messages: KnownMessages;
  customers: KnownCustomers;
  /** Messages of ours that these items made known by the platform's id. */
  adopted: readonly string[];
  /** Items of the past of people who have been erased since: nothing of them is stored. */
  erased: ReadonlySet<string>;
}

export interface Applied {
  /** What is to be told, in order. */
  events: NewEvent[];
  /** Items of the past of people who have been erased: they may be told of, but not who they are about. */
  late: LateItems;
}

type ContactOf = ReadonlyMap<string, ContactSummary | undefined>;

/**
 * Turns a batch of items into contacts, conversations, messages and their states: a fixed number of statements whatever the
 * size of the batch. Messages come before what is said of them, because within the batch either may stand first.
 */
@Injectable()
export class MessageIntake {
  constructor(
    private readonly contacts: ContactDirectory,
    private readonly identities: IdentityChanges,
    private readonly erased: ErasedPeople,
    private readonly people: ItemPeople,
    private readonly arrival: MessageArrival,
    private readonly history: HistoryImport,
    private readonly edits: MessageEdits,
    private readonly state: MessageState,
    private readonly adoption: Adoption,
    private readonly referrals: Referrals,
    private readonly effects: ItemEffects,
  ) {}

  /** Reads what is stored of a batch's messages and customers. Inside the transaction that applies it, and its locks. */
  async known(items: readonly ChannelItem[]): Promise<KnownToIntake> {
    const adopted = await this.adoption.adopt(items);
    // Looks that do not wait for each other share a round trip.
    const [messages, customers, erased] = await Promise.all([
      this.arrival.known(ofKind(items, 'message')),
      this.contacts.known(aboutCustomers(items).map(toResolve)),
      this.ofErased(items),
    ]);
    return { messages, customers, adopted, erased };
  }

  /**
   * Inside a transaction that holds the lock of every channel of the batch.
   * @param known of these items, or of more
   */
  async apply(given: readonly ChannelItem[], known: KnownToIntake): Promise<Applied> {
    const unerased = known.erased.size === 0 ? given : given.filter(({ id }) => !known.erased.has(id));
    const told = aboutCustomers(unerased);
    const resolved = await this.contacts.resolve(
      told.map((one) =>
        isStored(one, known.messages) ? { ...toResolve(one), create: false, learn: true } : toResolve(one),
      ),
      known.customers,
    );
    const contactOf: ContactOf = new Map(told.map((one, position) => [one.id, resolved.contacts[position]]));
    const late = await this.people.keep(given, (itemId) => contactOf.get(itemId)?.id);
    const items = late.size === 0 ? unerased : unerased.filter((one) => !late.has(one.id) || isOfMessageOnly(one));
    const messages = ofKind(items, 'message');

    const events: NewEvent[] = [];
    const channelOf = new Map(told.map((one) => [contactOf.get(one.id)?.id, one.channel]));
    for (const contact of resolved.created) {
      const channel = channelOf.get(contact.id);
      if (!channel) continue;
      events.push({
        type: 'contact.created',
        workspaceId: contact.workspaceId,
        audience: [rooms.workspace(contact.workspaceId), rooms.channel(channel.id), rooms.contact(contact.id)],
        data: { contact: summary(contact), channelId: channel.id, platform: channel.platform },
      });
    }
    events.push(...resolved.updated.map(contactUpdated));

    const arrived = messages.flatMap((one): ResolvedMessage[] => {
      const contact = contactOf.get(one.id);
      return contact ? [{ ...one, contact }] : [];
    });
    const live = arrived.filter(({ effect }) => !effect.imported);
    const { events: arrivals, readUpTo } = await this.arrival.apply(live, known.messages);
    const past = arrived.filter(({ effect }) => effect.imported);
    const imported = await this.history.apply(past, live, known.messages);
    const changed = await this.changedInPast(items, contactOf);
    await resolved.confirmed;
    events.push(...(await this.adoption.eventsOf(known.adopted)), ...arrivals);
    events.push(...(await this.history.told(imported, changed)));
    events.push(...(await this.referrals.apply(referredIn(items, live, contactOf))));
    events.push(...(await this.changedIdentities(items)));
    const present = items.filter(({ item }) => !isPast(item.effect));
    events.push(...(await this.edits.apply(ofKind(present, 'edit'))));
    events.push(...(await this.state.deletions(ofKind(present, 'deletion'))));
    events.push(...(await this.state.statuses(ofKind(present, 'status'))));
    events.push(
      ...(await this.state.watermarks(ofKind(items, 'watermark'), ofKind(items, 'seen'), readUpTo, contactOf)),
    );
    events.push(...(await this.state.reactions(ofKind(present, 'reaction'), contactOf)));
    events.push(...(await this.effects.apply(items)));
    return { events, late };
  }

  /** What an imported history says became of messages. @returns what would be told of it, were it of now */
  private async changedInPast(items: readonly ChannelItem[], contactOf: ContactOf): Promise<NewEvent[]> {
    const past = items.filter(({ item }) => isPast(item.effect));
    if (past.length === 0) return [];
    return [
      ...(await this.edits.apply(ofKind(past, 'edit'))),
      ...(await this.state.deletions(ofKind(past, 'deletion'))),
      ...(await this.state.statuses(ofKind(past, 'status'))),
      ...(await this.state.reactions(ofKind(past, 'reaction'), contactOf)),
    ];
  }

  /** What a customer writes is of now; what is imported, and echoes, may be of a time before they were erased. */
  private async ofErased(items: readonly ChannelItem[]): Promise<ReadonlySet<string>> {
    const past = ofKind(items, 'message').filter(
      ({ effect }) => effect.imported !== undefined || effect.direction === 'outbound',
    );
    const erasedAt = await this.erased.erasedAt(past.map(toResolve));
    return new Set(
      past.flatMap(({ id, effect }, position) => (effect.sentAt <= (erasedAt[position] ?? 0) ? [id] : [])),
    );
  }

  private async changedIdentities(items: readonly ChannelItem[]): Promise<NewEvent[]> {
    const changes = ofKind(items, 'identity_change').map(({ effect, channel }) => ({
      scope: { workspaceId: channel.workspaceId, channelId: channel.id, platform: channel.platform },
      previous: effect.previous,
      current: effect.customer,
    }));
    return (await this.identities.apply(changes)).map(contactUpdated);
  }
}

type AboutCustomer = ChannelItem & { effect: Extract<ItemEffect, { customer: CustomerRef }> };

/** Messages first: they make people known. Whatever is about a person is found by it when their data is asked for or erased. */
function aboutCustomers(items: readonly ChannelItem[]): AboutCustomer[] {
  const about = items.flatMap((one) => ('customer' in one.item.effect ? [{ ...one, effect: one.item.effect }] : []));
  return [...about.filter(isMessage), ...about.filter((one) => !isMessage(one))];
}

/** A change that an imported history brought: applied, and told by its conversation only. */
const isPast = (effect: ItemEffect): boolean =>
  effect.kind !== 'message' && 'imported' in effect && effect.imported === true;

const isMessage = ({ effect }: AboutCustomer): boolean => effect.kind === 'message';

/** What became of a message to them is still told: it says nothing of them but what `customer` does. */
const isOfMessageOnly = ({ item: { effect } }: ChannelItem): boolean =>
  effect.kind === 'status' && effect.participantId === undefined;

/** Told again, late, it makes nobody known: whoever it was may have been erased since. */
function isStored({ channel, effect }: AboutCustomer, messages: KnownMessages): boolean {
  return effect.kind === 'message' && Boolean(messages.get(messageKey(channel.id, effect.messageId))?.messageId);
}

/** A message makes somebody known, and so does coming through a link; the rest is about people who are. */
function toResolve({ effect, channel }: AboutCustomer): CustomerToResolve {
  const comes = effect.kind === 'referral' && (effect.customer.userId ?? effect.customer.waId) !== undefined;
  return {
    customer: effect.customer,
    scope: { workspaceId: channel.workspaceId, channelId: channel.id, platform: channel.platform },
    create: effect.kind === 'message' || comes,
  };
}

function referredIn(
  items: readonly ChannelItem[],
  messages: readonly ResolvedMessage[],
  contactOf: ContactOf,
): Referred[] {
  const withMessage = messages.flatMap(({ effect, contact, ...item }): Referred[] =>
    effect.referral
      ? [{ item, referral: effect.referral, contact, platformMessageId: effect.messageId, at: effect.sentAt }]
      : [],
  );
  const alone = ofKind(items, 'referral').flatMap(({ effect, ...item }): Referred[] => {
    const contact = contactOf.get(item.id);
    return contact ? [{ item, referral: effect.referral, contact, platformMessageId: null, at: effect.at }] : [];
  });
  return [...withMessage, ...alone];
}

function contactUpdated(contact: ContactSummary & { workspaceId: string }): NewEvent {
  return {
    type: 'contact.updated',
    workspaceId: contact.workspaceId,
    audience: [rooms.workspace(contact.workspaceId), rooms.contact(contact.id)],
    data: { contact: summary(contact) },
  };
}

const summary = ({ id, name, username, phone }: ContactSummary): ContactSummary => ({ id, name, username, phone });
