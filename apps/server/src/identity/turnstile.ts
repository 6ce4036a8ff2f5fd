/** More callers wait than may. */
export class TurnstileFull extends Error {
  override readonly name = 'TurnstileFull';
}

/** Lets `width` pieces of work run at a time and `waiting` wait; refuses the rest at once. */
export class Turnstile {
  private running = 0;
  private readonly queue: (() => void)[] = [];

  constructor(
    private readonly width: number,
    private readonly waiting: number,
  ) {}

  /** @throws TurnstileFull */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.running < this.width) this.running += 1;
    else if (this.queue.length < this.waiting) await new Promise<void>((enter) => this.queue.push(enter));
    else throw new TurnstileFull();
    try {
      return await work();
    } finally {
      // Whoever leaves hands its place to the next, so that a newcomer cannot slip in between.
      const next = this.queue.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
