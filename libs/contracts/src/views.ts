export type Platform = 'whatsapp' | 'messenger' | 'instagram';
/** `internal`: between users of the workspace, never sent to a customer. */
export type MessageDirection = 'inbound' | 'outbound' | 'internal';
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
  /** Taken in but for their opt-in: the contact has opted out. */
  optOutsKept: number;
  /** Of the file, 0 to 1. */
  progress: number;
}

/** What a conversation list shows of one conversation. */
export interface ConversationSummary {
  id: string;
  platform: Platform;
  channelId: string;
  status: ConversationStatus;
  /** ISO 8601; only while `status` is `snoozed`. */
  snoozedUntil: string | null;
  /** The user who takes care of it. */
  assigneeId: string | null;
  /** Ids of labels. One that the list of labels does not hold has just been deleted. */
  labels: string[];
  /** Grows with every change of status, assignee and labels; to be named when changing them. */
  version: number;
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
  /** When its words were last changed; `null` where they are the first. */
  editedAt: string | null;
}

/** One thing that a search found; `message` null where it is a contact. */
export interface SearchHit {
  message: MessageView | InternalMessageView | null;
  /** Null for an internal message. */
  contact: ContactSummary | null;
  /** Of the message; of a contact the one with the latest message, null where there is none. */
  conversationId: string | null;
}

/** Somebody who takes part in an internal conversation. */
export interface ParticipantView {
  userId: string;
  name: string | null;
  /** Messages of the conversation that they have not read. */
  unreadCount: number;
}

/** A conversation between users of the workspace. Only its participants see it. */
export interface InternalConversationSummary {
  id: string;
  platform: 'internal';
  kind: 'direct' | 'group';
  /** Of a group. */
  title: string | null;
  createdBy: string;
  createdAt: string;
  participants: ParticipantView[];
  lastMessage: { id: string; type: string; preview: string; direction: 'internal'; sentAt: string } | null;
}

export interface InternalMessageView {
  id: string;
  conversationId: string;
  platform: 'internal';
  direction: 'internal';
  author: { kind: 'user'; id: string };
  type: string;
  content: { text: string };
  clientId: string | null;
  sentAt: string;
}

export interface LabelView {
  id: string;
  name: string;
  /** `#rrggbb`. */
  color: string;
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

/** What brought a contact; Meta's words. Everything may be missing. */
export interface ReferralView {
  source?: string;
  type?: string;
  /** What the link carried. */
  ref?: string;
  adId?: string;
  /** WhatsApp's click id (`ctwa_clid`). */
  clickId?: string;
  url?: string;
  headline?: string;
  body?: string;
  mediaType?: string;
  mediaUrl?: string;
}

/** Somebody mentioned the page or account: where, in Meta's ids, and in what words. */
export interface MentionView {
  id: string;
  /** The webhook item that told of it. */
  itemId: string;
  channelId: string;
  platform: Platform;
  /** Instagram: the media in whose caption, or under which, it is. */
  mediaId: string | null;
  /** Facebook: the post. */
  postId: string | null;
  /** `null` where it is in the caption or post itself. */
  commentId: string | null;
  /** `null` where there are no words, or they are not known. */
  text: string | null;
  /** As far as Meta names them: Instagram the username alone. */
  author: { id: string | null; name: string | null; username: string | null };
  /** `IMAGE`, `VIDEO`, `CAROUSEL_ALBUM`; of a caption. */
  mediaType: string | null;
  permalink: string | null;
  /** When it was written; `null` where Meta does not say. */
  writtenAt: string | null;
}

/** Unread inbound messages of one user, by channel and platform, and unread messages of their internal conversations. */
export interface UnreadCounts {
  total: number;
  byPlatform: Partial<Record<Platform | 'internal', number>>;
  byChannel: Record<string, number>;
  /** Internal conversations with something unread; left out where there are none. */
  byInternalConversation?: Record<string, number>;
}

/** Something about a channel that wants somebody's attention. */
export interface ChannelAlertData {
  channelId: string;
  platform: Platform;
  /**
   * `account`, `number`: what Meta tells by webhook of the business account or a number. `number_status`: Meta's word on a number has
   * changed. `token_expiring`: the token ends soon and cannot be renewed here. `webhooks_silent`: messages came that no webhook told of;
   * they are read through the Graph API until `webhooks_back`.
   */
  kind: 'account' | 'number' | 'number_status' | 'token_expiring' | 'webhooks_silent' | 'webhooks_back';
  severity: 'info' | 'warning' | 'critical';
  /** For people: what it is, and what to do. */
  detail: string;
  /** ISO 8601: when it was; of a token, when it ends; of webhooks, since when they are missing. */
  at: string;
}

/** Meta's limits for a channel, in Meta's words; `null` where it does not say. */
export interface ChannelLimits {
  /** `GREEN`, `YELLOW`, `RED`, `UNKNOWN` */
  quality: string | null;
  /** People outside their service window in 24 hours: `TIER_250` … `TIER_UNLIMITED` */
  tier: string | null;
  /** `STANDARD`: 80 messages a second; `HIGH`: 1,000 */
  throughput: string | null;
}
