import { setImmediate, setTimeout } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { EventLog, LogHead, PositionedBatch, StoredEvent } from './ports';

/** A workspace served by this process, and how far. */
export interface TrackedWorkspace {
  readonly id: string;
  /** Everything up to this sequence has been delivered here; -1 until `started`. */
  readonly position: number;
  readonly started: Promise<void>;
}

export interface TrackerListener {
  /** The next events in order; `position` moves to the last of them when this returns. */
  events(workspaceId: string, events: StoredEvent[]): void;
  /** The log no longer holds what comes next: everything up to `position` is skipped, and clients must be told. */
  gap(workspaceId: string, position: number): void;
}

export interface TrackerOptions {
  /** Events read from the log at a time. */
  pageSize: number;
  /** How long a workspace without sockets is followed, ms, so that its clients return to a warm memory. */
  linger: number;
  /** The first wait after a failed read, ms; doubles up to 20 times that. */
  retryAfter: number;
}

class Tracked implements TrackedWorkspace {
  position = -1;
  /** The highest head heard of. */
  head = 0;
  floor = 0;
  references = 0;
  idleSince = 0;
  gone = false;
  advancing = false;
  started!: Promise<void>;
  /** Batches that do not connect yet, or came during a read. */
  pending: PositionedBatch[] = [];
  pendingEvents = 0;
  waiting: { sequence: number; resolve: () => void }[] = [];

  constructor(readonly id: string) {}
}

/** Beyond this, batches that wait for a read are dropped: the log has them. */
const maxPendingEvents = 5000;
/** Events are handed on in slices, and the event loop gets a turn when that takes long: 1,000 sockets take 10 ms an event. */
const slice = 16;
const longTurn = 15;

/**
 * Keeps this process's position in the log of every workspace it serves, and hands on each event once and in order, whatever
 * happens to the published batches. Pub/sub loses what is sent while a connection is re-made: what did not come is read.
 */
export class WorkspaceTracker {
  private readonly logger = new Logger(WorkspaceTracker.name);
  private readonly workspaces = new Map<string, Tracked>();
  private readonly asked = new Set<string>();
  private answer: Promise<Map<string, LogHead>> | undefined;
  private asking: Promise<unknown> = Promise.resolve();
  private behind: { workspace: Tracked; head: number }[] = [];
  private checking = false;
  private closed = false;

  constructor(
    private readonly log: Omit<EventLog, 'epoch' | 'subscribe'>,
    private readonly listener: TrackerListener,
    private readonly options: TrackerOptions,
  ) {}

  /** Serves a workspace from its head on, until as many `release` as `hold`. */
  hold(workspaceId: string): TrackedWorkspace {
    let workspace = this.workspaces.get(workspaceId);
    if (!workspace) {
      workspace = new Tracked(workspaceId);
      this.workspaces.set(workspaceId, workspace);
      workspace.started = this.start(workspace);
    }
    workspace.references++;
    return workspace;
  }

  release(workspaceId: string): void {
    const workspace = this.workspaces.get(workspaceId);
    if (workspace && --workspace.references === 0) workspace.idleSince = Date.now();
  }

  /** How far a workspace has been served; -1 for one that is not. */
  positionOf(workspaceId: string): number {
    return this.workspaces.get(workspaceId)?.position ?? -1;
  }

  offer(batches: readonly PositionedBatch[]): void {
    for (const batch of batches) {
      const workspace = this.workspaces.get(batch.workspaceId);
      if (!workspace) continue;
      workspace.head = Math.max(workspace.head, batch.head);
      if (batch.head <= workspace.position) continue;
      if (workspace.pendingEvents < maxPendingEvents && isDense(batch)) {
        workspace.pending.push(batch);
        workspace.pendingEvents += batch.events.length;
      }
      void this.advance(workspace);
    }
  }

  /** Some batches may be lost: reads at once what every served workspace is missing. */
  async interrupted(): Promise<void> {
    const served = [...this.workspaces.values()].filter((workspace) => workspace.position >= 0);
    await Promise.allSettled(served.map((workspace) => this.refresh(workspace)));
  }

  /**
   * Compares all served workspaces with their logs in one call; call it every second. Who is behind gets until `settle`: the batch is
   * mostly on its way.
   */
  async check(): Promise<void> {
    this.forgetIdle();
    if (this.checking || this.workspaces.size === 0) return;
    this.checking = true;
    try {
      for (const [id, { head, floor }] of await this.log.heads([...this.workspaces.keys()])) {
        const workspace = this.workspaces.get(id);
        if (!workspace || workspace.position < 0) continue;
        workspace.floor = Math.max(workspace.floor, floor);
        if (head > workspace.position) this.behind.push({ workspace, head });
      }
    } catch (error) {
      this.logger.warn(`The event log did not answer; asking again: ${messageOf(error)}`);
    } finally {
      this.checking = false;
    }
  }

  /** Reads what was missing at the last `check` and still is. */
  settle(): void {
    if (this.behind.length === 0) return;
    const behind = this.behind;
    this.behind = [];
    for (const { workspace, head } of behind) this.know(workspace, head);
  }

  /** Asks the log where the workspace stands and catches up with it. Callers at the same time share the question. */
  async refresh(workspace: TrackedWorkspace): Promise<LogHead> {
    this.asked.add(workspace.id);
    this.answer ??= this.asking.then(() => this.ask());
    const found = (await this.answer).get(workspace.id) ?? { head: 0, floor: 0 };
    const tracked = workspace as Tracked;
    tracked.floor = Math.max(tracked.floor, found.floor);
    this.know(tracked, found.head);
    await this.reached(tracked, found.head);
    return found;
  }

  close(): void {
    this.closed = true;
    for (const workspace of this.workspaces.values()) this.drop(workspace);
    this.workspaces.clear();
  }

  private ask(): Promise<Map<string, LogHead>> {
    const ids = [...this.asked];
    this.asked.clear();
    this.answer = undefined;
    const heads = this.log.heads(ids);
    this.asking = heads.catch(() => undefined);
    return heads;
  }

  private reached(workspace: Tracked, sequence: number): Promise<void> | undefined {
    if (workspace.position >= sequence || workspace.gone) return undefined;
    return new Promise((resolve) => workspace.waiting.push({ sequence, resolve }));
  }

  private async start(workspace: Tracked): Promise<void> {
    for (let failures = 0; !workspace.gone; failures++) {
      try {
        const found = (await this.log.heads([workspace.id])).get(workspace.id) ?? { head: 0, floor: 0 };
        workspace.position = found.head;
        workspace.floor = found.floor;
        void this.advance(workspace);
        return;
      } catch (error) {
        await this.rest(workspace, failures, error);
      }
    }
  }

  private know(workspace: Tracked, head: number): void {
    workspace.head = Math.max(workspace.head, head);
    if (workspace.head > workspace.position) void this.advance(workspace);
  }

  /** One at a time per workspace; runs without waiting as long as batches connect. */
  private async advance(workspace: Tracked): Promise<void> {
    if (workspace.advancing || workspace.position < 0) return;
    workspace.advancing = true;
    try {
      for (let failures = 0; !workspace.gone; ) {
        const events = this.connecting(workspace);
        if (events) {
          const delivery = this.deliver(workspace, events);
          if (delivery) await delivery;
          continue;
        }
        if (workspace.position >= workspace.head) return;
        try {
          await this.catchUp(workspace);
          failures = 0;
        } catch (error) {
          await this.rest(workspace, failures++, error);
        }
      }
    } finally {
      workspace.advancing = false;
    }
  }

  /** The new events of a batch that connects to the position; forgets batches that bring nothing new. */
  private connecting(workspace: Tracked): StoredEvent[] | undefined {
    const { position } = workspace;
    let found: StoredEvent[] | undefined;
    workspace.pending = workspace.pending.filter((batch) => {
      if (!found && batch.prev <= position && batch.head > position) {
        found = batch.prev === position ? batch.events : batch.events.slice(position - batch.prev);
        return false;
      }
      return batch.head > position;
    });
    workspace.pendingEvents = workspace.pending.reduce((sum, batch) => sum + batch.events.length, 0);
    return found;
  }

  private async catchUp(workspace: Tracked): Promise<void> {
    const after = workspace.position;
    const upTo = workspace.pending.reduce((least, batch) => Math.min(least, batch.prev), workspace.head);
    const events = await this.log.read(workspace.id, after, upTo, this.options.pageSize);
    let dense = 0;
    while (dense < events.length && events[dense]!.sequence === after + dense + 1) dense++;
    if (dense > 0) {
      await this.deliver(workspace, dense === events.length ? events : events.slice(0, dense));
      return;
    }
    const { floor } = (await this.log.heads([workspace.id])).get(workspace.id) ?? { floor: 0 };
    if (floor <= after) throw new Error(`the log of workspace ${workspace.id} has a hole after ${after}`);
    workspace.floor = floor;
    workspace.position = floor;
    workspace.head = Math.max(workspace.head, floor);
    this.listener.gap(workspace.id, floor);
    this.wake(workspace);
  }

  /** Returns a promise only when it had to let the event loop turn. */
  private deliver(workspace: Tracked, events: StoredEvent[], from = 0): Promise<void> | undefined {
    const began = performance.now();
    for (let at = from; at < events.length; at += slice) {
      if (at > from && performance.now() - began > longTurn) {
        return setImmediate().then(() => (workspace.gone ? undefined : this.deliver(workspace, events, at)));
      }
      const next = events.length <= slice ? events : events.slice(at, at + slice);
      this.listener.events(workspace.id, next);
      workspace.position = next[next.length - 1]!.sequence;
      this.wake(workspace);
    }
    return undefined;
  }

  private wake(workspace: Tracked): void {
    if (workspace.waiting.length === 0) return;
    const reached = workspace.waiting.filter(({ sequence }) => sequence <= workspace.position);
    workspace.waiting = workspace.waiting.filter(({ sequence }) => sequence > workspace.position);
    for (const { resolve } of reached) resolve();
  }

  private forgetIdle(): void {
    const before = Date.now() - this.options.linger;
    for (const [id, workspace] of this.workspaces) {
      if (workspace.references > 0 || workspace.idleSince > before) continue;
      this.workspaces.delete(id);
      this.drop(workspace);
    }
  }

  private drop(workspace: Tracked): void {
    workspace.gone = true;
    for (const { resolve } of workspace.waiting) resolve();
    workspace.waiting = [];
  }

  private async rest(workspace: Tracked, failures: number, error: unknown): Promise<void> {
    if (this.closed) return;
    this.logger.warn(`Reading events of workspace ${workspace.id} failed; trying again: ${messageOf(error)}`);
    await setTimeout(this.options.retryAfter * Math.min(2 ** failures, 20), undefined, { ref: false });
  }
}

/** A batch whose events are not exactly those of (prev, head] is as good as lost. */
function isDense({ prev, head, events }: PositionedBatch): boolean {
  return events.length === head - prev && events.every((event, at) => event.sequence === prev + at + 1);
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
