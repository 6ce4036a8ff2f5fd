import { Injectable } from '@nestjs/common';
import { rooms } from '@switchboard/contracts';
import type { NewEvent } from '@switchboard/events';
import { ContactDirectory, type CustomerToResolve, type KnownCustomers } from '../../contacts';
import { type ChannelItem, type EffectItem, ofKind } from './channel-item';
import { type KnownMessages, MessageArrival, type ResolvedMessage } from './message-arrival.service';
import { MessageState } from './message-state.service';

/** What is stored of a batch before it is applied. */
export interface KnownToIntake {
  messages: KnownMessages;
  customers: KnownCustomers;
}

/**
 * Turns a batch of items into contacts, conversations, messages and their states: a fixed number of statements whatever the
 * size of the batch. Messages come before what is said of them, because within the batch either may stand first.
 */
@Injectable()
export class MessageIntake {
  constructor(
    private readonly contacts: ContactDirectory,
    private readonly arrival: MessageArrival,
    private readonly state: MessageState,
  ) {}

  /** Reads what is stored of a batch's messages and customers. Inside the transaction that applies it, and its locks. */
  async known(items: readonly ChannelItem[]): Promise<KnownToIntake> {
    // Two looks that do not wait for each other share a round trip.
    const [messages, customers] = await Promise.all([
      this.arrival.known(ofKind(items, 'message')),
      this.contacts.known(aboutCustomers(items).map(toResolve)),
    ]);
    return { messages, customers };
  }

  /**
   * Inside a transaction that holds the lock of every channel of the batch. Returns what is to be told, in order.
   * @param known of these items, or of more
   */
  async apply(items: readonly ChannelItem[], known: KnownToIntake): Promise<NewEvent[]> {
    const messages = ofKind(items, 'message');
    const told = aboutCustomers(items);
    const resolved = await this.contacts.resolve(told.map(toResolve), known.customers);
    const contactOf = new Map(told.map((one, position) => [one.id, resolved.contacts[position]]));

    const events: NewEvent[] = [];
    const channelOf = new Map(messages.map((one) => [contactOf.get(one.id)?.id, one.channel]));
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
    for (const contact of resolved.updated) {
      events.push({
        type: 'contact.updated',
        workspaceId: contact.workspaceId,
        audience: [rooms.workspace(contact.workspaceId), rooms.contact(contact.id)],
        data: { contact: summary(contact) },
      });
    }

    const arrived = messages.map((one): ResolvedMessage => ({ ...one, contact: contactOf.get(one.id)! }));
    const { events: arrivals, readUpTo } = await this.arrival.apply(arrived, known.messages);
    await resolved.confirmed;
    events.push(...arrivals);
    events.push(...(await this.state.deletions(ofKind(items, 'deletion'))));
    events.push(...(await this.state.statuses(ofKind(items, 'status'))));
    events.push(
      ...(await this.state.watermarks(ofKind(items, 'watermark'), ofKind(items, 'seen'), readUpTo, contactOf)),
    );
    events.push(...(await this.state.reactions(ofKind(items, 'reaction'), contactOf)));
    return events;
  }
}

type AboutCustomer = EffectItem<'message' | 'watermark' | 'seen' | 'reaction' | 'status' | 'deletion'>;

function aboutCustomers(items: readonly ChannelItem[]): AboutCustomer[] {
  return (['message', 'watermark', 'seen', 'reaction', 'status', 'deletion'] as const).flatMap(
    (kind) => ofKind(items, kind) as AboutCustomer[],
  );
}

/** Only a message makes somebody known; the rest is about people who are. */
function toResolve({ id, effect, channel }: AboutCustomer): CustomerToResolve {
  return {
    itemId: id,
    customer: effect.customer,
    scope: { workspaceId: channel.workspaceId, channelId: channel.id, platform: channel.platform },
    create: effect.kind === 'message',
  };
}

function summary({
  id,
  name,
  username,
  phone,
}: {
  id: string;
  name: string | null;
  username: string | null;
  phone: string | null;
}) {
  return { id, name, username, phone };
}
