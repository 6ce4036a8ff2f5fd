import type { Cursor } from './cursor';

export type Platform = 'whatsapp' | 'messenger' | 'instagram';
export type MessageDirection = 'inbound' | 'outbound';
/** A message's life. It only moves forward; `unknown` is a send whose outcome Meta has not told yet. */
export type MessageStatus = 'received' | 'queued' | 'unknown' | 'sent' | 'delivered' | 'read' | 'played' | 'failed';
export type ConversationStatus = 'open' | 'pending' | 'snoozed' | 'closed';
export type Role = 'owner' | 'admin' | 'agent' | 'viewer';

export interface ContactSummary {
  id: string;
  name: string | null;
  username: string | null;
  /** Digits with country code; `null` where the platform hides it. */
  phone: string | null;
}

/** What a conversation list shows of one conversation. */
export interface ConversationSummary {
  id: string;
  platform: Platform;
  channelId: string;
  status: ConversationStatus;
  contact: ContactSummary;
  /** Inbound messages that nobody of the workspace has read yet. */
  unreadCount: number;
  lastMessage: { id: string; type: string; preview: string; direction: MessageDirection; sentAt: string } | null;
  /** Until when free-form answers are allowed: 24 h after the customer's last message (Meta's service window). */
  serviceWindowEndsAt: string | null;
}

/** Who a message is by: the customer, or one of ours. `meta_app`: sent from Meta's own inbox or phone app, seen as an echo. */
export type MessageAuthor =
  | { kind: 'contact'; id: string }
  | { kind: 'user'; id: string }
  | { kind: 'flow' | 'campaign' | 'api_key'; id: string }
  | { kind: 'meta_app'; appId: string | null };

export interface MessageView {
  id: string;
  conversationId: string;
  channelId: string;
  contactId: string;
  platform: Platform;
  platformMessageId: string | null;
  direction: MessageDirection;
  author: MessageAuthor;
  type: string;
  content: unknown;
  status: MessageStatus;
  replyToMessageId: string | null;
  clientId: string | null;
  sentAt: string;
  deletedAt: string | null;
  /** Why it was not sent or delivered; also what is known of one whose outcome is unknown. */
  error: MessageErrorView | null;
}

export interface MessageErrorView {
  /** What kind of failure it is: `window_closed`, `undeliverable`, `auth`, `template`, … */
  reason?: string;
  code?: number;
  subcode?: number;
  title?: string;
  message?: string;
  details?: string;
  fbtraceId?: string;
  mayRetry?: boolean;
}

/** A file that is kept here. */
export interface MediaFacts {
  id: string;
  mimeType: string;
  /** Bytes. */
  size: number;
  /** Hexadecimal. */
  sha256: string;
}

/** `media` of an attachment, as REST shows it. */
export interface MediaView {
  id: string;
  /** `pending`: being fetched from Meta. `failed`: it cannot be, see `error`. */
  status: 'pending' | 'stored' | 'failed';
  /** Signed and expiring; `null` unless stored. */
  url: string | null;
  mimeType: string | null;
  size: number | null;
  sha256: string | null;
  filename: string | null;
  error: string | null;
}

/** The attachment of a message that is told of, by its position in `content.attachments`. */
export interface MessageMediaRef {
  messageId: string;
  conversationId: string;
  channelId: string;
  contactId: string;
  platform: Platform;
  attachment: number;
}

/** An outbound message and where it stands. */
export interface OutboundMessageData {
  message: MessageView;
  conversation: ConversationSummary;
}

/**
 * A state told for one message (`message`), or, where the platform speaks of everything up to a time, for a whole conversation:
 * then `watermark` is set and `messageIds` names the messages that changed (at most 100; `changed` counts all).
 */
export interface MessageStateData {
  conversationId: string;
  channelId: string;
  contactId: string;
  platform: Platform;
  status: MessageStatus;
  at: string;
  messageIds: string[];
  changed: number;
  watermark: string | null;
  errors?: MessageErrorView[];
}

/** Unread inbound messages of one user, by channel and platform. */
export interface UnreadCounts {
  total: number;
  byPlatform: Partial<Record<Platform, number>>;
  byChannel: Record<string, number>;
}

/** The data of every event, by its type. The names are `noun.verb-in-the-past`. */
export interface EventPayloads {
  'webhook.received': {
    itemId: string;
    platform: Platform;
    field: string;
    channelId: string;
    sender: { id: string; username?: string } | null;
    content: unknown;
    /** The element as Meta sent it; `null` once the raw item has been pruned. */
    raw: unknown;
  };
  'webhook.quarantined': {
    itemId: string;
    platform: Platform | null;
    field: string;
    channelId: string | null;
    reason: string;
  };

  'message.received': { message: MessageView; conversation: ConversationSummary };
  'message.queued': OutboundMessageData;
  'message.sent': OutboundMessageData | MessageStateData;
  'message.delivered': MessageStateData;
  'message.read': MessageStateData;
  'message.failed': MessageStateData;
  'message.unknown': MessageStateData;
  'message.deleted': {
    messageId: string;
    platformMessageId: string;
    conversationId: string;
    channelId: string;
    by: 'customer' | 'business';
    deletedAt: string;
  };
  'message.reacted': {
    /** `null` where the message itself is not known here. */
    messageId: string | null;
    platformMessageId: string;
    conversationId: string | null;
    channelId: string;
    by: 'customer' | 'business';
    /** `null` where the customer is not known here. */
    contactId: string | null;
    /** `null` when the reaction was taken back. */
    emoji: string | null;
    at: string;
  };
  /** A file that a customer sent can be loaded: `GET /v1/media/:id` gives a URL. */
  'message.media_stored': MessageMediaRef & { media: MediaFacts };
  /** A file that a customer sent cannot be had from Meta. */
  'message.media_failed': MessageMediaRef & { mediaId: string; reason: string };
  'conversation.created': { conversation: ConversationSummary };
  'conversation.updated': { conversation: ConversationSummary };
  'conversation.read': { conversationId: string; userId: string; messageIds: string[]; unreadCount: number };
  'unread.changed': UnreadCounts;
  'typing.started': { conversationId: string; userId: string };
  'typing.stopped': { conversationId: string; userId: string };

  'contact.created': { contact: ContactSummary; channelId: string; platform: Platform };
  'contact.updated': { contact: ContactSummary };

  'channel.status_changed': {
    channelId: string;
    platform: Platform;
    status: 'connecting' | 'connected' | 'disconnected' | 'reconnecting' | 'failed';
    reason: string | null;
    attempt: number;
  };
}

export type EventType = keyof EventPayloads;

/** An event as clients, outgoing webhooks and the log carry it. Ephemeral events have no `cursor`. */
export interface EventEnvelope<T extends EventType = EventType> {
  id: string;
  type: T;
  workspaceId: string;
  /** ISO 8601. Informs only; order is the cursor's. */
  occurredAt: string;
  cursor?: Cursor;
  data: EventPayloads[T];
}
