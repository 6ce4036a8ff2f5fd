import { setImmediate } from 'node:timers/promises';

interface Ask<P> {
  position: number;
  resolve: (page: P | undefined) => void;
  reject: (error: unknown) => void;
}

/** Pages read in a row before those who wait for an earlier one have their turn. */
const longestSweep = 200;

/**
 * Reads pages of one log one after the other, in the order of the log, each once for all who wait for it. Clients that return at
 * different moments, to more than memory holds, would each push out what the others are about to need: who comes while a sweep is
 * further on waits for the next one, and all of those go together.
 */
export class PageSweep<P> {
  private readonly waiting = new Map<number, Ask<P>[]>();
  private at = 0;
  private length = 0;
  private running = false;

  /**
   * @param read gets the number of a page and the greatest position that was asked for
   * @param ended is called when nobody waits any more
   */
  constructor(
    private readonly read: (page: number, position: number) => Promise<P | undefined>,
    private readonly ended: () => void = () => undefined,
  ) {}

  ask(page: number, position: number): Promise<P | undefined> {
    const asked = new Promise<P | undefined>((resolve, reject) => {
      const ask = { position, resolve, reject };
      const asks = this.waiting.get(page);
      if (asks) asks.push(ask);
      else this.waiting.set(page, [ask]);
    });
    if (!this.running) void this.run();
    return asked;
  }

  private async run(): Promise<void> {
    this.running = true;
    // In the turn before, those who had the last page have asked for this one.
    for (await setImmediate(); this.waiting.size > 0; await setImmediate()) {
      const page = this.next();
      const asks = this.waiting.get(page)!;
      this.waiting.delete(page);
      let position = 0;
      for (const ask of asks) position = Math.max(position, ask.position);
      try {
        const found = await this.read(page, position);
        for (const ask of asks) ask.resolve(found);
      } catch (error) {
        for (const ask of asks) ask.reject(error);
      }
    }
    this.running = false;
    this.ended();
  }

  private next(): number {
    let ahead = Number.POSITIVE_INFINITY;
    let first = Number.POSITIVE_INFINITY;
    for (const page of this.waiting.keys()) {
      first = Math.min(first, page);
      if (page >= this.at) ahead = Math.min(ahead, page);
    }
    const goesOn = ahead < Number.POSITIVE_INFINITY && (this.length < longestSweep || first === ahead);
    this.length = goesOn ? this.length + 1 : 1;
    this.at = goesOn ? ahead : first;
    return this.at;
  }
}
