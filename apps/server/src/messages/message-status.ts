import type { EventType, MessageStatus } from '@switchboard/contracts';

/**
 * A message's state is the highest rank it has been told of, whatever order Meta sends in. `failed` stands above `sent`
 * (Meta accepts a message first and may fail it afterwards) and below `delivered` (what arrived has not failed).
 */
const ranks: Record<MessageStatus, number> = {
  received: 0,
  queued: 10,
  unknown: 15,
  sent: 20,
  failed: 25,
  delivered: 30,
  read: 40,
  played: 50,
};

export const rankOf = (status: MessageStatus): number => ranks[status];

export function higher(a: MessageStatus, b: MessageStatus | undefined): MessageStatus {
  return b !== undefined && ranks[b] > ranks[a] ? b : a;
}

/** The event that tells of a state. A voice message that was played has been read. */
export function eventOf(
  status: MessageStatus,
): Extract<EventType, 'message.sent' | 'message.delivered' | 'message.read' | 'message.failed'> {
  if (status === 'delivered') return 'message.delivered';
  if (status === 'read' || status === 'played') return 'message.read';
  return status === 'failed' ? 'message.failed' : 'message.sent';
}
