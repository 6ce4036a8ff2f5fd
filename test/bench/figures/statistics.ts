/** What is told of many latencies, in milliseconds. */
export interface Latency {
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

/** What is told of one figure over the rounds. */
export interface Spread {
  median: number;
  min: number;
  max: number;
}

export function latencyOf(milliseconds: Float64Array): Latency {
  const sorted = milliseconds.toSorted();
  return {
    p50: percentile(sorted, 0.5),
    p95: percentile(sorted, 0.95),
    p99: percentile(sorted, 0.99),
    max: percentile(sorted, 1),
  };
}

/** Nearest rank: the smallest value that at least this share of all does not exceed. `sorted` ascends. */
export function percentile(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) return Number.NaN;
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]!;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = Number.isInteger(middle) ? (sorted[middle - 1]! + sorted[middle]!) / 2 : sorted[Math.floor(middle)]!;
  return { median, min: sorted[0]!, max: sorted.at(-1)! };
}

/** Of the straight line that fits best (least squares): how much the second grows with each unit of the first. */
export function slopeOf(points: readonly (readonly [number, number])[]): number {
  const n = points.length;
  const mean = (at: 0 | 1) => points.reduce((sum, point) => sum + point[at], 0) / n;
  const [x, y] = [mean(0), mean(1)];
  const joint = points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  return joint / points.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
}
