/** At most `limit` in any span of `spanMs`, however it is laid. Memory: one number for each of `limit`. */
export class SlidingWindow {
  readonly #times: Float64Array | undefined;
  #next = 0;

  /** `limit` may be Infinity. */
  constructor(
    readonly limit: number,
    private readonly spanMs: number,
  ) {
    if (Number.isFinite(limit)) this.#times = new Float64Array(limit).fill(Number.NEGATIVE_INFINITY);
  }

  /** Counts one more at `now`, unless that would be too many. */
  take(now: number): boolean {
    if (this.#times === undefined) return true;
    const oldest = this.#times[this.#next];
    if (oldest === undefined || now - oldest < this.spanMs) return false;
    this.#times[this.#next] = now;
    this.#next = (this.#next + 1) % this.limit;
    return true;
  }
}

/** One in `everyMs` for each key, with `burst` of them at once, borrowed against the time to come (GCRA). */
export class PairRate {
  readonly #dueAt = new Map<string, number>();

  constructor(
    private readonly everyMs: number,
    private readonly burst: number,
  ) {}

  take(key: string, now: number): boolean {
    if (this.everyMs === 0) return true;
    const due = Math.max(now, this.#dueAt.get(key) ?? 0);
    if (due - now > (this.burst - 1) * this.everyMs) return false;
    this.#dueAt.set(key, due + this.everyMs);
    return true;
  }
}

/** How many different users were written to within the last 24 hours. */
export class UniqueUsers {
  /** In the order in which they were first written to. */
  readonly #since = new Map<string, number>();

  constructor(public limit: number) {}

  take(user: string, now: number): boolean {
    if (this.limit === Number.POSITIVE_INFINITY) return true;
    for (const [known, since] of this.#since) {
      if (now - since < 86_400_000) break;
      this.#since.delete(known);
    }
    if (this.#since.has(user)) return true;
    if (this.#since.size >= this.limit) return false;
    this.#since.set(user, now);
    return true;
  }
}

/** Calls within the last hour, to the minute. */
export class HourlyCalls {
  readonly #minutes = new Map<number, number>();
  #total = 0;

  constructor(public limit: number) {}

  count(now: number): void {
    const minute = Math.floor(now / 60_000);
    this.#forget(minute);
    this.#minutes.set(minute, (this.#minutes.get(minute) ?? 0) + 1);
    this.#total++;
  }

  exceeded(now: number): boolean {
    this.#forget(Math.floor(now / 60_000));
    return this.#total >= this.limit;
  }

  /** In per cent of the limit, as Meta's usage headers tell it. */
  get usage(): number {
    return Math.floor((100 * this.#total) / this.limit);
  }

  /** Minutes until calls are let through again; 0 while they are. */
  regainMinutes(now: number): number {
    if (this.#total < this.limit) return 0;
    const [first = 0] = this.#minutes.keys();
    return Math.max(1, first + 60 - Math.floor(now / 60_000));
  }

  #forget(minute: number): void {
    for (const [known, calls] of this.#minutes) {
      if (known > minute - 60) return;
      this.#minutes.delete(known);
      this.#total -= calls;
    }
  }
}
