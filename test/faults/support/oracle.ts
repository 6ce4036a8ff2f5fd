/** An event as a client was told it. */
export interface Told {
  sequence: number;
  type: string;
  id: string;
}

/** An event as it stands in the log. */
export interface LoggedEvent extends Told {
  field: string | null;
  audience: string[];
  itemId: string | null;
  /** Of `message.received` and `message.deleted`. */
  messageId: string | null;
}

/** A message of one account, by the platform's id, and where it stands. */
export interface MessageState {
  accountId: string;
  messageId: string;
  direction: 'inbound' | 'outbound';
  /** Outbound only. */
  status?: string;
  deleted: boolean;
}

export interface StoredMessage extends MessageState {
  id: string;
}

export interface StoredItem {
  id: string;
  /** The element as Meta sent it. */
  element: string;
  state: string;
}

const shown = 5;

/** Complaints about a client: `told` must be exactly `expected`, in that order. */
export function judgeSequence(told: readonly Told[], expected: readonly Told[]): string[] {
  const complaints: string[] = [];
  const open = new Map(expected.map((event) => [event.sequence, event]));
  const known = new Set(open.keys());
  let last = 0;
  for (const { sequence, type, id } of told) {
    const event = open.get(sequence);
    if (event) {
      open.delete(sequence);
      if (event.type !== type || event.id !== id) complaints.push(`${sequence} is ${type} ${id} in place of another`);
    } else {
      complaints.push(`${sequence} ${type} came ${known.has(sequence) ? 'twice' : 'though it is not for this client'}`);
    }
    if (sequence < last) complaints.push(`${sequence} ${type} came after ${last}`);
    last = Math.max(last, sequence);
  }
  for (const { sequence, type } of open.values()) complaints.push(`${sequence} ${type} never came`);
  return brief(complaints);
}

/**
 * Complaints about the log of one workspace: dense from 1 to `head`, each item and each inbound message told once. Of a message whose
 * deletion came before it, only the deletion is told.
 */
export function judgeLog(
  log: readonly LoggedEvent[],
  head: number,
  items: readonly StoredItem[],
  messages: readonly StoredMessage[],
): string[] {
  const complaints: string[] = [];
  log.forEach(({ sequence }, at) => {
    if (sequence !== at + 1) complaints.push(`sequence ${sequence} stands at place ${at + 1} of the log`);
  });
  if (log.length !== head) complaints.push(`the log holds ${log.length} events and its head is ${head}`);
  const idsOf = (type: string) => log.flatMap((event) => (event.type === type && event.messageId) || []);
  const received = idsOf('message.received');
  const never = new Set(idsOf('message.deleted').filter((id) => !received.includes(id)));
  const inbound = messages.filter(
    ({ id, direction, deleted }) => direction === 'inbound' && !(deleted && never.has(id)),
  );
  return brief([
    ...complaints,
    ...eachOnce(
      items.map(({ id }) => id),
      log.flatMap(({ itemId }) => itemId ?? []),
      'event of item',
    ),
    ...eachOnce(
      inbound.map(({ id }) => id),
      received,
      'event of inbound message',
    ),
  ]);
}

/** Complaints about what is stored of the facts that were acknowledged, each given by its element. */
export function judgeItems(acknowledged: readonly string[], stored: readonly StoredItem[]): string[] {
  const unsettled = stored.filter(({ state }) => state !== 'processed');
  return brief([
    ...eachOnce(
      acknowledged,
      stored.map(({ element }) => element),
      'item',
    ),
    ...unsettled.map(({ element, state }) => `item ${element} is ${state}`),
  ]);
}

export function judgeMessages(expected: readonly MessageState[], stored: readonly StoredMessage[]): string[] {
  const key = ({ accountId, messageId }: MessageState) => `${accountId}/${messageId}`;
  const complaints = eachOnce(expected.map(key), stored.map(key), 'message');
  const byKey = new Map(stored.map((message) => [key(message), message]));
  for (const message of expected) {
    const found = byKey.get(key(message));
    if (!found) continue;
    if (found.deleted !== message.deleted) complaints.push(`message ${key(message)} is deleted: ${found.deleted}`);
    if (message.status !== undefined && found.status !== message.status) {
      complaints.push(`message ${key(message)} is ${found.status} and not ${message.status}`);
    }
  }
  return brief(complaints);
}

function eachOnce(wanted: readonly string[], found: readonly string[], what: string): string[] {
  const open = new Set(wanted);
  const known = new Set(wanted);
  const complaints: string[] = [];
  for (const one of found) {
    if (open.delete(one)) continue;
    complaints.push(`${what} ${one} is there ${known.has(one) ? 'twice' : 'and nobody was acknowledged it'}`);
  }
  for (const one of open) complaints.push(`${what} ${one} is lost`);
  return complaints;
}

function brief(complaints: string[]): string[] {
  if (complaints.length <= shown) return complaints;
  return [...complaints.slice(0, shown), `and ${complaints.length - shown} more`];
}
