import { Injectable } from '@nestjs/common';
import type { NewEvent } from '@switchboard/events';
import { InboundMedia } from '../../media';
import { CampaignSignals } from '../campaign-signals';
import { rankOf } from '../message-status';
import { type ConversationRow, conversationSummary, messageView } from '../message-views';
import {
  type Arrival,
  arrivalOf,
  type KnownMessages,
  keyOf,
  newMessage,
  pairOf,
  type ResolvedMessage,
  touchesOf,
} from './arrival';
import { conversationAudience, type EffectItem, messageKey } from './channel-item';
import { MessageIntakeRepository, type TouchedConversation } from './intake.repository';
import { MessageStateRepository, type Watermark } from './state.repository';

/** A message that a customer has seen before it was known here: everything before it has been seen too. */
export interface ReadUpTo {
  message: ResolvedMessage;
  at: Date;
}

/** Stores messages that are new, and brings their conversations forward. */
@Injectable()
export class MessageArrival {
  constructor(
    private readonly repository: MessageIntakeRepository,
    private readonly states: MessageStateRepository,
    private readonly media: InboundMedia,
    private readonly campaigns: CampaignSignals,
  ) {}

  async apply(
    messages: readonly ResolvedMessage[],
    known: KnownMessages,
  ): Promise<{ events: NewEvent[]; readUpTo: ReadUpTo[] }> {
    if (messages.length === 0) return { events: [], readUpTo: [] };
    const fresh = unknownOnce(messages, known);
    if (fresh.length === 0) return { events: [], readUpTo: [] };
    const marks = await this.watermarksOf(fresh);

    const arrivals = fresh.map((source) => arrivalOf(source, known.get(keyOf(source)), marks));
    const conversations = await this.touchConversations(arrivals);
    for (const arrival of arrivals) arrival.row.conversationId = conversations.get(pairOf(arrival.row))!.id;
    numberInbound(arrivals, conversations);

    await this.repository.insert(arrivals.map(newMessage));
    await this.media.record(arrivals.map(({ row }) => row));
    await this.campaigns.answered(
      arrivals.filter(counts).flatMap(({ row }) => {
        const { campaignId, contactId } = conversations.get(pairOf(row))!;
        return campaignId ? [{ campaignId, contactId, at: row.sentAt }] : [];
      }),
    );

    const idOf = (source: ResolvedMessage): string | null => {
      const replyTo = source.effect.replyToMessageId;
      return replyTo ? (known.get(messageKey(source.channel.id, replyTo))?.messageId ?? null) : null;
    };
    return {
      events: arrivals.flatMap((arrival) =>
        eventsOf(arrival, conversations.get(pairOf(arrival.row))!, idOf(arrival.source)),
      ),
      readUpTo: arrivals.filter(readOnInstagram).map(({ source, row }) => ({ message: source, at: row.sentAt })),
    };
  }

  /** What is known of these messages, and of those they answer. */
  async known(messages: readonly EffectItem<'message'>[]): Promise<KnownMessages> {
    if (messages.length === 0) return new Map();
    const keys = new Map<string, { channelId: string; platformMessageId: string }>();
    for (const { channel, effect } of messages) {
      for (const id of [effect.messageId, effect.replyToMessageId]) {
        if (id) keys.set(messageKey(channel.id, id), { channelId: channel.id, platformMessageId: id });
      }
    }
    const known = await this.repository.known([...keys.values()]);
    return new Map(known.map((one) => [messageKey(one.channelId, one.platformMessageId), one]));
  }

  /** Inbound messages have no delivery state to look for, and they are the rule. */
  private async watermarksOf(messages: readonly ResolvedMessage[]): Promise<Map<string, Watermark[]>> {
    const outbound = messages.filter(
      ({ effect, channel }) => effect.direction === 'outbound' && channel.platform !== 'whatsapp',
    );
    const marks = new Map<string, Watermark[]>();
    if (outbound.length === 0) return marks;
    const customers = outbound.map(({ channel, effect }) => ({
      channelId: channel.id,
      customer: effect.customer.userId ?? '',
    }));
    for (const mark of await this.states.watermarksOf(customers)) {
      const key = `${mark.channelId} ${mark.customer}`;
      marks.set(key, [...(marks.get(key) ?? []), mark]);
    }
    return marks;
  }

  private async touchConversations(arrivals: readonly Arrival[]): Promise<Map<string, TouchedConversation>> {
    const touches = touchesOf(arrivals, counts);
    const rows = await this.repository.touch([...touches.values()]);
    return new Map(rows.map((row) => [pairOf(row), row]));
  }
}

/** Instagram may tell a new message twice, as itself and as its edit no. 0, with different keys: the message itself counts. */
function unknownOnce(messages: readonly ResolvedMessage[], known: KnownMessages): ResolvedMessage[] {
  const fresh = messages.filter((one) => !known.get(keyOf(one))?.messageId);
  const byKey = new Map<string, ResolvedMessage>();
  for (const one of fresh) {
    const other = byKey.get(keyOf(one));
    if (!other || other.item.field === 'message_edits') byKey.set(keyOf(one), one);
  }
  return byKey.size === fresh.length ? fresh : [...byKey.values()];
}

const counts = ({ row }: Arrival): boolean => row.direction === 'inbound' && !row.deletedAt;

/** Numbers the inbound messages of each conversation up to its new count. */
function numberInbound(arrivals: readonly Arrival[], conversations: Map<string, ConversationRow>): void {
  const next = new Map<string, number>();
  for (let i = arrivals.length - 1; i >= 0; i -= 1) {
    const arrival = arrivals[i]!;
    if (!counts(arrival)) continue;
    const key = pairOf(arrival.row);
    const sequence = next.get(key) ?? conversations.get(key)!.inboundCount;
    arrival.inboundSeq = sequence;
    next.set(key, sequence - 1);
  }
}

const readOnInstagram = ({ source, row }: Arrival): boolean =>
  source.channel.platform === 'instagram' && row.direction === 'outbound' && rankOf(row.status) >= rankOf('read');

function eventsOf(
  { source, row, inboundSeq }: Arrival,
  conversation: TouchedConversation,
  replyTo: string | null,
): NewEvent[] {
  const summary = conversationSummary(conversation, source.contact);
  const at = { workspaceId: row.workspaceId, audience: conversationAudience(row) };
  const events: NewEvent[] = [];
  if (conversation.created) {
    // Told once, with the first of its messages in this batch.
    conversation.created = false;
    events.push({ ...at, type: 'conversation.created', data: { conversation: summary } });
  }
  if (row.deletedAt) {
    events.push({
      ...at,
      type: 'message.deleted',
      data: {
        messageId: row.id,
        platformMessageId: row.platformMessageId!,
        conversationId: row.conversationId,
        channelId: row.channelId,
        by: row.direction === 'inbound' ? 'customer' : 'business',
        deletedAt: row.deletedAt.toISOString(),
      },
    });
    return events;
  }
  const data = { message: messageView(row, source.channel.platform, replyTo), conversation: summary };
  const told = { ...at, occurredAt: source.effect.sentAt };
  if (row.direction !== 'inbound') return [...events, { ...told, type: 'message.sent', data }];
  const { campaignId, reopenedBy } = conversation;
  const more = { first: inboundSeq === 1, reopened: reopenedBy === row.id, campaignId };
  return [...events, { ...told, type: 'message.received', data: { ...data, ...more } }];
}
