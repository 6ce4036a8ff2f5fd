import type { InstagramAccount, MessengerAccount, Platform } from '../../item';
import type { Fields } from '../check';
import { HourlyCalls, SlidingWindow } from '../rates';

export interface InboxSetup {
  id: string;
  token: string;
  /** The token's app; the simulator's first one, for Instagram Login its Instagram app, unless told otherwise. */
  appId?: string;
  name?: string;
  /** The app may use the HUMAN_AGENT tag; true unless told otherwise. */
  humanAgent?: boolean;
  /** Text messages in any one second; 300 unless told otherwise, Infinity for none. */
  messagesPerSecond?: number;
  /** Audio and video messages in any one second; 10 unless told otherwise. */
  mediaPerSecond?: number;
  /** Reads of conversations in any one second; 2 unless told otherwise. */
  conversationsPerSecond?: number;
  /** Private replies in an hour; 750 unless told otherwise. */
  privateRepliesPerHour?: number;
  /** `open`: everyone is known and has just written. */
  windows?: 'enforced' | 'open';
}

export type PageSetup = InboxSetup;

export interface InstagramSetup extends InboxSetup {
  /** `instagram`: its own token, on graph.instagram.com. `facebook`: through `pageId`, with the page's token. */
  login: 'instagram' | 'facebook';
  pageId?: string;
  username?: string;
}

/** A person as one page or Instagram account knows them. */
export interface Correspondent {
  /** PSID or IGSID. */
  id: string;
  name?: string;
  username?: string;
  profilePic?: string;
  /** Messenger: no profile (2018218). Instagram: no consent (230). */
  profileHidden?: boolean;
  /** Blocked the business, or left: error 551. */
  unreachable?: boolean;
  /** Milliseconds since the epoch. */
  wroteAt?: number;
}

export interface ThreadMessage {
  id: string;
  /** Milliseconds since the epoch. */
  at: number;
  fromBusiness: boolean;
  text?: string;
  attachments: Fields[];
  replyTo?: string;
  reactions: Map<string, string>;
}

export interface Thread {
  id: string;
  correspondent: Correspondent;
  /** Oldest first. */
  messages: ThreadMessage[];
  updatedAt: number;
}

export interface Comment {
  id: string;
  text: string;
  /** Undefined for the business's own. */
  from?: { id: string; name?: string; username?: string };
  /** Milliseconds since the epoch. */
  at: number;
  /** The post or Instagram media. */
  objectId: string;
  parentId?: string;
  live?: boolean;
  /** Answered in private already. */
  privatelyAnswered?: boolean;
}

/** A post of a page, or an Instagram media. */
export interface Post {
  id: string;
  caption?: string;
  /** Who wrote a post on Facebook; the page unless told otherwise. */
  from?: { id: string; name?: string };
  /** Milliseconds since the epoch. */
  at?: number;
  mediaType?: string;
  mediaUrl?: string;
  permalink?: string;
  username?: string;
  /** A live broadcast that goes on: only then its comments can be answered in private. */
  broadcasting?: boolean;
}

/** A page's Messenger, or an Instagram account's messages: what has been said and by whom. */
export class Inbox {
  readonly id: string;
  readonly name: string;
  readonly correspondents = new Map<string, Correspondent>();
  /** By the correspondent's id. */
  readonly threads = new Map<string, Thread>();
  readonly comments = new Map<string, Comment>();
  readonly posts = new Map<string, Post>();
  /** App id → subscribed fields. */
  readonly subscribedApps = new Map<string, string[]>();
  readonly texts: SlidingWindow;
  readonly media: SlidingWindow;
  readonly conversationReads: SlidingWindow;
  readonly privateReplies: SlidingWindow;
  readonly calls = new HourlyCalls(200_000);
  readonly humanAgent: boolean;
  readonly windows: 'enforced' | 'open';
  /** The Instagram account behind a page. */
  instagram: Inbox | undefined;

  constructor(
    readonly platform: Exclude<Platform, 'whatsapp'>,
    setup: InboxSetup,
    readonly username: string | undefined,
    /** The page through which an Instagram account is reached, if so. */
    readonly pageId: string | undefined,
  ) {
    this.id = setup.id;
    this.name = setup.name ?? 'Clay & Table';
    this.humanAgent = setup.humanAgent ?? true;
    this.windows = setup.windows ?? 'enforced';
    this.texts = new SlidingWindow(setup.messagesPerSecond ?? 300, 1_000);
    this.media = new SlidingWindow(setup.mediaPerSecond ?? 10, 1_000);
    this.conversationReads = new SlidingWindow(setup.conversationsPerSecond ?? 2, 1_000);
    this.privateReplies = new SlidingWindow(setup.privateRepliesPerHour ?? 750, 3_600_000);
  }

  get account(): MessengerAccount | InstagramAccount {
    return { platform: this.platform, id: this.id };
  }

  /** Sets what is known of a customer. */
  customer(known: Correspondent): Correspondent {
    const correspondent = this.correspondents.get(known.id) ?? { id: known.id };
    Object.assign(correspondent, known);
    this.correspondents.set(known.id, correspondent);
    return correspondent;
  }
}
