import type { RoomName } from '@switchboard/contracts';
import { PageSweep } from './page-sweep';
import type { EventLog, StoredEvent } from './ports';

const none: readonly number[] = [];

/** Read together with the page that is asked for: a returning client goes on to the head. */
const pagesAhead = 3;

/** Events of one workspace in a row: the first has sequence `from`, each next one more. */
export class Page {
  readonly events: StoredEvent[] = [];
  readonly sizes: number[] = [];
  bytes = 0;
  private readonly byRoom = new Map<RoomName, number[]>();
  private indexed = 0;

  constructor(readonly from: number) {}

  get last(): number {
    return this.from + this.events.length - 1;
  }

  holds(sequence: number): boolean {
    return sequence >= this.from && sequence <= this.last;
  }

  push(event: StoredEvent): void {
    const size = event.data.length + 300;
    this.events.push(event);
    this.sizes.push(size);
    this.bytes += size;
  }

  /** Positions within the page, ascending, of the events from `sequence` on that are addressed to one of the rooms. */
  select(roomNames: readonly RoomName[], sequence: number): readonly number[] {
    this.index();
    let found: readonly number[] = none;
    for (const room of roomNames) {
      const positions = this.byRoom.get(room);
      if (positions) found = found === none ? positions : [...found, ...positions];
    }
    if (found === none) return none;
    const first = sequence - this.from;
    return [...new Set(found)].filter((at) => at >= first).sort((a, b) => a - b);
  }

  /** The index is made when somebody first returns: most pages are never asked for. */
  private index(): void {
    for (; this.indexed < this.events.length; this.indexed++) {
      for (const room of this.events[this.indexed]!.audience) {
        const at = this.byRoom.get(room);
        if (at) at.push(this.indexed);
        else this.byRoom.set(room, [this.indexed]);
      }
    }
  }
}

/**
 * The recent events of the workspaces served here, shared by all returning clients: live ones are appended, older ones read from
 * the log once for everybody. Bounded in bytes over all workspaces; pages made or read longest ago go first.
 */
export class EventPages {
  private readonly pages = new Map<string, Page>();
  private readonly sweeps = new Map<string, PageSweep<Page>>();
  private bytes = 0;

  constructor(
    private readonly log: Pick<EventLog, 'read'>,
    private readonly options: { pageSize: number; maxBytes: number },
  ) {}

  append(workspaceId: string, events: readonly StoredEvent[]): void {
    for (const event of events) {
      const key = this.keyOf(workspaceId, event.sequence);
      let page = this.pages.get(key);
      if (page?.holds(event.sequence)) continue;
      if (page?.last !== event.sequence - 1) {
        page = new Page(event.sequence);
        this.put(key, page);
      }
      page.push(event);
      this.bytes += page.sizes[page.sizes.length - 1]!;
    }
    this.shrink();
  }

  /** The page holding this event, if it is in memory. */
  find(workspaceId: string, sequence: number): Page | undefined {
    const key = this.keyOf(workspaceId, sequence);
    const page = this.pages.get(key);
    if (!page?.holds(sequence)) return undefined;
    this.pages.delete(key);
    this.pages.set(key, page);
    return page;
  }

  /**
   * Reads the page holding this event, once for all who ask at the same time; events up to `position` only.
   * `undefined` when the log does not begin with it (any more).
   */
  async load(workspaceId: string, sequence: number, position: number): Promise<Page | undefined> {
    let sweep = this.sweeps.get(workspaceId);
    if (!sweep) {
      sweep = new PageSweep(
        (number, upTo) => this.readAhead(workspaceId, number, upTo),
        () => this.sweeps.delete(workspaceId),
      );
      this.sweeps.set(workspaceId, sweep);
    }
    const page = await sweep.ask(this.numberOf(sequence), position);
    return page?.holds(sequence) ? page : undefined;
  }

  /** The page, and in memory behind it those that whoever asks for it needs next: all of the log up to the position. */
  private async readAhead(workspaceId: string, number: number, position: number): Promise<Page | undefined> {
    const last = Math.min(number + pagesAhead, this.numberOf(position));
    const next = Array.from({ length: Math.max(0, last - number) }, (_, at) => number + at + 1);
    const missing = next.filter((each) => {
      const end = Math.min((each + 1) * this.options.pageSize, position);
      return !this.pages.get(`${workspaceId}/${each}`)?.holds(end);
    });
    const [page] = await Promise.all([number, ...missing].map((each) => this.read(workspaceId, each, position)));
    return page;
  }

  private async read(workspaceId: string, number: number, position: number): Promise<Page | undefined> {
    const { pageSize } = this.options;
    const start = number * pageSize;
    const events = await this.log.read(workspaceId, start, Math.min(start + pageSize, position), pageSize);
    const first = events[0];
    if (!first) return undefined;
    const key = `${workspaceId}/${number}`;
    const page = new Page(first.sequence);
    const live = this.pages.get(key);
    for (const event of [...events, ...(live?.events ?? [])]) if (event.sequence === page.last + 1) page.push(event);
    this.put(key, page);
    this.bytes += page.bytes;
    this.shrink();
    return page;
  }

  private keyOf(workspaceId: string, sequence: number): string {
    return `${workspaceId}/${this.numberOf(sequence)}`;
  }

  private numberOf(sequence: number): number {
    return Math.floor((sequence - 1) / this.options.pageSize);
  }

  private put(key: string, page: Page): void {
    this.bytes -= this.pages.get(key)?.bytes ?? 0;
    this.pages.delete(key);
    this.pages.set(key, page);
  }

  private shrink(): void {
    for (const [key, page] of this.pages) {
      if (this.bytes <= this.options.maxBytes) return;
      this.pages.delete(key);
      this.bytes -= page.bytes;
    }
  }
}
