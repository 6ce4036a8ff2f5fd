const bucketsPerOctave = 32;

/** Answer times in milliseconds, in buckets 2 % wide, so that a million of them cost no memory. */
export class Latencies {
  readonly #buckets = new Uint32Array(32 * bucketsPerOctave);
  #count = 0;

  record(ms: number): void {
    const microseconds = Math.max(1, ms * 1000);
    const bucket = Math.floor(Math.log2(microseconds) * bucketsPerOctave);
    const index = Math.min(bucket, this.#buckets.length - 1);
    this.#buckets[index] = (this.#buckets[index] ?? 0) + 1;
    this.#count++;
  }

  get count(): number {
    return this.#count;
  }

  /** The time within which `share` (0 … 1) of the answers came, in milliseconds; 0 before the first. */
  percentile(share: number): number {
    if (this.#count === 0) return 0;
    const wanted = Math.max(1, Math.ceil(share * this.#count));
    let seen = 0;
    for (let index = 0; index < this.#buckets.length; index++) {
      seen += this.#buckets[index] ?? 0;
      if (seen >= wanted) return 2 ** ((index + 0.5) / bucketsPerOctave) / 1000;
    }
    return 0;
  }
}
