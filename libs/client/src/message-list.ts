import type {
  ConversationSummary,
  InternalMessageView,
  MessageStateData,
  MessageStatus,
  MessageView,
} from '@switchboard/contracts';
import type { SwitchboardClient } from './client';
import type { Envelope } from './events';
import { type ApplyContext, LiveList, type Page } from './live-list';

export type MessageItem = MessageView | InternalMessageView;

/** The messages of a conversation, newest first. */
export function messageList(client: SwitchboardClient, conversationId: string, limit = 50): LiveList<MessageItem> {
  return new LiveList<MessageItem>(client, {
    namespace: '/messages',
    also: ['/contacts'],
    keyOf: ({ id }) => id,
    load: async (before) =>
      (await client.rest.get('/v1/conversations/{id}/messages', {
        path: { id: conversationId },
        query: { limit, before },
      })) as Page<MessageItem>,
    apply: (items, event, context) => messagesAfter(items, event, context, conversationId),
  });
}

export function messagesAfter(
  items: readonly MessageItem[],
  { type, data }: Envelope,
  context: ApplyContext,
  conversationId: string,
): readonly MessageItem[] {
  if ('mergeId' in data) {
    if (data.conversations.some(({ id, into }) => id === conversationId || into === conversationId)) context.reload();
    return items;
  }
  if (type === 'contact.erased' || type === 'contact.deleted') {
    const { contactId } = data as { contactId: string };
    if (items.some((item) => 'contactId' in item && item.contactId === contactId)) context.reload();
    return items;
  }
  if ('message' in data)
    return data.message.conversationId === conversationId ? withMessage(items, data.message) : items;
  if (type === 'conversation.updated') {
    const { conversation, changedBy } = data as { conversation: ConversationSummary; changedBy: string | null };
    // History was imported, or a snoozed one woke: which of them is not told.
    if (conversation.id === conversationId && changedBy === null) context.reload();
    return items;
  }
  if (!('conversationId' in data) || data.conversationId !== conversationId) return items;
  if ('watermark' in data) return withState(items, data);
  if (type === 'message.media_stored' || type === 'message.media_failed') context.reload();
  if (type === 'message.edited') {
    const { messageId, content, editedAt } = data as { messageId: string; content: unknown; editedAt: string };
    return changed(items, (one) => one.id === messageId, { content, editedAt });
  }
  if (type === 'message.deleted') {
    const { messageId, deletedAt } = data as { messageId: string; deletedAt: string };
    return changed(items, (one) => one.id === messageId, { content: {}, deletedAt });
  }
  return items;
}

function withMessage(items: readonly MessageItem[], message: MessageItem): readonly MessageItem[] {
  const known = items.find(({ id }) => id === message.id);
  if (known) return items.map((item) => (item === known ? further(known, message) : item));
  const at = items.findIndex(({ sentAt }) => sentAt <= message.sentAt);
  const before = at === -1 ? items.length : at;
  return [...items.slice(0, before), message, ...items.slice(before)];
}

const ranks: Readonly<Record<MessageStatus, number>> = {
  received: 0,
  queued: 0,
  unknown: 1,
  sent: 2,
  delivered: 3,
  read: 4,
  played: 5,
  failed: 6,
};

/** A message as it was told, in a state no earlier than it was known in. */
function further(known: MessageItem, told: MessageItem): MessageItem {
  if (!('status' in known) || !('status' in told) || ranks[told.status] >= ranks[known.status]) return told;
  return { ...told, status: known.status, error: known.error };
}

function withState(items: readonly MessageItem[], state: MessageStateData): readonly MessageItem[] {
  const ids = new Set(state.messageIds);
  const isMeant = (item: MessageItem): boolean => {
    if (!('status' in item) || item.direction !== 'outbound' || ranks[item.status] >= ranks[state.status]) return false;
    // At most a hundred are named.
    return ids.has(item.id) || (state.watermark !== null && item.sentAt <= state.watermark && item.status !== 'queued');
  };
  return changed(items, isMeant, { status: state.status, ...(state.errors?.[0] ? { error: state.errors[0] } : {}) });
}

function changed(
  items: readonly MessageItem[],
  isMeant: (item: MessageItem) => boolean,
  change: Partial<MessageView>,
): readonly MessageItem[] {
  if (!items.some(isMeant)) return items;
  return items.map((item) => (isMeant(item) ? ({ ...item, ...change } as MessageItem) : item));
}
