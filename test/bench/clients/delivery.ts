/** What went wrong with the delivery of a phase. Any of it voids the run. */
export interface Faults {
  /** Events that never came. */
  missing: number;
  duplicate: number;
  /** Came to somebody else's socket. */
  misdirected: number;
  /** Came after an event with a higher cursor, on the same socket and namespace. */
  disordered: number;
  /** The first few, in words. */
  examples: string[];
}

const maxExamples = 5;

/**
 * Exact account of one phase: each webhook makes one event of every expected type, on its recipient's socket and no other's.
 * Arrival times are kept of the first of the types.
 */
export class Delivery {
  readonly arrivals: Float64Array;
  protected readonly seen: Uint8Array;
  private readonly allTypes: number;
  protected remaining: number;
  protected readonly faults: Faults = { missing: 0, duplicate: 0, misdirected: 0, disordered: 0, examples: [] };

  constructor(
    protected readonly recipients: Uint16Array,
    protected readonly types: readonly string[],
    protected readonly onComplete: () => void,
  ) {
    this.arrivals = new Float64Array(recipients.length).fill(Number.NaN);
    this.seen = new Uint8Array(recipients.length);
    this.allTypes = 2 ** types.length - 1;
    this.remaining = recipients.length * types.length;
  }

  arrived(client: number, type: string, sequence: number, at: number): void {
    const index = this.types.indexOf(type);
    if (index < 0) return;
    const bit = 1 << index;
    const recipient = this.recipients[sequence];
    if (recipient !== client) {
      this.fault('misdirected', `${type} ${sequence} of client ${recipient} came to client ${client}`);
      return;
    }
    if (this.seen[sequence]! & bit) {
      this.fault('duplicate', `${type} ${sequence} came twice to client ${client}`);
      return;
    }
    this.seen[sequence]! |= bit;
    if (index === 0) this.arrivals[sequence] = at;
    this.remaining -= 1;
    if (this.remaining === 0) this.onComplete();
  }

  /** An event of an earlier phase, in which each had come. */
  late(client: number, type: string, { phase, sequence }: { phase: number; sequence: number }): void {
    this.fault('duplicate', `${type} ${sequence} of the earlier phase ${phase} came again to client ${client}`);
  }

  disordered(text: string): void {
    this.fault('disordered', text);
  }

  get isComplete(): boolean {
    return this.remaining === 0;
  }

  result(): Faults {
    const faults = { ...this.faults, examples: [...this.faults.examples], missing: this.remaining };
    const first = this.seen.findIndex((types) => types !== this.allTypes);
    if (first >= 0) faults.examples.push(`webhook ${first} of client ${this.recipients[first]} is not complete`);
    return faults;
  }

  protected fault(kind: 'duplicate' | 'misdirected' | 'disordered', example: string): void {
    this.faults[kind] += 1;
    if (this.faults.examples.length < maxExamples) this.faults.examples.push(example);
  }
}

export const isFaultless = ({ missing, duplicate, misdirected, disordered }: Faults): boolean =>
  missing + duplicate + misdirected + disordered === 0;
