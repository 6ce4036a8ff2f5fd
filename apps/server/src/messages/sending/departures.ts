/** When messages left a channel: never more than Meta allows within a second, wherever it begins, even where a few leave late. */
export class Departures {
  private readonly times: Float64Array;
  private next = 0;

  /** @param most that may leave within a second */
  constructor(readonly most: number) {
    this.times = new Float64Array(most).fill(Number.NEGATIVE_INFINITY);
  }

  /**
   * Milliseconds until one more may leave; 0: now, and it is counted.
   * @param guardMs how much later than another it may get there
   */
  wait(now: number, guardMs: number): number {
    const free = this.times[this.next]! + 1000 + guardMs;
    if (free > now) return free - now;
    this.times[this.next] = now;
    this.next = (this.next + 1) % this.most;
    return 0;
  }
}
