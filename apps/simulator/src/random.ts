/**
 * Seeded pseudo-random numbers (sfc32, 128 bits of state): the same seed gives the same run on every machine.
 * Not for secrets.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number) {
    this.#a = 0;
    this.#b = Math.trunc(seed / 2 ** 32) | 0;
    this.#c = seed | 0;
    // The first outputs of sfc32 still resemble the seed.
    for (let i = 0; i < 12; i++) this.uint32();
  }

  uint32(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** An independent stream, so that one consumer's draws do not shift another's. */
  fork(): Random {
    return new Random(this.uint32() * 2 ** 21 + (this.uint32() >>> 11));
  }

  /** 0 ≤ n < 1. */
  fraction(): number {
    return this.uint32() / 2 ** 32;
  }

  /** An integer, 0 ≤ n < `below`. */
  below(below: number): number {
    return Math.floor(this.fraction() * below);
  }

  chance(probability: number): boolean {
    return probability > 0 && this.fraction() < probability;
  }

  pick<T>(choices: readonly T[]): T {
    if (choices.length === 0) throw new RangeError('Cannot pick from nothing');
    return choices[this.below(choices.length)] as T;
  }

  /** Decimal digits, the first never 0. */
  digits(length: number): string {
    let digits = String(1 + this.below(9));
    while (digits.length < length) digits += String(this.uint32()).padStart(10, '0').slice(-9);
    return digits.slice(0, length);
  }

  /** Upper-case hexadecimal digits. */
  hex(length: number): string {
    let hex = '';
    while (hex.length < length) hex += this.uint32().toString(16).padStart(8, '0');
    return hex.slice(0, length).toUpperCase();
  }

  bytes(length: number): Buffer {
    const bytes = Buffer.alloc(Math.ceil(length / 4) * 4);
    for (let offset = 0; offset < length; offset += 4) bytes.writeUInt32LE(this.uint32(), offset);
    return bytes.subarray(0, length);
  }
}
