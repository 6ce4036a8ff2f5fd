import { setImmediate, setTimeout } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { EventLog, LogHead, PositionedBatch, StoredEvent } from './ports';
import { Tracked, type TrackedWorkspace } from './tracked-workspace';

export interface TrackerListener {
  /** The next events in order; the position moves to the last of them when this returns. */
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

/** Events are handed on in slices, and the event loop gets a turn when that takes long: 1,000 sockets take 10 ms an event. */
const slice = 16;
const longTurn = 15;
const emptyLog: LogHead = { head: 0, floor: 0 };

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

  /** Batches as they come; delivers at once what connects. */
  offer(batches: readonly PositionedBatch[]): void {
    for (const batch of batches) {
      const workspace = this.workspaces.get(batch.workspaceId);
      if (!workspace || batch.head <= workspace.position) continue;
      workspace.add(batch);
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
      const known = new Map<string, number>();
      for (const { id, position } of this.workspaces.values()) if (position >= 0) known.set(id, position);
      for (const [id, head] of known.size === 0 ? [] : await this.log.ahead(known)) {
        const workspace = this.workspaces.get(id);
        if (workspace && head > workspace.position) this.behind.push({ workspace, head });
      }
    } catch (error) {
      this.logger.warn(`The event log did not answer; asking again: ${messageOf(error)}`);
    } finally {
      this.checking = false;
    }
  }

  /** Reads what was missing at the last `check` and still is. */
  settle(): void {
    for (const { workspace, head } of this.behind.splice(0)) this.know(workspace, head);
  }

  /** Asks the log where the workspace stands and catches up with it. Callers at the same time share the question. */
  async refresh(workspace: TrackedWorkspace): Promise<LogHead> {
    this.asked.add(workspace.id);
    this.answer ??= this.asking.then(() => this.ask());
    const found = (await this.answer).get(workspace.id) ?? emptyLog;
    const tracked = workspace as Tracked;
    this.know(tracked, found.head);
    await tracked.reached(found.head);
    return found;
  }

  close(): void {
    for (const workspace of this.workspaces.values()) workspace.drop();
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

  private async start(workspace: Tracked): Promise<void> {
    for (let failures = 0; !workspace.gone; failures++) {
      try {
        const { head } = (await this.log.heads([workspace.id])).get(workspace.id) ?? emptyLog;
        workspace.moveTo(head);
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
        const events = workspace.connecting();
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

  private async catchUp(workspace: Tracked): Promise<void> {
    const after = workspace.position;
    const events = await this.log.read(workspace.id, after, workspace.gapEnd, this.options.pageSize);
    let dense = 0;
    while (dense < events.length && events[dense]!.sequence === after + dense + 1) dense++;
    if (dense > 0) {
      await this.deliver(workspace, dense === events.length ? events : events.slice(0, dense));
      return;
    }
    const { floor } = (await this.log.heads([workspace.id])).get(workspace.id) ?? emptyLog;
    if (floor <= after) throw new Error(`the log of workspace ${workspace.id} has a hole after ${after}`);
    this.listener.gap(workspace.id, floor);
    workspace.moveTo(floor);
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
      workspace.moveTo(next[next.length - 1]!.sequence);
    }
    return undefined;
  }

  private forgetIdle(): void {
    const before = Date.now() - this.options.linger;
    for (const [id, workspace] of this.workspaces) {
      if (workspace.references > 0 || workspace.idleSince > before) continue;
      this.workspaces.delete(id);
      workspace.drop();
    }
  }

  private async rest(workspace: Tracked, failures: number, error: unknown): Promise<void> {
    if (workspace.gone) return;
    this.logger.warn(`Reading events of workspace ${workspace.id} failed; trying again: ${messageOf(error)}`);
    await setTimeout(this.options.retryAfter * Math.min(2 ** failures, 20), undefined, { ref: false });
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
