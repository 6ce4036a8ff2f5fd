import type { CustomerRef, DeliveryStatus, MessageContent, MetaErrorContent, Referral } from './content';

/** Which side of a conversation did something. */
export type Side = 'customer' | 'business';

export interface MessageEffect {
  kind: 'message';
  direction: 'inbound' | 'outbound';
  /** wamid or mid, the platform's own id. */
  messageId: string;
  customer: CustomerRef;
  /** WhatsApp group the message was written in; `customer` is the member who wrote it. */
  groupId?: string;
  /** `text`, `image`, …, `postback`, `interactive`, `button`, `location`, `unsupported`; Meta's word where it has one. */
  type: string;
  content: MessageContent;
  /** Milliseconds since the epoch, by Meta's clock. */
  sentAt: number;
  replyToMessageId?: string;
  /** Outbound only: the app that sent it and the metadata it attached (Messenger echoes). */
  echo?: { appId?: string; metadata?: string };
  /** `content.referral`, normalised. */
  referral?: Referral;
  /** Of the past (WhatsApp coexistence `history`): stored as it was, told to nobody one by one, unread to nobody. */
  imported?: ImportedMessage;
}

export interface ImportedMessage {
  /** How far the business's message had come; absent for one still on its way, and for the customer's. */
  status?: DeliveryStatus;
  errors?: MetaErrorContent[];
}

export interface StatusEffect {
  kind: 'status';
  messageId: string;
  status: DeliveryStatus;
  at: number;
  /** Empty where Meta names no recipient; `messageId` says enough. In a group: the member. */
  customer: CustomerRef;
  /** A group member's own state, where the message went to a group. */
  participantId?: string;
  /** The WhatsApp group the message went to. */
  groupId?: string;
  callbackData?: string;
  errors?: MetaErrorContent[];
  /** Of an imported history, as with messages. */
  imported?: true;
}

/** Messenger: everything sent to this customer up to `watermark` (ms) has reached that state. */
export interface WatermarkEffect {
  kind: 'watermark';
  status: 'delivered' | 'read';
  customer: CustomerRef;
  watermark: number;
  messageIds?: string[];
}

/** Instagram `messaging_seen`: this message, and so everything before it, has been read. */
export interface SeenEffect {
  kind: 'seen';
  customer: CustomerRef;
  messageId: string;
  at: number;
}

export interface ReactionEffect {
  kind: 'reaction';
  messageId: string;
  customer: CustomerRef;
  by: Side;
  /** `undefined` when the reaction was taken back. */
  emoji?: string;
  /** Meta's name of the reaction (`love`, `smile`, …) where it gives one. */
  name?: string;
  at: number;
  /** Of an imported history, as with messages. */
  imported?: true;
}

export interface DeletionEffect {
  kind: 'deletion';
  messageId: string;
  customer: CustomerRef;
  by: Side;
  at: number;
  /** Of an imported history, as with messages. */
  imported?: true;
}

/** A message says something else now. The later edit counts: by `revision`, then by `at`. */
export interface EditEffect {
  kind: 'edit';
  messageId: string;
  /** Empty where Meta names nobody. */
  customer: CustomerRef;
  by: Side;
  /** Messenger and Instagram number the edits of a message from 1; WhatsApp does not: 0. */
  revision: number;
  type?: string;
  /** `undefined` where Meta tells only that it was edited. */
  content?: MessageContent;
  at: number;
  /** Of an imported history, as with messages. */
  imported?: true;
}

/** The customer came, or came back, through an advertisement or a link, without writing yet. */
export interface ReferralEffect {
  kind: 'referral';
  customer: CustomerRef;
  referral: Referral;
  at: number;
}

/** The customer allowed to be written to: a plugin's tick, or notification messages. */
export interface OptinEffect {
  kind: 'optin';
  /** Empty where the plugin knows only a `userRef`. */
  customer: CustomerRef;
  /** Meta's word: `notification_messages`, …; absent for the plugins. */
  type?: string;
  ref?: string;
  userRef?: string;
  payload?: string;
  title?: string;
  /** Notification messages: what to send with. A secret: it is in no content that is told. */
  token?: string;
  /** Meta's word: `STOP_NOTIFICATIONS`, `RESUME_NOTIFICATIONS`. */
  status?: string;
  tokenExpiresAt?: number;
  at: number;
}

/** Who answers a conversation has changed between apps, or somebody asks for it. Recorded, not answered. */
export interface HandoverEffect {
  kind: 'handover';
  action: 'passed' | 'taken' | 'requested' | 'roles';
  customer: CustomerRef;
  /** App ids (Messenger, Instagram) or roles (WhatsApp). */
  newOwner?: string;
  previousOwner?: string;
  requestedOwner?: string;
  metadata?: string;
  at: number;
}

export interface AccountLinkEffect {
  kind: 'account_link';
  customer: CustomerRef;
  /** Meta's word: `linked`, `unlinked`. */
  status?: string;
  /** What the login page passed through. A secret: it is in no content that is told. */
  authorizationCode?: string;
  at: number;
}

/** A WhatsApp call: it rings, is accepted, connects, ends. */
export interface CallEffect {
  kind: 'call';
  callId?: string;
  /** Meta's word: `connect`, `terminate`, `call_created`; for a status its word in small letters: `ringing`, `accepted`, … */
  event?: string;
  direction?: 'inbound' | 'outbound';
  customer: CustomerRef;
  /** How it ended: `COMPLETED`, `FAILED`. */
  outcome?: string;
  startedAt?: number;
  endedAt?: number;
  durationSeconds?: number;
  errors?: MetaErrorContent[];
  at: number;
}

/** WhatsApp `request_welcome`: somebody opened the chat for the first time. Being withdrawn by Meta. */
export interface WelcomeEffect {
  kind: 'welcome_request';
  customer: CustomerRef;
  at: number;
}

/** A tap on a link in a marketing message (WhatsApp `user_actions`). */
export interface LinkClickEffect {
  kind: 'link_click';
  customer: CustomerRef;
  /** Meta's word for the action. */
  action?: string;
  messageId?: string;
  at: number;
}

/** What WhatsApp's own analysis saw in a conversation (`automatic_events`): `LeadSubmitted`, `Purchase`. */
export interface ConversionEffect {
  kind: 'conversion';
  customer: CustomerRef;
  event?: string;
  messageId?: string;
  clickId?: string;
  at: number;
}
