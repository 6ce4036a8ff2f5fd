export interface BackoffLimits {
  /** Milliseconds; the first wait is at most this long. */
  first: number;
  /** No wait is longer. */
  longest: number;
}

/** Waits that double, each between half and all of what it could be, so that clients cut off together do not come back together. */
export class Backoff {
  private failures = 0;

  constructor(
    private readonly limits: BackoffLimits,
    private readonly random: () => number = Math.random,
  ) {}

  /** Milliseconds to wait before the next attempt. */
  next(): number {
    const most = Math.min(this.limits.longest, this.limits.first * 2 ** this.failures);
    this.failures += 1;
    return Math.round(most / 2 + (most / 2) * this.random());
  }

  reset(): void {
    this.failures = 0;
  }
}
