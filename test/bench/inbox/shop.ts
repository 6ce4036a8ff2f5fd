/** How much each of the two workspaces holds. */
export interface Size {
  messages: number;
  contacts: number;
  /** Messages of one more conversation, older than all others. */
  longConversation: number;
}

export const sizes = {
  small: { messages: 10_000, contacts: 1_000, longConversation: 1_000 },
  large: { messages: 1_000_000, contacts: 100_000, longConversation: 10_000 },
} as const satisfies Record<string, Size>;

/** Which of the numbered things are meant, for the database and for the check of its answers: `n` the number, `of` how many contacts. */
export interface Share {
  sql: string;
  holds: (n: number, of: number) => boolean;
}

/** Words of messages. Each message holds eight to twelve others besides. */
export const words = {
  order: { sql: 'n % 4 <> 0', holds: (n) => n % 4 !== 0 },
  refund: { sql: 'n % 50 = 3', holds: (n) => n % 50 === 3 },
  invoice: { sql: 'n % 250 = 7', holds: (n) => n % 250 === 7 },
  voucher: { sql: 'n % 2000 = 11', holds: (n) => n % 2000 === 11 },
  zeppelin: { sql: 'n % 400000 = 1234', holds: (n) => n % 400_000 === 1234 },
  /** Out of use: in none of the latest fifth. */
  promo: { sql: 'n % 5 = 1 and n < 8 * "of"', holds: (n, of) => n % 5 === 1 && n < 8 * of },
} as const satisfies Record<string, Share>;

/** Words of contacts' names. */
export const names = {
  guest: { sql: 'true', holds: () => true },
  zephyr: { sql: 'n % 250 = 7', holds: (n) => n % 250 === 7 },
  quetzal: { sql: 'n % 40000 = 123', holds: (n) => n % 40_000 === 123 },
  /** The first tenth. */
  legacy: { sql: 'n < "of" / 10', holds: (n, of) => n < of / 10 },
} as const satisfies Record<string, Share>;

/** Labels of conversations. */
export const labels = {
  third: { sql: 'n % 3 = 0', holds: (n) => n % 3 === 0 },
  fiftieth: { sql: 'n % 50 = 7', holds: (n) => n % 50 === 7 },
  thousandth: { sql: 'n % 1000 = 9', holds: (n) => n % 1000 === 9 },
} as const satisfies Record<string, Share>;

export const messagesEach = 10;
export const statuses = ['closed', 'open', 'closed', 'pending', 'closed', 'closed', 'snoozed', 'open'] as const;
export const channelPlatforms = ['whatsapp', 'whatsapp', 'messenger', 'instagram'] as const;
export const usersEach = 5;
/** Of seven conversations five are assigned, one to each user. */
const assignments = 7;
const unreadEvery = 11;

const kinds = {
  contact: 1,
  conversation: 2,
  message: 3,
  longMessage: 4,
  user: 5,
  channel: 6,
  label: 7,
  tag: 8,
  workspace: 9,
};
export type Kind = keyof typeof kinds;
export const kindNumber = (workspace: number, kind: Kind): number => workspace * 16 + kinds[kind];

const year = 365 * 24 * 3600 * 1000;
/** Prime, so that the messages of a conversation lie all over the year. */
export const step = 7919;

/**
 * A seeded workspace: what stands in it can be told without asking it. Contacts, conversations (one each) and messages are numbered
 * from the oldest; their times lie evenly over a year, and their ids hold their numbers.
 */
export class Shop {
  constructor(
    readonly size: Size,
    /** 0 is asked; 1 stands beside it, with the same words and names. */
    readonly workspace: number,
    /** When the last message was sent, in milliseconds. */
    readonly now: number,
  ) {}

  get messageInterval(): number {
    return Math.floor(year / this.size.messages);
  }

  get contactInterval(): number {
    return Math.floor(year / this.size.contacts);
  }

  sentAt(message: number): number {
    return this.now - (this.size.messages - 1 - message) * this.messageInterval;
  }

  createdAt(contact: number): number {
    return this.now - (this.size.contacts - contact) * this.contactInterval;
  }

  conversationOf(message: number): number {
    return (message * step) % this.size.contacts;
  }

  id(kind: Kind, number: number): string {
    return idOf(kindNumber(this.workspace, kind), number, this.timeOf(kind, number));
  }

  timeOf(kind: Kind, number: number): number {
    if (kind === 'message') return this.sentAt(number);
    if (kind === 'contact' || kind === 'conversation') return this.createdAt(number);
    return this.now - 2 * year + number;
  }
}

export const statusOf = (conversation: number): string => statuses[conversation % statuses.length]!;
export const channelOf = (conversation: number): number =>
  Math.floor(conversation / statuses.length) % channelPlatforms.length;
/** `undefined`: nobody. */
export const assigneeOf = (conversation: number): number | undefined =>
  conversation % assignments < usersEach ? conversation % assignments : undefined;
export const isUnread = (conversation: number): boolean => conversation % unreadEvery === 0;

/** The same for the database. */
export const conversationSql = {
  status: `(array[${statuses.map((status) => `'${status}'`)}])[n % ${statuses.length} + 1]`,
  channel: `(n / ${statuses.length}) % ${channelPlatforms.length}`,
  assignee: `case when n % ${assignments} < ${usersEach} then n % ${assignments} end`,
  unread: `n % ${unreadEvery} = 0`,
};

/** A uuid of version 7 that tells what it is the id of; `pg_temp.id_of` makes the same. */
export function idOf(kind: number, number: number, at: number): string {
  const time = at.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8${hex(kind, 3)}-${hex(number, 12)}`;
}

const hex = (number: number, digits: number): string => number.toString(16).padStart(digits, '0');
