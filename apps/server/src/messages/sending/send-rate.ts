import type { Platform } from '@switchboard/meta';

/** What of a channel a send counts against. */
export const rateKinds = ['message', 'media', 'private_reply'] as const;
export type RateKind = (typeof rateKinds)[number];

export interface SendRate {
  perSecond: number;
  /** Sends that may leave at once after a pause. */
  burst: number;
}

/**
 * How much later than another a send may get there, so that no second, wherever it begins, holds more than Meta allows: slots are as many
 * in a second and that. The least where the process keeps its time and sends alone, the most otherwise.
 */
export const leastGuardMs = 17;
export const mostGuardMs = 50;

/**
 * Meta's figures (meta-platform reference §E), less what the least guard takes (1.7 %).
 * - WhatsApp: 80 messages a second and number, unless Meta says otherwise of the number.
 * - Messenger and Instagram: 300 texts and 10 audio or video messages a second, 750 private replies an hour.
 */
const margin = 1000 / (1000 + leastGuardMs);
const messaging: Record<RateKind, SendRate> = {
  message: { perSecond: 300 * margin, burst: 1 },
  media: { perSecond: 10 * margin, burst: 1 },
  private_reply: { perSecond: 700 / 3600, burst: 50 },
};
const rates: Record<Platform, Partial<Record<RateKind, SendRate>> & { message: SendRate }> = {
  whatsapp: { message: { perSecond: 80 * margin, burst: 1 } },
  messenger: messaging,
  instagram: messaging,
};

/** @param messagesPerSecond what Meta takes from the number, where it has said so */
export function rateOf(platform: Platform, kind: RateKind, messagesPerSecond?: number): SendRate {
  if (messagesPerSecond !== undefined && kind === 'message') return { perSecond: messagesPerSecond * margin, burst: 1 };
  return rates[platform][kind] ?? rates[platform].message;
}

/** What Meta allows within a second; `undefined` where it is by the hour. */
export function mostInASecond(platform: Platform, kind: RateKind, messagesPerSecond?: number): number | undefined {
  if (platform !== 'whatsapp' && kind === 'private_reply') return undefined;
  return Math.max(1, Math.round(rateOf(platform, kind, messagesPerSecond).perSecond / margin));
}

/** Which of a platform's rates a kind of message counts against. */
export function rateKindOf(platform: Platform, type: string): RateKind {
  if (platform === 'whatsapp') return 'message';
  if (type === 'private_reply') return 'private_reply';
  return type === 'audio' || type === 'video' || type === 'voice' ? 'media' : 'message';
}

/** WhatsApp: one message in 6 s to the same person; up to 45 at once, borrowed against the time that follows. */
export const pairIntervalMs = 6000;
export const pairBurst = 45;
/** Meta counts a message when it gets there: its slot, the way, a connection. Counted earlier, the next would be too early for Meta. */
export const arrivalMs = 2000;

export interface Slots {
  /** When each send may leave, milliseconds since the epoch by the database's clock. */
  at: number[];
  /** For the next claim. */
  next: number;
}

/**
 * The slots free until `now + horizonMs`, at most `most` (generic cell rate algorithm). All times in milliseconds of one clock.
 * @param next the first slot not yet given away
 */
export function freeSlots(
  { perSecond, burst }: SendRate,
  next: number,
  now: number,
  horizonMs: number,
  most: number,
): Slots {
  const interval = 1000 / perSecond;
  const at: number[] = [];
  // What was not used is gone, but for the burst.
  let slot = Math.max(next, now - (burst - 1) * interval);
  while (at.length < most && slot <= now + horizonMs) {
    at.push(Math.max(slot, now));
    slot += interval;
  }
  return { at, next: slot };
}

/** Backs off twice as long each time, from `first`, up to `longest`. */
export function backOff(times: number, firstMs: number, longestMs: number): number {
  return Math.min(longestMs, firstMs * 2 ** Math.min(times, 30));
}

/** The slowest that throttling makes a channel: a fiftieth of Meta's figure. */
export const slowestPace = 0.02;
const regainMs = 60_000;

/**
 * What part of its rate a channel uses. Meta allows some numbers less than its figures say (20 messages a second in coexistence) and does
 * not tell: a channel that is throttled again soon after a wait goes half as fast, and twice as fast again with each minute without.
 * @param pace as of the last throttling
 */
export function paceOf(pace: number, blockedUntil: number | null, now: number): number {
  if (pace >= 1 || blockedUntil === null) return 1;
  return Math.min(1, pace * 2 ** Math.floor(Math.max(0, now - blockedUntil) / regainMs));
}

/** The slots of a rate while sends may be later than the least guard reckons with. */
export function guarded({ perSecond, burst }: SendRate, guardMs: number): SendRate {
  return { perSecond: (perSecond * (1000 + leastGuardMs)) / (1000 + guardMs), burst };
}

export function atPace({ perSecond, burst }: SendRate, pace: number): SendRate {
  return pace < 1 ? { perSecond: perSecond * pace, burst: 1 } : { perSecond, burst };
}
