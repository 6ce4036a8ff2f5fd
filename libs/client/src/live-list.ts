import type { Cursor, Namespace } from '@switchboard/contracts';
import type { SwitchboardClient } from './client';
import { isCovered } from './cursors';
import type { Envelope } from './events';
import { Observable } from './observable';

export interface Page<T> {
  items: T[];
  next: string | null;
  head: Cursor;
}

export interface ApplyContext {
  /** Older items are there that have not been loaded. */
  hasMore: boolean;
  /** The list was read with everything up to here. */
  head?: Cursor | undefined;
  /** What the event changes cannot be told from it: all is loaded anew. */
  reload: () => void;
}

export interface LiveListOptions<T> {
  namespace: Namespace;
  /** Namespaces whose events change the list, too. One that this user may not join is done without. */
  also?: readonly Namespace[];
  /** A page as REST has it; `before` is `next` of the page before. */
  load: (before: string | undefined) => Promise<Page<T>>;
  /** The items as they are after an event; the same list where the event does not change it. */
  apply: (items: readonly T[], event: Envelope, more: ApplyContext) => readonly T[];
  /** What an item is told from others by. */
  keyOf: (item: T) => string;
}

export interface LiveListState<T> {
  items: readonly T[];
  /** The first page, or all of them anew. What was there before stays. */
  loading: boolean;
  error: Error | undefined;
  hasMore: boolean;
}

/** A list that is loaded by REST and kept as it is by events: none missed between the two, none applied twice. */
export class LiveList<T> {
  readonly state = new Observable<LiveListState<T>>({
    items: [],
    loading: true,
    error: undefined,
    hasMore: false,
  });
  /** Events that came while a page is loading, which may or may not show them. */
  private pending: Envelope[] | undefined;
  private head: Cursor | undefined;
  private next: string | null = null;
  private turn = 0;
  private users = 0;
  private stop: (() => void) | undefined;

  constructor(
    private readonly client: SwitchboardClient,
    private readonly options: LiveListOptions<T>,
  ) {}

  /** Loads, and is kept up as long as somebody has opened it. @returns takes that back */
  open(): () => void {
    this.users += 1;
    if (this.users === 1) this.start();
    let opened = true;
    return () => {
      if (!opened) return;
      opened = false;
      this.users -= 1;
      if (this.users > 0) return;
      this.turn += 1;
      this.stop?.();
    };
  }

  /** All of it anew. */
  readonly reload = (): void => {
    if (this.users > 0) void this.loadFirst();
  };

  /** The next page. */
  readonly loadMore = async (): Promise<void> => {
    const { turn, next } = this;
    if (next === null || this.pending) return;
    this.pending = [];
    try {
      const page = await this.options.load(next);
      if (turn !== this.turn) return;
      this.next = page.next;
      const { items } = this.state.current;
      const known = new Set(items.map(this.options.keyOf));
      const more = page.items.filter((item) => !known.has(this.options.keyOf(item)));
      this.settle([...items, ...more], this.head);
    } catch (error) {
      if (turn === this.turn) this.settle(this.state.current.items, this.head, error as Error);
    }
  };

  private get namespaces(): readonly Namespace[] {
    const { namespace, also = [] } = this.options;
    return [namespace, ...also];
  }

  private start(): void {
    const { client } = this;
    // First, so that the namespace begins where the list ends instead of being waited for.
    void this.loadFirst();
    const stops = [
      ...this.namespaces.map((namespace) => client.listen(namespace)),
      client.on('*', (event) => this.take(event)),
      client.on('resync', ({ namespace }) => {
        if (this.namespaces.includes(namespace)) this.reload();
      }),
      client.connection.subscribe(({ status }) => {
        if (status === 'online' && this.state.current.error) this.reload();
      }),
    ];
    this.stop = () => {
      for (const stop of stops) stop();
    };
  }

  private async loadFirst(): Promise<void> {
    this.turn += 1;
    const { turn } = this;
    this.pending = [];
    this.state.set({ ...this.state.current, loading: true });
    try {
      const page = await this.namespaces.reduce<() => Promise<Page<T>>>(
        (load, namespace) => () => this.client.load(namespace, load),
        () => this.options.load(undefined),
      )();
      if (turn !== this.turn) return;
      this.next = page.next;
      this.settle(page.items, page.head);
    } catch (error) {
      if (turn === this.turn) this.settle(this.state.current.items, this.head, error as Error);
    }
  }

  private take(event: Envelope): void {
    if (this.pending) this.pending.push(event);
    else if (!this.isShown(event)) this.change(this.apply(this.state.current.items, event));
  }

  private settle(items: readonly T[], head: Cursor | undefined, error?: Error): void {
    const pending = this.pending ?? [];
    this.pending = undefined;
    this.head = head;
    let shown = items;
    for (const event of pending) if (!this.isShown(event)) shown = this.apply(shown, event);
    this.state.set({ items: shown, loading: false, error, hasMore: this.next !== null });
  }

  private isShown({ cursor }: Envelope): boolean {
    return cursor !== undefined && this.head !== undefined && isCovered(cursor, this.head);
  }

  private apply(items: readonly T[], event: Envelope): readonly T[] {
    return this.options.apply(items, event, { hasMore: this.next !== null, head: this.head, reload: this.reload });
  }

  private change(items: readonly T[]): void {
    if (items !== this.state.current.items) this.state.set({ ...this.state.current, items });
  }
}
