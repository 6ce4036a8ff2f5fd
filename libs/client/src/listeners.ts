/** Who listens to what. */
export class Listeners<Events extends object> {
  private readonly lists = new Map<keyof Events, Set<(body: never) => void>>();

  /** @param thrown what a listener throws keeps no other from being told */
  constructor(private readonly thrown: (cause: unknown, event: keyof Events) => void) {}

  add<T extends keyof Events>(event: T, listener: (body: Events[T]) => void): () => void {
    // One function may be added twice, and each is taken away by itself.
    const own = (body: Events[T]) => listener(body);
    const list = this.lists.get(event) ?? new Set();
    this.lists.set(event, list.add(own));
    return () => list.delete(own);
  }

  emit<T extends keyof Events>(event: T, body: Events[T]): void {
    for (const listener of [...(this.lists.get(event) ?? [])] as ((body: Events[T]) => unknown)[]) {
      try {
        const answer = listener(body);
        if (answer instanceof Promise) answer.catch((cause: unknown) => this.thrown(cause, event));
      } catch (cause) {
        this.thrown(cause, event);
      }
    }
  }
}
