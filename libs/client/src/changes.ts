/** For those who wait until something is different. */
export class Changes {
  private readonly waiting = new Set<() => void>();

  tell(): void {
    const all = [...this.waiting];
    this.waiting.clear();
    for (const tell of all) tell();
  }

  next(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.add(resolve);
    });
  }

  /** @returns whether there is time left */
  async nextBefore(until: number): Promise<boolean> {
    const left = until - Date.now();
    if (left <= 0) return false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, left);
    });
    await Promise.race([this.next(), late]);
    clearTimeout(timer);
    return Date.now() < until;
  }
}
