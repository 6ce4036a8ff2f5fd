/** What is made once and kept for the next time: the `most` that were made or asked for last. */
export class Kept<T> {
  private readonly values = new Map<string, T>();

  constructor(private readonly most: number) {}

  get size(): number {
    return this.values.size;
  }

  of(key: string, make: (key: string) => T): T {
    const kept = this.values.get(key);
    if (kept !== undefined) {
      this.values.delete(key);
      this.values.set(key, kept);
      return kept;
    }
    const made = make(key);
    this.values.set(key, made);
    if (this.values.size > this.most) this.values.delete(this.values.keys().next().value!);
    return made;
  }
}
