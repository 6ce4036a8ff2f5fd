import {
  type CampaignCounts,
  type CampaignFailure,
  type MessageErrorView,
  type RecipientState,
  recipientStates,
} from '@switchboard/contracts';

/** How many recipients of one variant stand where. What there is none of is left out. */
export interface VariantTally {
  states: Partial<Record<RecipientState, number>>;
  replied: number;
  /** By Meta's code, else by the class of the failure. */
  failures: Record<string, CampaignFailure>;
  exclusions: Record<string, number>;
}

/** The recipients of a campaign, by variant. */
export type Tally = Record<string, VariantTally>;

/** A recipient who goes from one state to another. `before` is left out of one who is new. */
export interface Move {
  variant: string;
  before?: RecipientState;
  after: RecipientState;
  /** Of `failed`, before or after. */
  errorBefore?: MessageErrorView | null;
  error?: MessageErrorView | null;
  /** Of `excluded`. */
  reason?: string | null;
  count?: number;
}

const emptyVariant = (): VariantTally => ({ states: {}, replied: 0, failures: {}, exclusions: {} });

function variantOf(tally: Tally, variant: string): VariantTally {
  const of = tally[variant] ?? emptyVariant();
  tally[variant] = of;
  return of;
}

/** Counts moves, in place. */
export function count(tally: Tally, moves: readonly Move[]): void {
  for (const { variant, before, after, errorBefore, error, reason, count: n = 1 } of moves) {
    const of = variantOf(tally, variant);
    if (before) of.states[before] = (of.states[before] ?? 0) - n;
    of.states[after] = (of.states[after] ?? 0) + n;
    if (before === 'failed') countFailure(of, errorBefore, -n);
    if (after === 'failed') countFailure(of, error, n);
    if (after === 'excluded') of.exclusions[reason ?? 'invalid'] = (of.exclusions[reason ?? 'invalid'] ?? 0) + n;
  }
}

/** Counts all of one variant as another. */
export function rename(tally: Tally, from: string, to: string): void {
  const given = tally[from];
  if (!given) return;
  delete tally[from];
  const of = variantOf(tally, to);
  for (const state of recipientStates) {
    if (given.states[state]) of.states[state] = (of.states[state] ?? 0) + given.states[state];
  }
  for (const [reason, n] of Object.entries(given.exclusions)) of.exclusions[reason] = (of.exclusions[reason] ?? 0) + n;
  for (const [by, failure] of Object.entries(given.failures)) {
    of.failures[by] = { ...failure, count: failure.count + (of.failures[by]?.count ?? 0) };
  }
  of.replied += given.replied;
}

export function countReplies(tally: Tally, variants: readonly string[]): void {
  for (const variant of variants) variantOf(tally, variant).replied += 1;
}

function countFailure(of: VariantTally, error: MessageErrorView | null | undefined, n: number): void {
  const { code = null, reason = 'unknown', message = 'Meta gave no reason.' } = error ?? {};
  const key = String(code ?? reason);
  const failure = of.failures[key] ?? { code, reason, message, count: 0 };
  of.failures[key] = failure;
  failure.count += n;
  if (failure.count <= 0) delete of.failures[key];
}

export function countsOf(tally: Tally, variant?: string): CampaignCounts {
  const chosen = Object.entries(tally).filter(([key]) => variant === undefined || key === variant);
  const sum = (state: RecipientState) => chosen.reduce((total, [, { states }]) => total + (states[state] ?? 0), 0);
  const states = Object.fromEntries(recipientStates.map((state) => [state, sum(state)])) as Record<
    RecipientState,
    number
  >;
  return {
    total: Object.values(states).reduce((total, n) => total + n, 0),
    ...states,
    replied: chosen.reduce((total, [, { replied }]) => total + replied, 0),
  };
}

/** The most frequent first. */
export function failuresOf(tally: Tally, variant?: string): CampaignFailure[] {
  const all = new Map<string, CampaignFailure>();
  for (const [key, { failures }] of Object.entries(tally)) {
    if (variant !== undefined && key !== variant) continue;
    for (const [by, failure] of Object.entries(failures)) {
      all.set(by, { ...failure, count: failure.count + (all.get(by)?.count ?? 0) });
    }
  }
  return [...all.values()].sort((a, b) => b.count - a.count);
}

export function exclusionsOf(tally: Tally): Record<string, number> {
  const all: Record<string, number> = {};
  for (const { exclusions } of Object.values(tally)) {
    for (const [reason, n] of Object.entries(exclusions)) all[reason] = (all[reason] ?? 0) + n;
  }
  return all;
}

/** Messages that Meta has been handed, and of these those that failed. */
export function leftOf(tally: Tally): { left: number; failed: number } {
  const { sent, delivered, read, failed, unknown } = countsOf(tally);
  return { left: sent + delivered + read + failed + unknown, failed };
}
