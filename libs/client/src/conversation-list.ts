import type {
  ContactSummary,
  ConversationStatus,
  ConversationSummary,
  InternalConversationSummary,
} from '@switchboard/contracts';
import type { SwitchboardClient } from './client';
import type { Envelope } from './events';
import { type ApplyContext, LiveList, type Page } from './live-list';
import { ToldContacts } from './told-contacts';

export type ConversationItem = ConversationSummary | InternalConversationSummary;

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
  const contacts = new ToldContacts();
  return new LiveList<ConversationItem>(client, {
    namespace: '/messages',
    also: ['/contacts'],
    keyOf: ({ id }) => id,
    load: async (before) =>
      (await client.rest.get('/v1/conversations', { query: { ...filter, before } })) as Page<ConversationItem>,
    apply: (items, event, context) => conversationsAfter(items, event, context, filter, me(), contacts),
  });
}

export function conversationsAfter(
  items: readonly ConversationItem[],
  event: Envelope,
  context: ApplyContext,
  filter: ConversationFilter,
  me: string | undefined,
  contacts = new ToldContacts(),
): readonly ConversationItem[] {
  const { type, data } = event;
  if ('conversation' in data) {
    const { conversation } = data;
    const told = isOfCustomer(conversation)
      ? { ...conversation, contact: contacts.latest(conversation.contact, context.head) }
      : conversation;
    return withConversation(items, told, context, filter, me);
  }
  const contact = contacts.take(event);
  if (contact) return contactChanged(items, event, contact, context);
  if (asksForReload(event, items)) context.reload();
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
  return items;
}

/** What the list shows of it cannot be told from the event: words are cut and worded by the server, an import names nobody. */
function asksForReload({ type, data }: Envelope, items: readonly ConversationItem[]): boolean {
  if (type === 'message.edited' || type === 'message.deleted') {
    const { messageId } = data as { messageId: string };
    return items.some(({ lastMessage }) => lastMessage?.id === messageId);
  }
  if (type === 'contact.deleted' || type === 'contact.erased') {
    const { contactId } = data as { contactId: string };
    return items.some((item) => isOfCustomer(item) && item.contact.id === contactId);
  }
  return type === 'contact.import_completed' && 'updated' in data && !data.dryRun && data.updated > 0;
}

function contactChanged(
  items: readonly ConversationItem[],
  { data }: Envelope,
  contact: ContactSummary,
  { reload }: ApplyContext,
): readonly ConversationItem[] {
  const ids = [contact.id];
  if ('mergeId' in data) {
    // Messages went from one conversation into another, or came back.
    if (data.undone || data.conversations.some(({ into }) => into !== null)) reload();
    else ids.push(data.mergedContactId);
  }
  const isTheirs = (item: ConversationItem) => isOfCustomer(item) && ids.includes(item.contact.id);
  if (!items.some(isTheirs)) return items;
  return items.map((item) => (isTheirs(item) ? ({ ...item, contact } as ConversationItem) : item));
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
