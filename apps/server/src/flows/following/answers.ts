import type { Arrival, Happening, Wait } from '@switchboard/flows';
import type { ScopeMessage } from '../execution-row';
import type { Waiting } from './follower.repository';

/** What a question is answered with. */
export function answerOf({ text, payload, type, content }: ScopeMessage): Arrival {
  return { kind: 'message', text, payload, type, content };
}

/** The question that a message answers: of several in a conversation, the one that was asked last. */
export function questionFor(
  waiting: readonly Waiting[],
  { conversationId, sequence }: { conversationId: string | null; sequence: number },
): Waiting | undefined {
  return waiting
    .filter((one) => one.wait.for === 'message' && one.conversationId === conversationId && one.waitsAfter < sequence)
    .toSorted((a, b) => b.waitsAfter - a.waitsAfter)[0];
}

/** What ends a wait for an event; undefined where this does not. A person's answer to nobody's question is an event too. */
export function eventFor(wait: Wait, happenings: readonly Happening[]): Arrival | undefined {
  if (wait.for !== 'event') return undefined;
  const { on, tags } = wait.event as { on: string; tags?: string[] };
  const found = happenings.find(
    (one) => one.on === on && (one.on !== 'contact_tagged' || tags === undefined || namesOne(tags, one.tags)),
  );
  return found && { kind: 'event', on, value: found };
}

function namesOne(wanted: readonly string[], given: readonly string[]): boolean {
  const names = new Set(given.map((name) => name.toLowerCase()));
  return wanted.some((name) => names.has(name.toLowerCase()));
}
