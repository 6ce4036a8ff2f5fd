import type { Answer, Endpoint } from './delivery';
import { Latencies } from './latencies';
import type { Ledger } from './ledger';
import type { Posting } from './traffic';

export interface RetryOptions {
  /** Wait before the first redelivery, doubled for each further one; 500 ms unless told otherwise. */
  retryBaseMs?: number;
  /** The longest wait; 30 s unless told otherwise. Meta waits up to hours. */
  retryCapMs?: number;
  /** How often a body is sent in all before it is given up; 12 unless told otherwise. */
  attempts?: number;
}

/** Wait before attempt number `attempt` (2 is the first redelivery). */
export function backoff(attempt: number, { retryBaseMs = 500, retryCapMs = 30_000 }: RetryOptions): number {
  return Math.min(retryCapMs, retryBaseMs * 2 ** (attempt - 2));
}

/** Carries postings to the receiver, again after anything but a 200, and writes the ledger. */
export class Courier {
  readonly latencies = new Latencies();
  readonly counts = {
    sent: 0,
    acknowledged: 0,
    refused: 0,
    unauthorised: 0,
    failed: 0,
    retried: 0,
    forged: 0,
    malformed: 0,
    waiting: 0,
    givenUp: 0,
  };
  readonly #endpoint: Endpoint;
  readonly #ledger: Ledger;
  readonly #options: RetryOptions;
  readonly #redeliveries = new Map<NodeJS.Timeout, () => void>();
  readonly #onSettled: (() => void)[] = [];
  #closed = false;

  constructor(endpoint: Endpoint, ledger: Ledger, options: RetryOptions) {
    this.#endpoint = endpoint;
    this.#ledger = ledger;
    this.#options = options;
  }

  /** Sends a posting, and goes on behind the caller's back until it is acknowledged or given up. Resolves after the first answers. */
  async take(posting: Posting, due: number): Promise<void> {
    if (this.#closed) return;
    if (posting.nature !== 'genuine') this.counts[posting.nature]++;
    this.counts.waiting++;
    const copies = Array.from({ length: posting.copies }, () => this.#send(posting, due));
    const acknowledged = (await Promise.all(copies)).some(Boolean);
    if (acknowledged || posting.nature === 'forged') this.#done();
    else this.#again(posting, 2);
  }

  /** Resolves once nothing is under way and no redelivery is due. */
  settled(): Promise<void> {
    if (this.counts.waiting === 0) return Promise.resolve();
    return new Promise((resolve) => this.#onSettled.push(resolve));
  }

  close(): void {
    this.#closed = true;
    for (const [timer, giveUp] of this.#redeliveries) {
      clearTimeout(timer);
      giveUp();
    }
    this.#redeliveries.clear();
    this.#endpoint.close();
  }

  #again(posting: Posting, attempt: number): void {
    const giveUp = () => {
      this.counts.givenUp++;
      this.#done();
    };
    if (this.#closed || attempt > (this.#options.attempts ?? 12)) {
      giveUp();
      return;
    }
    const timer = setTimeout(
      async () => {
        this.#redeliveries.delete(timer);
        this.counts.retried++;
        if (await this.#send(posting, performance.now())) this.#done();
        else this.#again(posting, attempt + 1);
      },
      backoff(attempt, this.#options),
    );
    this.#redeliveries.set(timer, giveUp);
  }

  async #send({ body, signature, items, nature }: Posting, due: number): Promise<boolean> {
    this.counts.sent++;
    this.#ledger.sent(items, { forged: nature === 'forged' });
    const answer = await this.#endpoint.post(body, signature);
    const acknowledged = answer.status === 200;
    this.#count(answer, due);
    if (answer.status === 401 && nature !== 'forged') this.counts.unauthorised++;
    if (acknowledged) this.#ledger.acknowledge(items);
    if (acknowledged && nature === 'malformed') this.#ledger.malformedAcknowledged++;
    return acknowledged;
  }

  #count({ status }: Answer, due: number): void {
    if (status === undefined) {
      this.counts.failed++;
    } else if (status === 200) {
      this.counts.acknowledged++;
      this.latencies.record(performance.now() - due);
    } else {
      this.counts.refused++;
    }
  }

  #done(): void {
    this.counts.waiting--;
    if (this.counts.waiting > 0) return;
    for (const resolve of this.#onSettled.splice(0)) resolve();
  }
}
