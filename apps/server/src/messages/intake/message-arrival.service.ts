import { Injectable } from '@nestjs/common';
import type { ContactSummary, MessageAuthor, MessageStatus } from '@switchboard/contracts';
import { newId } from '@switchboard/database';
import type { NewEvent } from '@switchboard/events';
import { InboundMedia } from '../../media';
import { higher, rankOf } from '../message-status';
import { type ConversationRow, conversationSummary, type MessageRow, messageView, previewOf } from '../message-views';
import { conversationAudience, type EffectItem, messageKey } from './channel-item';
import { type ConversationTouch, type KnownMessage, MessageIntakeRepository } from './intake.repository';
import { MessageStateRepository, type Watermark } from './state.repository';

/** By channel and platform id. */
export type KnownMessages = ReadonlyMap<string, KnownMessage>;

export type ResolvedMessage = EffectItem<'message'> & { contact: ContactSummary };

/** A message that a customer has seen before it was known here: everything before it has been seen too. */
export interface ReadUpTo {
  message: ResolvedMessage;
  at: Date;
}

interface Arrival {
  source: ResolvedMessage;
  row: MessageRow;
  inboundSeq: number | null;
}

/** Stores messages that are new, and brings their conversations forward. */
@Injectable()
export class MessageArrival {
  constructor(
    private readonly repository: MessageIntakeRepository,
    private readonly states: MessageStateRepository,
    private readonly media: InboundMedia,
  ) {}

  async apply(
    messages: readonly ResolvedMessage[],
    known: KnownMessages,
  ): Promise<{ events: NewEvent[]; readUpTo: ReadUpTo[] }> {
    if (messages.length === 0) return { events: [], readUpTo: [] };
    const fresh = messages.filter((one) => !known.get(keyOf(one))?.messageId);
    if (fresh.length === 0) return { events: [], readUpTo: [] };
    const marks = await this.watermarksOf(fresh);

    const arrivals = fresh.map((source) => arrivalOf(source, known.get(keyOf(source)), marks));
    const conversations = await this.touchConversations(arrivals);
    for (const arrival of arrivals) arrival.row.conversationId = conversations.get(pairOf(arrival.row))!.id;
    numberInbound(arrivals, conversations);

    await this.repository.insert(
      arrivals.map(({ row, inboundSeq }) => ({
        ...row,
        author: JSON.stringify(row.author),
        content: JSON.stringify(row.content),
        statusRank: rankOf(row.status),
        inboundSeq,
      })),
    );
    await this.media.record(arrivals.map(({ row }) => row));

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

  private async touchConversations(
    arrivals: readonly Arrival[],
  ): Promise<Map<string, ConversationRow & { created: boolean }>> {
    const touches = new Map<string, ConversationTouch>();
    for (const { row, source } of arrivals) {
      const key = pairOf(row);
      const touch = touches.get(key) ?? emptyTouch(row, source);
      touches.set(key, touch);
      const inbound = row.direction === 'inbound';
      if (inbound && !row.deletedAt) touch.inbound += 1;
      if (inbound && (!touch.lastInboundAt || row.sentAt > touch.lastInboundAt)) touch.lastInboundAt = row.sentAt;
      if (touch.lastMessageId && row.sentAt < touch.lastMessageAt) continue;
      touch.lastMessageId = row.id;
      touch.lastMessageType = row.type;
      touch.lastMessagePreview = row.deletedAt ? '' : previewOf(row.type, row.content);
      touch.lastMessageDirection = row.direction;
      touch.lastMessageAt = row.sentAt;
    }
    const rows = await this.repository.touch([...touches.values()]);
    return new Map(rows.map((row) => [pairOf(row), row]));
  }
}

const keyOf = ({ channel, effect }: ResolvedMessage): string => messageKey(channel.id, effect.messageId);
const pairOf = ({ channelId, contactId }: { channelId: string; contactId: string }): string =>
  `${channelId} ${contactId}`;

function arrivalOf(source: ResolvedMessage, known: KnownMessage | undefined, marks: Map<string, Watermark[]>): Arrival {
  const { effect, channel, contact } = source;
  const sentAt = new Date(effect.sentAt);
  const deletedAt = known?.deletedAt ?? null;
  const row: MessageRow = {
    id: newId(),
    workspaceId: channel.workspaceId,
    channelId: channel.id,
    conversationId: '',
    contactId: contact.id,
    platformMessageId: effect.messageId,
    direction: effect.direction,
    author: authorOf(source),
    type: effect.type,
    content: deletedAt ? {} : effect.content,
    status: effect.direction === 'inbound' ? 'received' : outboundStatus(source, sentAt, known, marks),
    replyTo: effect.replyToMessageId ?? null,
    clientId: null,
    sentAt,
    deletedAt,
    error: null,
  };
  return { source, row, inboundSeq: null };
}

/** A status may have come before its message: whichever comes second settles the state. */
function outboundStatus(
  source: ResolvedMessage,
  sentAt: Date,
  known: KnownMessage | undefined,
  marks: Map<string, Watermark[]>,
): MessageStatus {
  let status: MessageStatus = higher('sent', known?.status ?? undefined);
  for (const mark of marks.get(`${source.channel.id} ${source.effect.customer.userId ?? ''}`) ?? []) {
    if (sentAt <= mark.watermark) status = higher(status, mark.status);
  }
  return status;
}

function authorOf({ effect, contact }: ResolvedMessage): MessageAuthor {
  return effect.direction === 'inbound'
    ? { kind: 'contact', id: contact.id }
    : { kind: 'meta_app', appId: effect.echo?.appId ?? null };
}

function emptyTouch(row: MessageRow, { channel }: ResolvedMessage): ConversationTouch {
  return {
    id: newId(),
    workspaceId: row.workspaceId,
    channelId: row.channelId,
    contactId: row.contactId,
    platform: channel.platform,
    inbound: 0,
    lastMessageId: null,
    lastMessageType: null,
    lastMessagePreview: null,
    lastMessageDirection: null,
    lastMessageAt: row.sentAt,
    lastInboundAt: null,
  };
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
  { source, row }: Arrival,
  conversation: ConversationRow & { created: boolean },
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
  events.push({
    ...at,
    type: row.direction === 'inbound' ? 'message.received' : 'message.sent',
    occurredAt: source.effect.sentAt,
    data,
  });
  return events;
}
