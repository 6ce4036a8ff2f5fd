import type { Posting } from './traffic';

export interface PaceOptions {
  /** POSTs a second. Without it the next one leaves as soon as fewer than `window` are under way. */
  rate?: number;
  durationMs?: number;
  window: number;
}

/** A burst after a stall is cut into slices, so that answers are read in between. */
const mostAtOnce = 128;
/** An open loop against a receiver that has stopped answering: beyond this, memory would grow without bound. */
const mostUnderWay = 20_000;

/** Hands out postings when they are due. */
export class Pace {
  /** Resolves when nothing more will be handed out. */
  readonly finished: Promise<void>;
  readonly #postings: Iterator<Posting>;
  readonly #options: PaceOptions;
  readonly #send: (posting: Posting, due: number) => Promise<void>;
  #underWay = 0;
  #nextDue = 0;
  #deadline = Number.POSITIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #ended = false;
  #finish: () => void = () => {};

  constructor(
    postings: Iterable<Posting>,
    options: PaceOptions,
    send: (posting: Posting, due: number) => Promise<void>,
  ) {
    this.#postings = postings[Symbol.iterator]();
    this.#options = options;
    this.#send = send;
    this.finished = new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  start(): void {
    if (this.#ended || this.#nextDue > 0) return;
    this.#nextDue = performance.now();
    if (this.#options.durationMs !== undefined) this.#deadline = this.#nextDue + this.#options.durationMs;
    this.#handOut();
  }

  stop(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#finish();
  }

  #handOut(): void {
    const now = performance.now();
    for (let sent = 0; sent < mostAtOnce && this.#isDue(now); sent++) {
      const next = this.#postings.next();
      if (next.done) {
        this.stop();
        return;
      }
      this.#underWay++;
      const due = this.#options.rate === undefined ? now : this.#nextDue;
      if (this.#options.rate !== undefined) this.#nextDue += 1000 / this.#options.rate;
      void this.#send(next.value, due).finally(() => this.#returned());
    }
    const { rate, window } = this.#options;
    if (now >= this.#deadline) this.stop();
    else if (rate !== undefined || this.#underWay < window) {
      this.#timer = setTimeout(() => this.#handOut(), Math.max(0, this.#nextDue - performance.now()));
    }
  }

  #isDue(now: number): boolean {
    if (this.#ended || now >= this.#deadline) return false;
    if (this.#options.rate === undefined) return this.#underWay < this.#options.window;
    return this.#nextDue <= now && this.#underWay < mostUnderWay;
  }

  #returned(): void {
    this.#underWay--;
    if (this.#options.rate === undefined && !this.#ended) {
      clearTimeout(this.#timer);
      this.#handOut();
    }
  }
}
