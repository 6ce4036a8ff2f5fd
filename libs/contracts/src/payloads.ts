import type { AuditEntryData } from './audit';
import type { CampaignData, CampaignReason } from './campaigns';
import type { Cursor } from './cursor';
import type { FlowData, FlowEnd, FlowError, FlowStepState } from './flows';
import type { PresenceStatus } from './protocol';
import type {
  ChannelAlertData,
  ChannelLimits,
  ConsentData,
  ContactDetails,
  ContactImportData,
  ContactSummary,
  ConversationStatus,
  ConversationSummary,
  InternalConversationSummary,
  InternalMessageView,
  LabelView,
  MediaFacts,
  MentionView,
  MessageMediaRef,
  MessageStateData,
  MessageView,
  OutboundMessageData,
  Platform,
  ReferralView,
  UnreadCounts,
} from './views';

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
  /** The words of a mention are known; its webhook mostly brings ids only. */
  'webhook.mention_read': { mention: MentionView };

  'message.received': {
    message: MessageView;
    conversation: ConversationSummary;
    /** The first that the contact has ever written on this channel. */
    first: boolean;
    /** The conversation was closed or snoozed, and is open again by it. */
    reopened: boolean;
    /** The campaign that wrote to the contact last, if one did. */
    campaignId: string | null;
  };
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
  'message.edited': {
    messageId: string;
    platformMessageId: string;
    conversationId: string;
    channelId: string;
    by: 'customer' | 'business';
    type: string;
    /** All of the message as it reads now. */
    content: unknown;
    editedAt: string;
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
  /** A note in a customer's conversation: `message.direction` is `internal`. `mentions`: ids of users. */
  'message.noted': { message: MessageView; conversation: ConversationSummary; mentions: string[] };
  /** Somebody wrote in an internal conversation; told to its participants, the author's other tabs included. */
  'message.posted': { message: InternalMessageView; conversation: InternalConversationSummary };
  /** An internal conversation began. */
  'internal.created': { conversation: InternalConversationSummary };
  /** Its participants changed; told to those who were added or removed, too. */
  'internal.updated': { conversation: InternalConversationSummary };
  'label.created': { label: LabelView };
  'label.updated': { label: LabelView };
  'label.deleted': { labelId: string };
  /** A file that a customer sent can be loaded: `GET /v1/media/:id` gives a URL. */
  'message.media_stored': MessageMediaRef & { media: MediaFacts };
  /** A file that a customer sent cannot be had from Meta. */
  'message.media_failed': MessageMediaRef & { mediaId: string; reason: string };
  'conversation.created': { conversation: ConversationSummary };
  /**
   * `changedBy`: the user who did it; null where a flow did, a snoozed conversation woke or history was imported. `before`: how it stood
   * before; null where history was imported.
   */
  'conversation.updated': {
    conversation: ConversationSummary;
    changedBy: string | null;
    before: { status: ConversationStatus; assigneeId: string | null } | null;
  };
  /** A contact came, or came back, through an advertisement or a link. */
  'conversation.referred': {
    /** `null` where they have not written yet. */
    conversationId: string | null;
    contactId: string;
    channelId: string;
    platform: Platform;
    /** Meta's id of the message that carried it, if one did. */
    platformMessageId: string | null;
    referral: ReferralView;
    at: string;
  };
  'conversation.read': { conversationId: string; userId: string; messageIds: string[]; unreadCount: number };
  'unread.changed': UnreadCounts;
  'typing.started': { conversationId: string; userId: string };
  'typing.stopped': { conversationId: string; userId: string };
  /** Over all tabs of the user. Ephemeral. */
  'presence.changed': { userId: string; status: PresenceStatus };
  /** Who has the conversation open now, by user id. Ephemeral. */
  'viewing.changed': { conversationId: string; viewers: string[] };

  /** Of a channel where a message made them known, else by REST. An import tells of its contacts as a whole. */
  'contact.created': {
    contact: ContactSummary | ContactDetails;
    channelId: string | null;
    platform: Platform | null;
  };
  'contact.updated': {
    contact: ContactSummary | ContactDetails;
    /** Names of the tags that were put on; left out where none was. */
    tagged?: string[];
  };
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

  /** It will start by itself. */
  'campaign.scheduled': CampaignData & { startsAt: string };
  /** Its recipients are frozen from here on. */
  'campaign.started': CampaignData;
  /** Every 100 messages, and each second while anything has changed; after it ended, too, as receipts come. */
  'campaign.progressed': CampaignData;
  'campaign.paused': CampaignData & { reason: CampaignReason };
  'campaign.resumed': CampaignData;
  /** Nothing is left to be sent. What Meta tells of its messages goes on to be counted. */
  'campaign.completed': CampaignData;
  /** It could not be started. */
  'campaign.failed': CampaignData & { reason: CampaignReason };
  'campaign.cancelled': CampaignData;

  /** A contact has begun a flow; or a comment did whose author is no contact. */
  'flow.started': FlowData & {
    /** What started it: `message`, `schedule`, `api` … */
    trigger: string;
  };
  'flow.step_completed': FlowData & {
    step: string;
    /** What it does: `send`, `ask`, `http` … */
    kind: string;
    /** Its place in the history of the execution. */
    n: number;
    /** `failed`, `unknown`: the flow has gone on at the step's `onError`. */
    state: FlowStepState;
  };
  'flow.waiting': FlowData & {
    step: string;
    /** `message`, `time`, `event`, `call`. */
    waitsFor: string;
    /** Then it goes on by itself; `null` where only another flow's end lets it. */
    until: string | null;
  };
  /** It has come to an end, or was brought to one. */
  'flow.completed': FlowData & FlowEnd;
  'flow.failed': FlowData & { error: FlowError };

  'channel.status_changed': {
    channelId: string;
    platform: Platform;
    status: 'connecting' | 'connected' | 'disconnected' | 'reconnecting' | 'failed';
    reason: string | null;
    attempt: number;
  };
  'channel.quality_changed': ChannelLimits & { channelId: string; platform: Platform; previous: ChannelLimits };
  'channel.alert': ChannelAlertData;
  'template.status_changed': {
    templateId: string;
    businessAccountId: string;
    name: string;
    language: string;
    category: string;
    /** Meta's word: `APPROVED`, `PENDING`, `REJECTED`, `PAUSED`, `DISABLED`, `FLAGGED`; `DELETED` where Meta has it no more. */
    status: string;
    /** `null` for one that is new. */
    previousStatus: string | null;
    reason: string | null;
  };

  /** For admins and owners: somebody of the team did something that the audit log keeps. */
  'team.activity': AuditEntryData;
}

/** What is left of an event that is replayed after the person it told of was erased. */
export interface ErasedData {
  erased: true;
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
