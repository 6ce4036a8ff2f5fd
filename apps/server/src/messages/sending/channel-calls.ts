/** Calls under way for one channel. */
const mostUnderWay = 200;
/** Messages whose outcome is being written; more wait until the database has caught up. */
const mostUnwritten = 2000;

/** What one channel has under way in this process. */
export class ChannelCalls {
  /** Until their outcome is written. */
  readonly unwritten = new Set<Promise<void>>();
  private calling = 0;
  runs = 0;

  get idle(): boolean {
    return this.runs === 0 && this.unwritten.size === 0;
  }

  /** How many more messages may be taken. */
  get room(): number {
    return this.unwritten.size >= mostUnwritten ? 0 : Math.max(0, mostUnderWay - this.calling);
  }

  async call<T>(work: () => Promise<T>): Promise<T> {
    this.calling += 1;
    try {
      return await work();
    } finally {
      this.calling -= 1;
    }
  }
}
