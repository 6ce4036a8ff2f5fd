/** How much of a lane a batch takes. */
export interface Amount {
  count: number;
  bytes: number;
}

/**
 * As much as is given, and less after a batch that the database did not see the end of: where its size was the reason (parsing keeps
 * the process from the database, which ends a transaction that is idle for too long), it would fail for ever.
 */
export class Portion {
  private share = 1;

  constructor(private readonly whole: Amount) {}

  /** One webhook at least: the database hands out the first whatever its size. */
  get amount(): Amount {
    const { count, bytes } = this.whole;
    return { count: Math.max(1, Math.floor(count * this.share)), bytes: Math.ceil(bytes * this.share) };
  }

  halve(): void {
    if (this.amount.count > 1) this.share /= 2;
  }

  /** Back to the whole, a step for each batch that went well. */
  grow(): void {
    this.share = Math.min(1, this.share * 2);
  }
}
