import type {
  ContactSummary,
  ConversationStatus,
  ConversationSummary,
  MessageAuthor,
  MessageDirection,
  MessageErrorView,
  MessageStatus,
  MessageView,
  Platform,
} from '@switchboard/contracts';
import type { MessageContent } from '@switchboard/meta';

/** Meta's service window: free-form answers are allowed for 24 h after the customer's last message. */
const serviceWindowMs = 24 * 3_600_000;
const previewLength = 120;

export interface ConversationRow {
  id: string;
  workspaceId: string;
  channelId: string;
  contactId: string;
  platform: Platform;
  status: ConversationStatus;
  snoozedUntil: Date | null;
  assigneeId: string | null;
  labelIds: string[];
  version: number;
  inboundCount: number;
  readCount: number;
  lastMessageId: string | null;
  lastMessageType: string | null;
  lastMessagePreview: string | null;
  lastMessageDirection: MessageDirection | null;
  lastMessageAt: Date;
  lastInboundAt: Date | null;
}

export interface MessageRow {
  id: string;
  workspaceId: string;
  channelId: string;
  conversationId: string;
  contactId: string;
  platformMessageId: string | null;
  direction: MessageDirection;
  author: MessageAuthor;
  type: string;
  content: MessageContent;
  status: MessageStatus;
  replyTo: string | null;
  clientId: string | null;
  sentAt: Date;
  deletedAt: Date | null;
  error: MessageErrorView | null;
  editedAt?: Date | null;
}

export function conversationSummary(row: ConversationRow, contact: ContactSummary): ConversationSummary {
  return {
    id: row.id,
    platform: row.platform,
    channelId: row.channelId,
    status: row.status,
    snoozedUntil: row.snoozedUntil?.toISOString() ?? null,
    assigneeId: row.assigneeId,
    labels: row.labelIds,
    version: row.version,
    contact: { id: contact.id, name: contact.name, username: contact.username, phone: contact.phone },
    unreadCount: Math.max(0, row.inboundCount - row.readCount),
    lastMessage: row.lastMessageId
      ? {
          id: row.lastMessageId,
          type: row.lastMessageType ?? 'text',
          preview: row.lastMessagePreview ?? '',
          direction: row.lastMessageDirection ?? 'inbound',
          sentAt: row.lastMessageAt.toISOString(),
        }
      : null,
    serviceWindowEndsAt: row.lastInboundAt
      ? new Date(row.lastInboundAt.getTime() + serviceWindowMs).toISOString()
      : null,
  };
}

export function messageView(row: MessageRow, platform: Platform, replyToMessageId: string | null = null): MessageView {
  return {
    id: row.id,
    conversationId: row.conversationId,
    channelId: row.channelId,
    contactId: row.contactId,
    platform,
    platformMessageId: row.platformMessageId,
    direction: row.direction,
    author: row.author,
    type: row.type,
    content: row.content,
    status: row.status,
    replyToMessageId,
    clientId: row.clientId,
    sentAt: row.sentAt.toISOString(),
    deletedAt: row.deletedAt?.toISOString() ?? null,
    error: row.error,
    editedAt: row.editedAt?.toISOString() ?? null,
  };
}

/** What a conversation list shows of a message. */
export function previewOf(type: string, content: MessageContent): string {
  const text =
    content.text ?? content.reply?.title ?? content.attachments?.[0]?.caption ?? content.attachments?.[0]?.filename;
  return cutPreview(text ?? `[${type}]`);
}

/** A text as a conversation list shows it. */
export function cutPreview(text: string): string {
  // PostgreSQL's text takes no NUL.
  const preview = text.replaceAll('\0', '');
  // Cut between characters, never inside a surrogate pair.
  return preview.length > previewLength
    ? `${[...preview.slice(0, previewLength + 1)].slice(0, -1).join('')}…`
    : preview;
}
