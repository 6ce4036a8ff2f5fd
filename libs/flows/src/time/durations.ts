import type { Duration } from '../definition';

const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Milliseconds of `90s`, `15m`, `2h` or `3d`; null where it is no duration, or none at all. */
export function millisecondsOf(duration: Duration): number | null {
  const [, count, unit] = /^(\d{1,7})([smhd])$/.exec(duration) ?? [];
  const milliseconds = Number(count) * units[unit as keyof typeof units];
  return milliseconds > 0 ? milliseconds : null;
}
