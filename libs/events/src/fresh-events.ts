import { Injectable } from '@nestjs/common';
import type { PositionedBatch } from './stored-event';

/** Beyond this many the relay reads the log, as it does for what another process has recorded. */
const maxEvents = 20_000;
/** A relay that runs here takes them within milliseconds; where another process was nudged, nobody does. */
const keptMs = 1000;

/**
 * Events that this process has committed, until its relay hands them on: so it need not read back what was just written. A cache and
 * nothing more; what is missing here stands in the log.
 */
@Injectable()
export class FreshEvents {
  private young = new Map<string, PositionedBatch[]>();
  private old = new Map<string, PositionedBatch[]>();
  private count = 0;
  private turnedAt = 0;

  put(batch: PositionedBatch): void {
    this.forget();
    if (this.count + batch.events.length > maxEvents) return;
    this.count += batch.events.length;
    const batches = this.young.get(batch.workspaceId);
    const last = batches?.at(-1);
    if (!batches) this.young.set(batch.workspaceId, [batch]);
    else if (last?.head === batch.prev) {
      batches[batches.length - 1] = { ...last, head: batch.head, events: [...last.events, ...batch.events] };
    } else batches.push(batch);
  }

  /** Takes what there is of these workspaces, in the order committed here. Between two batches of one workspace there may be others' events. */
  take(workspaceIds: Iterable<string>): PositionedBatch[] {
    const taken: PositionedBatch[] = [];
    for (const id of workspaceIds) {
      for (const generation of [this.old, this.young]) {
        const batches = generation.get(id);
        if (!batches) continue;
        generation.delete(id);
        for (const batch of batches) {
          taken.push(batch);
          this.count -= batch.events.length;
        }
      }
    }
    return taken;
  }

  /** Drops what nobody has taken for a second or two. */
  private forget(): void {
    const now = performance.now();
    if (now - this.turnedAt < keptMs) return;
    this.turnedAt = now;
    for (const batches of this.old.values()) for (const { events } of batches) this.count -= events.length;
    this.old = this.young;
    this.young = new Map();
  }
}
