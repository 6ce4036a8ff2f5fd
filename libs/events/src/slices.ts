import type { PositionedBatch } from './stored-event';

export interface SliceLimits {
  events: number;
  /** Characters of the events' data; one event may have more. */
  chars: number;
}

/** The same batches in the same order, in portions within the limits; a batch that is cut is as dense in each as it was. */
export function slicesOf(batches: readonly PositionedBatch[], limits: SliceLimits): PositionedBatch[][] {
  let slice: PositionedBatch[] = [];
  const slices = [slice];
  let events = 0;
  let chars = 0;
  for (const batch of batches) {
    let from = 0;
    for (const [at, { data }] of batch.events.entries()) {
      if (events > 0 && (events === limits.events || chars + data.length > limits.chars)) {
        if (at > from) slice.push(part(batch, from, at));
        slice = [];
        slices.push(slice);
        from = at;
        events = 0;
        chars = 0;
      }
      events += 1;
      chars += data.length;
    }
    slice.push(from === 0 ? batch : part(batch, from, batch.events.length));
  }
  return slices;
}

function part(batch: PositionedBatch, from: number, to: number): PositionedBatch {
  const { workspaceId, prev, events } = batch;
  return {
    workspaceId,
    prev: from === 0 ? prev : events[from - 1]!.sequence,
    head: events[to - 1]!.sequence,
    events: events.slice(from, to),
  };
}
