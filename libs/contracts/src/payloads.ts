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

export type ContactAttributeValue = string | number | boolean | string[];

/** A contact as REST shows it and as events tell it that come of REST. */
export interface ContactDetails extends ContactSummary {
  email: string | null;
  /** Names, in alphabetical order. */
  tags: string[];
  /** By the key of the workspace's attribute; a date is `YYYY-MM-DD`. */
  attributes: Record<string, ContactAttributeValue>;
}

export type ConsentState = 'opted_in' | 'opted_out';

/** A change of what a contact agreed to be sent. */
export interface ConsentData {
  contactId: string;
  /** `null`: on every channel. */
  channelId: string | null;
  /** Who or what told it: `rest`, `import`, `webhook` … */
  source: string;
  at: string;
  detail: string | null;
}

/** How far an import of contacts has come. Counts are of rows. */
export interface ContactImportData {
  importId: string;
  fileName: string;
  dryRun: boolean;
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  failed: number;
  /** Of the file, 0 to 1. */
  progress: number;
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
}

export interface MessageErrorView {
  code?: number;
  subcode?: number;
  title?: string;
  message?: string;
  details?: string;
  fbtraceId?: string;
  mayRetry?: boolean;
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
  'message.sent': OutboundMessageData | MessageStateData;
  'message.delivered': MessageStateData;
  'message.read': MessageStateData;
  'message.failed': MessageStateData;
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
  'conversation.created': { conversation: ConversationSummary };
  'conversation.updated': { conversation: ConversationSummary };
  'conversation.read': { conversationId: string; userId: string; messageIds: string[]; unreadCount: number };
  'unread.changed': UnreadCounts;
  'typing.started': { conversationId: string; userId: string };
  'typing.stopped': { conversationId: string; userId: string };

  /** Of a channel where a message made them known, else by REST. An import tells of its contacts as a whole. */
  'contact.created': {
    contact: ContactSummary | ContactDetails;
    channelId: string | null;
    platform: Platform | null;
  };
  'contact.updated': { contact: ContactSummary | ContactDetails };
  'contact.deleted': { contactId: string };
  'contact.merged': {
    mergeId: string;
    /** Who remains; after `undone` as they are without the other. */
    contact: ContactDetails;
    mergedContactId: string;
    reason: 'manual' | 'linked';
    /** The conversations of the merged contact: `into` is the one whose messages they went into, `null` where it was moved whole. */
    conversations: { id: string; into: string | null }[];
    /** The merge was taken back: the merged contact is there again. */
    undone: boolean;
  };
  'contact.opted_out': ConsentData;
  'contact.opted_in': ConsentData;
  'contact.import_progressed': ContactImportData;
  'contact.import_completed': ContactImportData & {
    state: 'checked' | 'completed' | 'failed';
    reason: string | null;
  };
  /** Somebody took a copy of one person's data. */
  'contact.exported': { contactId: string; userId: string };
  /** One person's data is gone from messages, events and raw webhooks. */
  'contact.erased': { contactId: string; userId: string; erasureId: string; requestedAt: string };

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
