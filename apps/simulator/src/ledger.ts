import { type ExpectedMessage, expectedMessages } from './expected-messages';
import type { Effect, Platform, SimulatedItem } from './item';

/** What the simulator knows of one fact it told. */
export interface LedgerEntry {
  id: string;
  platform: Platform;
  accountId: string;
  kind: string;
  messageId?: string;
  customer: { userId?: string; waId?: string };
  sentAt: number;
  effect: Effect;
  /** How often it went out, in whatever body, forged ones included. */
  timesSent: number;
  /** When a body with it was first answered 200; milliseconds since the epoch. */
  acknowledgedAt?: number;
  /** Only ever sent with a bad signature: it must leave no trace. */
  forged: boolean;
}

/** What the receiver was sent and what it answered for: the oracle that tests compare it with. */
export class Ledger {
  readonly #entries = new Map<string, LedgerEntry>();
  readonly #now: () => number;
  /** Bodies that are no JSON, rightly signed, answered 200: each belongs in quarantine. */
  malformedAcknowledged = 0;
  #acknowledgedCount = 0;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Called for every POST. An item is forged as long as no body with it was signed rightly. */
  sent(items: readonly SimulatedItem[], { forged = false } = {}): void {
    for (const item of items) {
      const entry = this.#entries.get(item.id);
      if (entry) {
        entry.timesSent++;
        entry.forged &&= forged;
      } else {
        const { place: _place, element: _element, ...facts } = item;
        this.#entries.set(item.id, { ...facts, timesSent: 1, forged });
      }
    }
  }

  /** Called for every 200. */
  acknowledge(items: readonly SimulatedItem[]): void {
    for (const item of items) {
      const entry = this.#entries.get(item.id);
      if (entry === undefined || entry.acknowledgedAt !== undefined) continue;
      entry.acknowledgedAt = this.#now();
      if (!entry.forged) this.#acknowledgedCount++;
    }
  }

  /** How many genuine facts are acknowledged; `acknowledged().length` without the list. */
  get acknowledgedCount(): number {
    return this.#acknowledgedCount;
  }

  get(id: string): LedgerEntry | undefined {
    return this.#entries.get(id);
  }

  entries(): LedgerEntry[] {
    return [...this.#entries.values()];
  }

  /** Genuine facts the receiver has answered for: each must have had its effect exactly once. */
  acknowledged(): LedgerEntry[] {
    return this.#where((entry) => !entry.forged && entry.acknowledgedAt !== undefined);
  }

  /** Genuine facts never answered 200: they may or may not have had their effect. */
  unacknowledged(): LedgerEntry[] {
    return this.#where((entry) => !entry.forged && entry.acknowledgedAt === undefined);
  }

  forged(): LedgerEntry[] {
    return this.#where((entry) => entry.forged);
  }

  /** Forged items the receiver answered 200 for: must be empty. */
  acceptedForgeries(): LedgerEntry[] {
    return this.#where((entry) => entry.forged && entry.acknowledgedAt !== undefined);
  }

  /** The messages that must be stored, each once, in the state all acknowledged items leave them in. */
  expectedMessages(): ExpectedMessage[] {
    return expectedMessages(this.acknowledged());
  }

  #where(holds: (entry: LedgerEntry) => boolean): LedgerEntry[] {
    return this.entries().filter(holds);
  }
}
