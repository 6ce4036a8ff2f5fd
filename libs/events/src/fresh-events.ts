import { Injectable } from '@nestjs/common';
import type { PositionedBatch } from './stored-event';

/** Beyond these the relay reads the log, as it does for what another process has recorded. */
const maxEvents = 20_000;
const maxChars = 16_000_000;
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
  private chars = 0;
  private turning?: NodeJS.Timeout;

  put(batch: PositionedBatch): void {
    const chars = charsOf(batch);
    if (this.count + batch.events.length > maxEvents || this.chars + chars > maxChars) return;
    this.count += batch.events.length;
    this.chars += chars;
    const batches = this.young.get(batch.workspaceId);
    const last = batches?.at(-1);
    if (!batches) this.young.set(batch.workspaceId, [batch]);
    else if (last?.head === batch.prev) {
      batches[batches.length - 1] = { ...last, head: batch.head, events: [...last.events, ...batch.events] };
    } else batches.push(batch);
    this.turning ??= setTimeout(() => this.forget(), keptMs).unref();
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
          this.gone(batch);
        }
      }
    }
    return taken;
  }

  /** Drops what nobody has taken for a second or two, also where nothing comes after it. */
  private forget(): void {
    for (const batches of this.old.values()) for (const batch of batches) this.gone(batch);
    this.old = this.young;
    this.young = new Map();
    this.turning = this.old.size > 0 ? setTimeout(() => this.forget(), keptMs).unref() : undefined;
  }

  private gone(batch: PositionedBatch): void {
    this.count -= batch.events.length;
    this.chars -= charsOf(batch);
  }
}

function charsOf({ events }: PositionedBatch): number {
  let chars = 0;
  for (const { data } of events) chars += data.length;
  return chars;
}
