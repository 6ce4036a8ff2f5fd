import type { ConversationStatus, Platform } from '@switchboard/contracts';

export const conversationStatuses = ['open', 'pending', 'snoozed', 'closed'] as const;

/** Which conversations with customers a list shows; what is left out does not narrow. */
export interface ConversationFilter {
  statuses: readonly ConversationStatus[];
  /** A user id; null: nobody's. */
  assigneeId?: string | null;
  channelId?: string;
  /** The only channels there are for who asks. */
  channelIds?: readonly string[];
  platform?: Platform;
  labelId?: string;
  /** Messages that nobody of the workspace has read yet. */
  unread?: boolean;
}

/** Where a page begins: behind this conversation as it stood when the page before was read. `at` null: wherever it stands now. */
export interface ConversationPosition {
  at: Date | null;
  id: string;
}

const positionPattern = /^(\d{1,15})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** Conversations move when a message comes: a page goes on from a time, not from a row that may stand elsewhere by then. */
export const formatPosition = ({ id, lastMessageAt }: { id: string; lastMessageAt: Date }): string =>
  `${lastMessageAt.getTime()}_${id}`;

export function parsePosition(before: string | undefined): ConversationPosition | undefined {
  if (before === undefined) return undefined;
  const [, at, id] = positionPattern.exec(before) ?? [];
  if (at === undefined || id === undefined) return { at: null, id: before };
  const date = new Date(Number(at));
  // Further in the future than PostgreSQL's clock: there is nothing there, and everything is before it.
  return { at: Number.isNaN(date.getTime()) ? new Date(8.64e15) : date, id };
}
