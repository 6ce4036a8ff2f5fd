import { type SendRate, slowestPace } from './send-rate';

/** What part of a channel's rate campaigns use, as of `since`. */
export interface BulkPace {
  pace: number;
  since: Date;
  /** Of bulk messages, while the pace is not whole. */
  nextSlot: Date;
}

/** Twice as fast again with each of these in which nothing spoke against it. */
const regainMs = 300_000;
/** What is refused at the same moment is one refusal. */
const sameMs = 10_000;
/** Meta's word on a number: more of what people block or report costs it its limits. */
const byQuality: Record<string, number> = { YELLOW: 0.5, RED: 0.25 };

/** What Meta's rating of a number allows of its rate. */
export const paceAt = (quality: string | undefined): number => byQuality[quality ?? ''] ?? 1;

/** What it has come to since it was lowered. */
export function regained(before: Pick<BulkPace, 'pace' | 'since'> | undefined, now: Date): number {
  if (!before) return 1;
  return Math.min(1, before.pace * 2 ** Math.max(0, Math.floor((now.getTime() - before.since.getTime()) / regainMs)));
}

/** After a refusal for it: half; `undefined` where it was lowered a moment ago. */
export function lowered(before: Pick<BulkPace, 'pace' | 'since'> | undefined, now: Date): number | undefined {
  if (before && before.pace < 1 && now.getTime() - before.since.getTime() < sameMs) return undefined;
  return Math.max(slowestPace, regained(before, now) / 2);
}

/** So far ahead slots are given: a second, and where a second holds few, as long as some take. */
export const aheadMs = ({ perSecond }: SendRate, few: number): number => Math.max(1000, (few * 1000) / perSecond);
