import type {
  ConversationStatus,
  ConversationSummary,
  InternalConversationSummary,
  InternalMessageView,
  MessageStateData,
  MessageStatus,
  MessageView,
} from '@switchboard/contracts';
import type { SwitchboardClient } from './client';
import type { Envelope } from './events';
import { type ApplyContext, LiveList, type Page } from './live-list';

export type ConversationItem = ConversationSummary | InternalConversationSummary;
export type MessageItem = MessageView | InternalMessageView;

/** The filters of `GET /v1/conversations`. */
export interface ConversationFilter {
  status?: ConversationStatus[];
  /** A user id, `me`, or `none`. */
  assignee?: string;
  channelId?: string;
  /** `internal`: conversations with colleagues, and only they. */
  platform?: ConversationItem['platform'];
  /** The id of a label. */
  label?: string;
  unread?: boolean;
  snoozed?: boolean;
  /** Entries a page. */
  limit?: number;
}

/** The conversations that a filter lets through, latest message first. */
export function conversationList(
  client: SwitchboardClient,
  filter: ConversationFilter = {},
): LiveList<ConversationItem> {
  const me = () => client.me.current?.userId;
  return new LiveList<ConversationItem>(client, {
    namespace: '/messages',
    keyOf: ({ id }) => id,
    load: async (before) =>
      (await client.rest.get('/v1/conversations', { query: { ...filter, before } })) as Page<ConversationItem>,
    apply: (items, event, context) => conversationsAfter(items, event, context, filter, me()),
  });
}

/** The messages of a conversation, newest first. */
export function messageList(client: SwitchboardClient, conversationId: string, limit = 50): LiveList<MessageItem> {
  return new LiveList<MessageItem>(client, {
    namespace: '/messages',
    keyOf: ({ id }) => id,
    load: async (before) =>
      (await client.rest.get('/v1/conversations/{id}/messages', {
        path: { id: conversationId },
        query: { limit, before },
      })) as Page<MessageItem>,
    apply: (items, event, context) => messagesAfter(items, event, context, conversationId),
  });
}

export function conversationsAfter(
  items: readonly ConversationItem[],
  { type, data }: Envelope,
  context: ApplyContext,
  filter: ConversationFilter,
  me: string | undefined,
): readonly ConversationItem[] {
  if ('conversation' in data) return withConversation(items, data.conversation, context, filter, me);
  if (type === 'conversation.read') {
    const read = data as { conversationId: string; userId: string; unreadCount: number };
    const item = items.find(({ id }) => id === read.conversationId);
    return item ? withConversation(items, afterReading(item, read), context, filter, me) : items;
  }
  if (type === 'label.deleted') {
    const { labelId } = data as { labelId: string };
    if (!items.some((item) => isOfCustomer(item) && item.labels.includes(labelId))) return items;
    return items.flatMap((item): ConversationItem[] => {
      if (!isOfCustomer(item)) return [item];
      const without = { ...item, labels: item.labels.filter((label) => label !== labelId) };
      return passes(without, filter, me) ? [without] : [];
    });
  }
  if (type === 'message.edited' || type === 'message.deleted') {
    // Its words are what the list shows of the conversation, cut and worded by the server.
    const { messageId } = data as { messageId: string };
    if (items.some(({ lastMessage }) => lastMessage?.id === messageId)) context.reload();
  }
  return items;
}

export function messagesAfter(
  items: readonly MessageItem[],
  { type, data }: Envelope,
  context: ApplyContext,
  conversationId: string,
): readonly MessageItem[] {
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

const isOfCustomer = (item: ConversationItem): item is ConversationSummary => item.platform !== 'internal';
const latest = (item: ConversationItem): string => item.lastMessage?.sentAt ?? '';

function withConversation(
  items: readonly ConversationItem[],
  conversation: ConversationItem,
  { hasMore }: ApplyContext,
  filter: ConversationFilter,
  me: string | undefined,
): readonly ConversationItem[] {
  const others = items.filter(({ id }) => id !== conversation.id);
  const wasThere = others.length < items.length;
  if (!passes(conversation, filter, me)) return wasThere ? others : items;
  const at = others.findIndex((other) => latest(other) <= latest(conversation));
  // Older than all that is loaded: it stands on a page that is not.
  if (at === -1 && hasMore && !wasThere) return items;
  const before = at === -1 ? others.length : at;
  return [...others.slice(0, before), conversation, ...others.slice(before)];
}

function afterReading(item: ConversationItem, read: { userId: string; unreadCount: number }): ConversationItem {
  if (isOfCustomer(item)) return { ...item, unreadCount: read.unreadCount };
  const participants = item.participants.map((one) =>
    one.userId === read.userId ? { ...one, unreadCount: read.unreadCount } : one,
  );
  return { ...item, participants };
}

/** As `GET /v1/conversations` filters. */
function passes(item: ConversationItem, filter: ConversationFilter, me: string | undefined): boolean {
  const { status, assignee, channelId, platform, label, unread, snoozed } = filter;
  if (!isOfCustomer(item)) {
    const own = item.participants.find(({ userId }) => userId === me);
    return platform === 'internal' && (unread === undefined || unread === (own?.unreadCount ?? 0) > 0);
  }
  if (platform !== undefined && platform !== item.platform) return false;
  if (status && !status.includes(item.status)) return false;
  if (snoozed !== undefined && snoozed !== (item.status === 'snoozed')) return false;
  if (assignee === 'none' && item.assigneeId !== null) return false;
  if (assignee !== undefined && assignee !== 'none' && item.assigneeId !== (assignee === 'me' ? me : assignee))
    return false;
  if (channelId !== undefined && channelId !== item.channelId) return false;
  if (label !== undefined && !item.labels.includes(label)) return false;
  return unread === undefined || unread === item.unreadCount > 0;
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
