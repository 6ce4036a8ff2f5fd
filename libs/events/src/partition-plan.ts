/** A partition of the log, as it stands. */
export interface Partition {
  number: number;
  /** On disk, indexes and all. */
  bytes: number;
  /** Milliseconds since it was opened; `null` while it stands ready. */
  openedFor: number | null;
  empty: boolean;
}

export interface Limits {
  retentionMs: number;
  maxBytes: number;
}

export interface Plan {
  /** The one to be opened next, which the others then follow; there is none yet. */
  attach?: number;
  /** The time of the one that takes events is over. */
  open?: number;
  /** What no longer need, or may, be held, oldest first. */
  drop: { number: number; why: 'age' | 'size'; closedFor: number }[];
}

/**
 * The log is held in about so many partitions, by time and by size alike: it is longer or larger than it must be by as much of it, and
 * every reading looks into each.
 */
const share = 8;
const shortestMs = 60_000;

/** What is due. `partitions` in the order of their numbers. */
export function planOf(partitions: readonly Partition[], { retentionMs, maxBytes }: Limits): Plan {
  const opened = partitions.filter(({ openedFor }) => openedFor !== null);
  const ready = partitions.find(({ openedFor }) => openedFor === null);
  const current = opened.at(-1);
  const plan: Plan = { drop: [] };
  if (!current) return plan;
  if (!ready) plan.attach = current.number + 1;
  const old = current.openedFor! >= Math.max(shortestMs, retentionMs / share) && !current.empty;
  if (ready && (old || current.bytes > maxBytes / share)) plan.open = ready.number;

  let bytes = partitions.reduce((sum, partition) => sum + partition.bytes, 0);
  for (const [at, { number, bytes: own }] of opened.slice(0, -1).entries()) {
    // It took events until the next was opened.
    const closedFor = opened[at + 1]!.openedFor!;
    const why = closedFor >= retentionMs ? 'age' : bytes > maxBytes ? 'size' : undefined;
    if (!why) break;
    plan.drop.push({ number, why, closedFor });
    bytes -= own;
  }
  return plan;
}
