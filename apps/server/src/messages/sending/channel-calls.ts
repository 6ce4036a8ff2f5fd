import { Departures } from './departures';
import { leastGuardMs, mostGuardMs, type RateKind } from './send-rate';

/** Calls under way for one channel. */
const mostUnderWay = 200;
/** Messages whose outcome is being written; more wait until the database has caught up. */
const mostUnwritten = 2000;

/** Others' claims are taken to go on for so long. */
const sharedForMs = 5000;
/** What one message was late is half forgotten 35 messages later. */
const forgets = 0.98;

/** What one channel has under way in this process. */
export class ChannelCalls {
  /** Until their outcome is written. */
  readonly unwritten = new Set<Promise<void>>();
  private calling = 0;
  runs = 0;
  private readonly departures = new Map<RateKind, Departures>();
  private readonly nextSlots = new Map<RateKind, number>();
  private sharedUntil = 0;
  /** How late messages leave, lately; the most until it is known. */
  private lateMs = mostGuardMs;
  /** By how much what is taken already leaves after its slot. */
  private behindMs = 0;

  get idle(): boolean {
    return this.runs === 0 && this.unwritten.size === 0;
  }

  /** How many more messages may be taken. */
  room(horizonMs: number): number {
    const behind = this.unwritten.size > 0 && this.behindMs > horizonMs;
    if (behind || this.unwritten.size >= mostUnwritten) return 0;
    return Math.max(0, mostUnderWay - this.calling);
  }

  /** How much later than another a send of this process may get to Meta. */
  get guardMs(): number {
    return this.shared ? mostGuardMs : Math.min(mostGuardMs, Math.max(leastGuardMs, 1.5 * this.lateMs));
  }

  /** Whether another process takes messages of this channel, too: its slots are between ours. */
  get shared(): boolean {
    return performance.now() < this.sharedUntil;
  }

  /** What a claim found to be the next slot, and what it made of it. */
  claimed(kind: RateKind, found: number, next: number): void {
    // Timestamps of the database have microseconds.
    if (Math.abs((this.nextSlots.get(kind) ?? found) - found) > 0.1) this.sharedUntil = performance.now() + sharedForMs;
    this.nextSlots.set(kind, next);
  }

  /** A message was to leave then, and the process is only here now. */
  woke(due: number): void {
    this.lateMs = Math.max(performance.now() - due, this.lateMs * forgets);
  }

  /** Milliseconds until one more may leave; 0: now, and it is counted. `slot`: when it was to leave. */
  wait(kind: RateKind, most: number, slot: number): number {
    let departures = this.departures.get(kind);
    if (departures?.most !== most) {
      departures = new Departures(most);
      this.departures.set(kind, departures);
    }
    const now = performance.now();
    const wait = departures.wait(now, this.guardMs);
    this.behindMs = now + wait - slot;
    return wait;
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
