interface Waiting {
  since: number;
  go: (had: boolean) => void;
}

/**
 * Turns at one host, as many as there are connections to it. Nobody has more than half of them, so that an account whose calls hang does not
 * keep the others waiting. One that falls free goes to whoever waits and has the fewest, and of those to whoever waits longest; the calls
 * of one account go in the order in which they were made.
 */
export class Turns {
  private readonly share: number;
  private readonly had = new Map<string, number>();
  private readonly waiting = new Map<string, Set<Waiting>>();
  private calls = 0;

  constructor(private free: number) {
    this.share = Math.max(1, Math.floor(free / 2));
  }

  /** False where there was none for so long. One that was had is given back. */
  take(who: string, waitMs: number): Promise<boolean> {
    if (this.mayHave(who) && !this.waiting.has(who)) {
      this.give(who);
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      const one: Waiting = {
        since: this.calls++,
        go: (had) => {
          clearTimeout(timer);
          this.leave(who, one);
          resolve(had);
        },
      };
      const timer = setTimeout(() => one.go(false), waitMs);
      this.waiting.set(who, (this.waiting.get(who) ?? new Set()).add(one));
    });
  }

  giveBack(who: string): void {
    const left = (this.had.get(who) ?? 1) - 1;
    if (left > 0) this.had.set(who, left);
    else this.had.delete(who);
    this.free += 1;
    const next = this.next();
    if (!next) return;
    this.give(next.who);
    next.one.go(true);
  }

  private mayHave(who: string): boolean {
    return this.free > 0 && (this.had.get(who) ?? 0) < this.share;
  }

  private give(who: string): void {
    this.free -= 1;
    this.had.set(who, (this.had.get(who) ?? 0) + 1);
  }

  private leave(who: string, one: Waiting): void {
    const others = this.waiting.get(who);
    others?.delete(one);
    if (others?.size === 0) this.waiting.delete(who);
  }

  private next(): { who: string; one: Waiting } | undefined {
    let best: { who: string; one: Waiting; had: number } | undefined;
    for (const [who, [one]] of this.waiting) {
      if (!one || !this.mayHave(who)) continue;
      const had = this.had.get(who) ?? 0;
      if (!best || had < best.had || (had === best.had && one.since < best.one.since)) best = { who, one, had };
    }
    return best;
  }
}
