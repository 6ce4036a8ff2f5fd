/** Appointments are kept to so many milliseconds: one timer for all that fall into the same slice. */
const sliceMs = 5;

/** Hands out what is due, together with all that is due at about the same time. */
export class Agenda<T> {
  readonly #slices = new Map<number, (() => T | undefined)[]>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #onEmpty: (() => void)[] = [];
  #closed = false;

  constructor(private readonly hand: (due: T[]) => void) {}

  /** `make` is called when it is due; what it leaves undefined is passed over. */
  add(make: () => T | undefined, afterMs: number): void {
    if (this.#closed) return;
    const slice = Math.ceil((performance.now() + afterMs) / sliceMs);
    const others = this.#slices.get(slice);
    if (others) {
      others.push(make);
      return;
    }
    this.#slices.set(slice, [make]);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#keep(slice);
    }, afterMs);
    this.#timers.add(timer);
  }

  /** Resolves once nothing is planned any more. */
  empty(): Promise<void> {
    if (this.#slices.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#onEmpty.push(resolve));
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#slices.clear();
    this.#emptied();
  }

  #keep(slice: number): void {
    const due = (this.#slices.get(slice) ?? []).map((make) => make()).filter((one) => one !== undefined);
    this.#slices.delete(slice);
    this.hand(due);
    if (this.#slices.size === 0) this.#emptied();
  }

  #emptied(): void {
    for (const resolve of this.#onEmpty.splice(0)) resolve();
  }
}
