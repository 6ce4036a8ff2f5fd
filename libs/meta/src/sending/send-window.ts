import type { Platform } from '../items';
import type { SendContent, SendKind } from './content';

const hour = 3_600_000;
const day = 24 * hour;

/** Free-form answers: this long after the customer's last message, on each platform. */
export const serviceWindowMs = day;
/** By a person, with the HUMAN_AGENT tag: Messenger and Instagram. */
export const humanAgentWindowMs = 7 * day;
/** A private reply to a comment or post, from when it was written. */
export const privateReplyWindowMs = 7 * day;
/** WhatsApp refuses reactions to messages older than this. */
export const reactionWindowMs = 30 * day;

/** What is known when a message is about to be sent. Times in milliseconds since the epoch. */
export interface SendWindow {
  now: number;
  /** End of the service window; `null` where the customer has not written yet. */
  endsAt: number | null;
  /** End of the HUMAN_AGENT window; `null` where the app may not use the tag, which Meta grants by review. */
  humanAgentEndsAt: number | null;
  /** An automation may not use HUMAN_AGENT. */
  sentBy: 'person' | 'automation';
  /** The comment a private reply answers, where it is known. */
  comment?: CommentedOn;
  /** The message reacted to, where it is known. */
  target?: { sentAt: number; deleted?: boolean };
}

export interface CommentedOn {
  createdAt: number;
  /** A private reply to it has been sent. */
  repliedTo?: boolean;
  /** Of a live broadcast that has ended. */
  broadcastEnded?: boolean;
}

export type Refusal =
  | 'window_closed'
  | 'never_wrote'
  | 'human_agent_only_by_person'
  | 'comment_too_old'
  | 'comment_answered'
  | 'broadcast_ended'
  | 'message_too_old'
  | 'message_deleted';

export type Allowed =
  /** `humanAgent`: it may be sent, and needs the HUMAN_AGENT tag. */
  | { ok: true; humanAgent: boolean }
  | {
      ok: false;
      code: Refusal;
      /** A sentence for the one who sends. */
      reason: string;
      whatWouldBeAllowed: { kinds: SendKind[]; says: string };
    };

/** The two windows that a customer's last message opens; `mayUseHumanAgent`: the app has Meta's leave for the tag. */
export function windowsAfter(
  lastInboundAt: number | null,
  mayUseHumanAgent: boolean,
): Pick<SendWindow, 'endsAt' | 'humanAgentEndsAt'> {
  if (lastInboundAt === null) return { endsAt: null, humanAgentEndsAt: null };
  const humanAgentEndsAt = mayUseHumanAgent ? lastInboundAt + humanAgentWindowMs : null;
  return { endsAt: lastInboundAt + serviceWindowMs, humanAgentEndsAt };
}

/** Whether Meta's window rules let this be sent now; if not, why, and what could be sent instead. */
export function allowed(platform: Platform, content: SendContent, window: SendWindow): Allowed {
  switch (content.type) {
    case 'template':
    case 'public_reply':
      return yes;
    case 'private_reply':
      return privateReply(window);
    case 'reaction':
      return reaction(platform, window);
    default:
      return freeForm(platform, window);
  }
}

const yes: Allowed = { ok: true, humanAgent: false };

function freeForm(platform: Platform, window: SendWindow): Allowed {
  const { now, endsAt, humanAgentEndsAt, sentBy } = window;
  if (endsAt !== null && now < endsAt) return yes;
  if (platform === 'whatsapp') return closed(endsAt, 'An approved template can be sent at any time.', ['template']);
  if (endsAt === null)
    return closed(endsAt, 'Only an answer to a comment can reach them: a private or public reply.', replies);
  const withTag = humanAgentEndsAt !== null && now < humanAgentEndsAt;
  if (withTag && sentBy === 'person') return { ok: true, humanAgent: true };
  if (withTag) {
    const says = `A person may still answer until ${told(humanAgentEndsAt)}, with the HUMAN_AGENT tag.`;
    return no(
      'human_agent_only_by_person',
      'The 24 hours after the customer wrote are over for automations.',
      says,
      [],
    );
  }
  return closed(endsAt, 'Nothing, until the customer writes again; a comment of theirs can be answered.', replies);
}

const replies: SendKind[] = ['private_reply', 'public_reply'];

function closed(endsAt: number | null, says: string, kinds: SendKind[]): Allowed {
  if (endsAt === null) return no('never_wrote', 'The customer has not written to this account yet.', says, kinds);
  const reason = `The customer's 24-hour window closed at ${told(endsAt)}.`;
  return no('window_closed', reason, says, kinds);
}

/** Without knowledge of the comment Meta has the last word. */
function privateReply({ now, comment }: SendWindow): Allowed {
  if (comment === undefined) return yes;
  const publicly = 'A public reply beneath the comment.';
  const kinds: SendKind[] = ['public_reply'];
  if (comment.repliedTo)
    return no('comment_answered', 'A comment takes one private reply, and this one has it.', publicly, kinds);
  if (comment.broadcastEnded)
    return no('broadcast_ended', 'A live comment takes a private reply only during the broadcast.', publicly, kinds);
  const endsAt = comment.createdAt + privateReplyWindowMs;
  if (now < endsAt) return yes;
  return no('comment_too_old', `A private reply was possible for 7 days, until ${told(endsAt)}.`, publicly, kinds);
}

/** A reaction needs an open window as any free-form message does; HUMAN_AGENT does not cover it. */
function reaction(platform: Platform, window: SendWindow): Allowed {
  const { now, endsAt, target } = window;
  const another = 'A reaction to a newer message.';
  if (target?.deleted) return no('message_deleted', 'The message reacted to has been deleted.', another, ['reaction']);
  if (platform === 'whatsapp' && target !== undefined && now >= target.sentAt + reactionWindowMs)
    return no('message_too_old', 'WhatsApp takes reactions to messages of the last 30 days.', another, ['reaction']);
  if (endsAt !== null && now < endsAt) return yes;
  const message = freeForm(platform, window);
  if (!message.ok) return message;
  return closed(endsAt, 'A message by a person, with the HUMAN_AGENT tag.', ['text']);
}

function no(code: Refusal, reason: string, says: string, kinds: SendKind[]): Allowed {
  return { ok: false, code, reason, whatWouldBeAllowed: { kinds, says } };
}

function told(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? 'an unknown time' : date.toISOString();
}
