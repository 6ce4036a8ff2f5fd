import { defaultAccounts } from './cast';
import { Courier, type RetryOptions } from './courier';
import { Endpoint, type EndpointOptions } from './delivery';
import { forgery, hugeBatch } from './extras';
import type { Account, SimulatedItem } from './item';
import type { Latencies } from './latencies';
import { Ledger } from './ledger';
import { Pace } from './pace';
import { shopDay } from './shop-day';
import { type TrafficOptions, traffic } from './traffic';

export interface SimulatorOptions
  extends Pick<
      TrafficOptions,
      'secret' | 'batch' | 'packing' | 'reorder' | 'duplicates' | 'badSignatures' | 'malformed' | 'huge'
    >,
    EndpointOptions,
    RetryOptions {
  /** The receiver's webhook address. */
  url: string | URL;
  accounts?: readonly Account[];
  /** Different customers; 50 unless told otherwise. */
  customers?: number;
  /** The same seed, options and clock make the same postings in the same order. */
  seed?: number;
  /** POSTs a second, open loop: a slow receiver does not slow the sending. Without it, as fast as `connections` are answered. */
  rate?: number;
  /** Ends after so many items. What forged, malformed and huge bodies hold comes on top. */
  count?: number;
  /** Ends after so long. */
  durationMs?: number;
  /** Tells these instead of a shop's day. */
  items?: Iterable<SimulatedItem>;
  /** Milliseconds since the epoch: Meta's clock, and the ledger's. */
  now?: () => number;
}

/** How a run stands. All but `items`, `waiting` and `givenUp` count POSTs. */
export interface SimulatorCounts {
  sent: number;
  acknowledged: number;
  /** Answered with anything but 200, forged ones (as they should be) included. */
  refused: number;
  /** Of those, signed ones answered 401: the receiver knows another secret. */
  unauthorised: number;
  /** Broken or unanswered connections. */
  failed: number;
  retried: number;
  forged: number;
  malformed: number;
  /** Bodies neither acknowledged nor given up yet. */
  waiting: number;
  /** Bodies for which all attempts are used up. */
  givenUp: number;
  /** Items in the ledger that are acknowledged. */
  items: number;
}

/** Plays Meta against a receiver: makes a shop's day of webhooks, delivers them as Meta does, and keeps the ledger. */
export class Simulator {
  readonly ledger: Ledger;
  readonly #courier: Courier;
  readonly #pace: Pace;
  readonly #endless: boolean;

  constructor(options: SimulatorOptions) {
    const { accounts = defaultAccounts, customers = 50, seed = 1, now = Date.now, connections = 64 } = options;
    const day = options.items ?? shopDay({ accounts, customers, seed, now });
    const postings = traffic(options.count === undefined ? day : take(day, options.count), {
      ...options,
      seed,
      invent: (random) => forgery(accounts, random, now),
      inventHuge: (random) => hugeBatch(accounts, random, now),
    });
    this.ledger = new Ledger(now);
    this.#courier = new Courier(new Endpoint(options.url, { ...options, connections }), this.ledger, options);
    this.#pace = new Pace(
      postings,
      { rate: options.rate, durationMs: options.durationMs, window: connections },
      (posting, due) => this.#courier.take(posting, due),
    );
    this.#endless = options.count === undefined && options.durationMs === undefined && options.items === undefined;
  }

  start(): void {
    this.#pace.start();
  }

  /** Begins nothing new; what is under way goes on. */
  finish(): void {
    this.#pace.stop();
  }

  /**
   * Waits until everything planned (`count`, `durationMs`, `items`; without a plan nothing new is begun) is sent and either
   * acknowledged, refused for good, or given up; then closes the connections.
   */
  async drain(): Promise<Ledger> {
    if (this.#endless) this.finish();
    await this.#pace.finished;
    await this.#courier.settled();
    this.#courier.close();
    return this.ledger;
  }

  /** Ends at once: no more POSTs, no more redeliveries, connections closed. A `drain` that waits then returns. */
  async stop(): Promise<void> {
    this.#pace.stop();
    await this.#pace.finished;
    this.#courier.close();
    await this.#courier.settled();
  }

  get counts(): SimulatorCounts {
    return { ...this.#courier.counts, items: this.ledger.acknowledgedCount };
  }

  /** Time from the moment a POST was due until its 200. */
  get latencies(): Latencies {
    return this.#courier.latencies;
  }

  /** Whether all that was planned has been sent at least once. */
  get planned(): Promise<void> {
    return this.#pace.finished;
  }
}

function* take<T>(items: Iterable<T>, count: number): Generator<T> {
  if (count <= 0) return;
  let left = count;
  for (const item of items) {
    yield item;
    if (--left === 0) return;
  }
}
