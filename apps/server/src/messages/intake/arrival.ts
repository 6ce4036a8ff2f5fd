import type { ContactSummary, MessageAuthor, MessageStatus } from '@switchboard/contracts';
import { newId } from '@switchboard/database';
import { higher, rankOf } from '../message-status';
import { type MessageRow, previewOf } from '../message-views';
import { type EffectItem, messageKey } from './channel-item';
import type { ConversationTouch, KnownMessage, NewMessage } from './intake.repository';
import type { Watermark } from './state.repository';

/** By channel and platform id. */
export type KnownMessages = ReadonlyMap<string, KnownMessage>;

export type ResolvedMessage = EffectItem<'message'> & { contact: ContactSummary };

export interface Arrival {
  source: ResolvedMessage;
  row: MessageRow;
  inboundSeq: number | null;
}

export const keyOf = ({ channel, effect }: EffectItem<'message'>): string => messageKey(channel.id, effect.messageId);
export const pairOf = ({ channelId, contactId }: { channelId: string; contactId: string }): string =>
  `${channelId} ${contactId}`;

/** The row of a new message. What came before it, its deletion, an edit, a status, is in it from the start. */
export function arrivalOf(
  source: ResolvedMessage,
  known: KnownMessage | undefined,
  marks: ReadonlyMap<string, Watermark[]>,
): Arrival {
  const { effect, channel, contact } = source;
  const sentAt = new Date(effect.sentAt);
  const deletedAt = known?.deletedAt ?? null;
  const content = known?.editedContent ?? effect.content;
  const row: MessageRow = {
    id: newId(),
    workspaceId: channel.workspaceId,
    channelId: channel.id,
    conversationId: '',
    contactId: contact.id,
    platformMessageId: effect.messageId,
    direction: effect.direction,
    author: authorOf(source),
    type: known?.editedType ?? effect.type,
    content: deletedAt ? {} : content,
    status: effect.direction === 'inbound' ? 'received' : outboundStatus(source, sentAt, known, marks),
    replyTo: effect.replyToMessageId ?? null,
    clientId: null,
    sentAt,
    deletedAt,
    editedAt: known?.editedAt ?? null,
    error: null,
  };
  return { source, row, inboundSeq: null };
}

/** A status may have come before its message: whichever comes second settles the state. */
function outboundStatus(
  { effect, channel }: ResolvedMessage,
  sentAt: Date,
  known: KnownMessage | undefined,
  marks: ReadonlyMap<string, Watermark[]>,
): MessageStatus {
  let status: MessageStatus = higher(higher('sent', effect.imported?.status), known?.status ?? undefined);
  for (const mark of marks.get(`${channel.id} ${effect.customer.userId ?? ''}`) ?? []) {
    if (sentAt <= mark.watermark) status = higher(status, mark.status);
  }
  return status;
}

function authorOf({ effect, contact }: ResolvedMessage): MessageAuthor {
  return effect.direction === 'inbound'
    ? { kind: 'contact', id: contact.id }
    : { kind: 'meta_app', appId: effect.echo?.appId ?? null };
}

/** How arrivals bring their conversations forward, by channel and contact. `counts`: whether one is unread. */
export function touchesOf(
  arrivals: readonly Arrival[],
  counts: (arrival: Arrival) => boolean,
): Map<string, ConversationTouch> {
  const touches = new Map<string, ConversationTouch>();
  for (const arrival of arrivals) {
    const { row, source } = arrival;
    const key = pairOf(row);
    const touch = touches.get(key) ?? emptyTouch(row, source);
    touches.set(key, touch);
    const inbound = row.direction === 'inbound';
    if (counts(arrival)) touch.inbound += 1;
    if (inbound && (!touch.lastInboundAt || row.sentAt > touch.lastInboundAt)) touch.lastInboundAt = row.sentAt;
    if (touch.lastMessageId && row.sentAt < touch.lastMessageAt) continue;
    touch.lastMessageId = row.id;
    touch.lastMessageType = row.type;
    touch.lastMessagePreview = row.deletedAt ? '' : previewOf(row.type, row.content);
    touch.lastMessageDirection = row.direction;
    touch.lastMessageAt = row.sentAt;
  }
  return touches;
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

export function newMessage({ row, inboundSeq }: Arrival): NewMessage {
  return {
    ...row,
    author: JSON.stringify(row.author),
    content: JSON.stringify(row.content),
    statusRank: rankOf(row.status),
    inboundSeq,
  };
}
