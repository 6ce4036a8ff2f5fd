import type { PositionedBatch, StoredEvent } from './ports';

/** A workspace served by this process, and how far. */
export interface TrackedWorkspace {
  readonly id: string;
  /** Everything up to this sequence has been delivered here; -1 until `started`. */
  readonly position: number;
  readonly started: Promise<void>;
}

/** Beyond this, batches that wait for a read are dropped: the log has them. */
const maxPendingEvents = 5000;

/** The state behind it: what is known of the log, and what came but does not connect yet. */
export class Tracked implements TrackedWorkspace {
  position = -1;
  /** The highest head heard of. */
  head = 0;
  references = 0;
  idleSince = 0;
  gone = false;
  /** Somebody is delivering or reading. */
  advancing = false;
  started: Promise<void> = Promise.resolve();
  private pending: PositionedBatch[] = [];
  private pendingEvents = 0;
  private waiting: { sequence: number; resolve: () => void }[] = [];

  constructor(readonly id: string) {}

  add(batch: PositionedBatch): void {
    this.head = Math.max(this.head, batch.head);
    if (this.pendingEvents >= maxPendingEvents || !isDense(batch)) return;
    this.pending.push(batch);
    this.pendingEvents += batch.events.length;
  }

  /** Takes the new events of a batch that connects to the position; forgets batches that bring nothing new. */
  connecting(): StoredEvent[] | undefined {
    if (this.pending.length === 0) return undefined;
    const { position } = this;
    let found: StoredEvent[] | undefined;
    this.pending = this.pending.filter((batch) => {
      if (!found && batch.prev <= position && batch.head > position) {
        found = batch.prev === position ? batch.events : batch.events.slice(position - batch.prev);
        return false;
      }
      return batch.head > position;
    });
    this.pendingEvents = this.pending.reduce((sum, batch) => sum + batch.events.length, 0);
    return found;
  }

  /** Where the gap before what is already here ends. */
  get gapEnd(): number {
    return this.pending.reduce((least, batch) => Math.min(least, batch.prev), this.head);
  }

  moveTo(position: number): void {
    this.position = position;
    this.head = Math.max(this.head, position);
    if (this.waiting.length === 0) return;
    const reached = this.waiting.filter(({ sequence }) => sequence <= position);
    this.waiting = this.waiting.filter(({ sequence }) => sequence > position);
    for (const { resolve } of reached) resolve();
  }

  /** Resolves when the position is there, or the workspace is no longer followed. */
  async reached(sequence: number): Promise<void> {
    if (this.position >= sequence || this.gone) return;
    await new Promise<void>((resolve) => this.waiting.push({ sequence, resolve }));
  }

  drop(): void {
    this.gone = true;
    for (const { resolve } of this.waiting.splice(0)) resolve();
  }
}

/** A batch whose events are not exactly those of (prev, head] is as good as lost. */
function isDense({ prev, head, events }: PositionedBatch): boolean {
  return events.length === head - prev && events.every((event, at) => event.sequence === prev + at + 1);
}
