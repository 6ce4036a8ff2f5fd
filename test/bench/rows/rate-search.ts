const step = 1.25;
/** Below this nothing is looked for. */
const lowest = 200;

/**
 * Looks for the highest rate that is sustained: upwards in steps of a quarter until one is not, then halves what is
 * between the last that was and the first that was not.
 */
export class RateSearch {
  private highestGood = 0;
  private lowestBad = Number.POSITIVE_INFINITY;
  private refined = 0;

  /** The rate to try next; `undefined` when it is found. */
  next: number | undefined;

  constructor(
    start: number,
    private readonly refinements: number,
  ) {
    this.next = start;
  }

  /** 0 when not even the lowest rate was sustained. */
  get sustained(): number {
    return this.highestGood;
  }

  report(rate: number, good: boolean): void {
    if (good) this.highestGood = Math.max(this.highestGood, rate);
    else this.lowestBad = Math.min(this.lowestBad, rate);
    this.next = this.following(rate);
  }

  private following(rate: number): number | undefined {
    if (this.lowestBad === Number.POSITIVE_INFINITY) return Math.round(rate * step);
    if (this.highestGood === 0) return rate <= lowest ? undefined : Math.round(rate / step);
    if (this.refined === this.refinements) return undefined;
    this.refined += 1;
    return Math.round((this.highestGood + this.lowestBad) / 2);
  }
}
