/**
 * A position in a workspace's event log: `<epoch>.<sequence, 16 digits, zero-padded>`.
 * Within one epoch cursors compare as strings; a different epoch means another database or a restored one, and a resync.
 */
export type Cursor = string;

export interface CursorParts {
  epoch: string;
  sequence: number;
}

const sequenceDigits = 16;
const cursorPattern = /^([a-z0-9]{4,32})\.(\d{16})$/;

export function formatCursor(epoch: string, sequence: number): Cursor {
  return `${epoch}.${String(sequence).padStart(sequenceDigits, '0')}`;
}

/** `undefined` for anything that has not a cursor's form; never throws. A sequence beyond 2^53 is rounded: no log is as long. */
export function parseCursor(cursor: unknown): CursorParts | undefined {
  if (typeof cursor !== 'string') return undefined;
  const match = cursorPattern.exec(cursor);
  return match ? { epoch: match[1]!, sequence: Number(match[2]) } : undefined;
}
