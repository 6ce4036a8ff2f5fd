/** A message on its way. */
interface Sent {
  number: number;
  /** Arrivals heard of before it. */
  arrivals: number;
}

/**
 * Whether a process is the only one that listens, so that it need not publish. Redis says how many a message reached, but not whom:
 * a process that has lost its own subscription for a moment would take the one other for itself.
 */
export class Solitude {
  private sent = 0;
  private arrivals = 0;
  private until = 0;
  /** The last of its own messages that came back to it. */
  private heard = 0;
  /** One that reached a single listener. */
  private awaited?: Sent;

  /**
   * @param forMs so long it is taken to last where nobody is heard of
   */
  constructor(private readonly forMs: number) {}

  get lasts(): boolean {
    return performance.now() < this.until;
  }

  /** Before a message is published, which is to carry the number. */
  sending(): Sent {
    this.sent += 1;
    return { number: this.sent, arrivals: this.arrivals };
  }

  /** A message was published, and this many listened. */
  reached(sent: Sent, listeners: number): void {
    this.awaited = listeners === 1 ? sent : undefined;
    if (listeners === 0 || (listeners === 1 && this.heard === sent.number)) this.begin(sent);
  }

  /** Its own message came back, before or after Redis told how many it reached. */
  heardItself(number: number): void {
    this.heard = number;
    if (this.awaited?.number === number) this.begin(this.awaited);
  }

  /** Somebody else has begun to listen, or may have. */
  end(): void {
    this.arrivals += 1;
    this.until = 0;
  }

  private begin({ arrivals }: Sent): void {
    this.awaited = undefined;
    if (arrivals === this.arrivals) this.until = performance.now() + this.forMs;
  }
}
