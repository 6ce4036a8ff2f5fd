import type { FeedName } from './feed';

/** Which namespaces are listened to. */
export class Demand {
  private readonly listeners = new Map<FeedName, number>();
  private readonly lingering = new Set<ReturnType<typeof setTimeout>>();
  private closed = false;

  constructor(
    private readonly lingerMs: number,
    private readonly changed: () => void,
  ) {}

  has(namespace: FeedName): boolean {
    return (this.listeners.get(namespace) ?? 0) > 0;
  }

  /** @returns takes that back, a while later: a page that changes its view lets go and takes hold within the same moment */
  add(namespace: FeedName): () => void {
    this.count(namespace, 1);
    let held = true;
    return () => {
      if (!held || this.closed) return;
      held = false;
      const timer = setTimeout(() => {
        this.lingering.delete(timer);
        this.count(namespace, -1);
      }, this.lingerMs);
      this.lingering.add(timer);
    };
  }

  close(): void {
    this.closed = true;
    for (const timer of this.lingering) clearTimeout(timer);
  }

  private count(namespace: FeedName, more: number): void {
    this.listeners.set(namespace, (this.listeners.get(namespace) ?? 0) + more);
    this.changed();
  }
}
