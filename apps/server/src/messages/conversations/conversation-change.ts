import type { ConversationStatus } from '@switchboard/contracts';

/** What can be changed of a conversation. */
export interface ConversationState {
  status: ConversationStatus;
  snoozedUntil: Date | null;
  assigneeId: string | null;
  labelIds: string[];
}

/** What is left out stays as it is. */
export interface ConversationChange {
  status?: ConversationStatus;
  snoozedUntil?: Date;
  assigneeId?: string | null;
  labels?: readonly string[];
}

const longestSnoozeMs = 366 * 24 * 3_600_000;

/** A change that makes no sense. */
export class InvalidChange extends Error {
  readonly code = 'invalid';
  constructor(
    readonly field: string,
    readonly problem: string,
  ) {
    super(`${field}: ${problem}`);
  }
}

/** The state after a change; the same object where nothing changes. @throws InvalidChange */
export function changed(now: ConversationState, change: ConversationChange, at: Date): ConversationState {
  const status = change.status ?? now.status;
  const next: ConversationState = {
    status,
    snoozedUntil: snoozedUntil(now, change, status, at),
    assigneeId: change.assigneeId === undefined ? now.assigneeId : change.assigneeId,
    labelIds: change.labels ? [...new Set(change.labels)].sort() : now.labelIds,
  };
  return same(now, next) ? now : next;
}

function snoozedUntil(
  now: ConversationState,
  change: ConversationChange,
  status: ConversationStatus,
  at: Date,
): Date | null {
  if (status !== 'snoozed') {
    if (change.snoozedUntil) throw new InvalidChange('snoozedUntil', 'only with the status snoozed.');
    return null;
  }
  const until = change.snoozedUntil ?? now.snoozedUntil;
  if (!until) throw new InvalidChange('snoozedUntil', 'say until when the conversation is to be snoozed.');
  if (change.snoozedUntil) {
    if (!(until > at)) throw new InvalidChange('snoozedUntil', 'must be in the future.');
    if (until.getTime() > at.getTime() + longestSnoozeMs) {
      throw new InvalidChange('snoozedUntil', 'at most 366 days ahead.');
    }
  }
  return until;
}

function same(a: ConversationState, b: ConversationState): boolean {
  return (
    a.status === b.status &&
    a.snoozedUntil?.getTime() === b.snoozedUntil?.getTime() &&
    a.assigneeId === b.assigneeId &&
    a.labelIds.length === b.labelIds.length &&
    a.labelIds.every((id) => b.labelIds.includes(id))
  );
}
