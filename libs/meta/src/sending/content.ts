import type {
  ButtonsContent,
  CtaUrlContent,
  FlowContent,
  ListContent,
  LocationRequestContent,
  ProductContent,
  ProductListContent,
} from './interactive-content';
import type { TemplateContent } from './template-content';

/**
 * Everything that can be sent, by `type`: one form for all platforms where they share it. Which platform takes which
 * kind, and within which limits, is `sendable` (shown in docs/sending.md).
 */
export type SendContent =
  | TextContent
  | MediaContent
  | LocationContent
  | ContactsContent
  | ButtonsContent
  | ListContent
  | CtaUrlContent
  | FlowContent
  | ProductContent
  | ProductListContent
  | LocationRequestContent
  | QuickRepliesContent
  | GenericTemplateContent
  | MediaTemplateContent
  | TemplateContent
  | ReactionContent
  | PrivateReplyContent
  | PublicReplyContent;

export type SendKind = SendContent['type'];

/** The content of one kind. */
export type ContentOf<K extends SendKind> = Extract<SendContent, { type: K }>;

export interface TextContent {
  type: 'text';
  text: string;
  /** WhatsApp shows a preview of the first link. */
  previewUrl?: boolean;
}

/** A file: uploaded to Meta before (`id`), where Meta finds it (`link`), or one of ours that is put in their place before it is sent (`mediaId`). */
export interface MediaSource {
  /** WhatsApp media id; Messenger and Instagram attachment id. */
  id?: string;
  /** Public http(s) URL, which Meta fetches. */
  link?: string;
  /** Our id of an uploaded file; `graphBody` takes none, see `replaceMedia`. */
  mediaId?: string;
  /** Not sent; checked against what the platform takes where it is known. */
  mimeType?: string;
  /** Bytes. Not sent; checked against the platform's limit where it is known. */
  size?: number;
  /** Not sent; an animated sticker may be larger. */
  animated?: boolean;
}

export const mediaKinds = ['image', 'video', 'audio', 'voice', 'document', 'sticker'] as const;
export type MediaKind = (typeof mediaKinds)[number];

/** `document` is what Messenger and Instagram call `file`; `voice` is an audio recorded as a voice message. */
export type MediaContent = { [Kind in MediaKind]: FileContent<Kind> }[MediaKind];

export interface FileContent<Kind extends MediaKind> {
  type: Kind;
  media: MediaSource;
  /** Image, video and document on WhatsApp. */
  caption?: string;
  /** Document on WhatsApp: its ending chooses the icon. */
  filename?: string;
}

export interface LocationContent {
  type: 'location';
  latitude: number;
  longitude: number;
  name?: string;
  address?: string;
}

export interface ContactsContent {
  type: 'contacts';
  contacts: ContactCard[];
}

export interface ContactCard {
  name: ContactName;
  phones?: { phone: string; type?: string; waId?: string }[];
  emails?: { email: string; type?: string }[];
  urls?: { url: string; type?: string }[];
  addresses?: ContactAddress[];
  org?: { company?: string; department?: string; title?: string };
  /** `YYYY-MM-DD`. */
  birthday?: string;
}

export interface ContactName {
  formattedName: string;
  firstName?: string;
  lastName?: string;
  middleName?: string;
  prefix?: string;
  suffix?: string;
}

export interface ContactAddress {
  street?: string;
  city?: string;
  state?: string;
  zip?: string;
  country?: string;
  /** ISO 3166-1 alpha-2. */
  countryCode?: string;
  type?: string;
}

/** Buttons above the composer, gone once one is tapped. */
export interface QuickRepliesContent {
  type: 'quick_replies';
  text: string;
  quickReplies: QuickReply[];
}

/** `user_email` and `user_phone_number` offer the customer's own; they take neither title nor payload. */
export interface QuickReply {
  type: 'text' | 'user_email' | 'user_phone_number';
  title?: string;
  /** Comes back in the webhook; the title, where left out. */
  payload?: string;
  imageUrl?: string;
}

/** Cards side by side (Meta's generic template). */
export interface GenericTemplateContent {
  type: 'generic_template';
  elements: GenericTemplateElement[];
}

export interface GenericTemplateElement {
  title: string;
  subtitle?: string;
  imageUrl?: string;
  /** Opened when the card is tapped. */
  url?: string;
  buttons?: ButtonsContent['buttons'];
}

/** An image or video with buttons below. A `link` must be one of Facebook's own. */
export interface MediaTemplateContent {
  type: 'media_template';
  mediaType: 'image' | 'video';
  media: MediaSource;
  buttons?: ButtonsContent['buttons'];
}

export interface ReactionContent {
  type: 'reaction';
  /** The message reacted to. Meta's own id when a body is made of it. */
  messageId: string;
  /** Empty takes the reaction back. */
  emoji: string;
}

/** A direct message to who wrote a comment (or, on Facebook, a post): one for each, within seven days. */
export interface PrivateReplyContent {
  type: 'private_reply';
  commentId?: string;
  postId?: string;
  text: string;
}

/** An answer beneath a comment, for everyone to read. */
export interface PublicReplyContent {
  type: 'public_reply';
  commentId: string;
  text: string;
}
