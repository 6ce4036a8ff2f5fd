import type { Hours } from '../definition';
import { Kept } from '../kept';

/** What a clock on the wall shows, as if it were UTC: milliseconds. */
type Wall = number;

const minute = 60_000;
const day = 24 * 60 * minute;
const formats = new Kept<Intl.DateTimeFormat>(100);

export function isTimeZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** The next time after `now` that it is this hour there, on one of these days (0 is Sunday); milliseconds. */
export function nextTime(
  { at, timeZone, days }: { at: string; timeZone: string; days?: number[] },
  now: number,
): number {
  const wall = wallOf(now, timeZone);
  const midnight = wall - mod(wall, day);
  for (let ahead = 0; ahead <= 8; ahead += 1) {
    const there = midnight + ahead * day + minutesOf(at);
    if (days !== undefined && !days.includes(weekday(there))) continue;
    const instant = instantOf(there, timeZone);
    if (instant > now) return instant;
  }
  return now + 7 * day;
}

/** An entry whose `to` is not after its `from` goes on over midnight. */
export function isWithin({ timeZone, days }: Hours, at: number): boolean {
  const wall = wallOf(at, timeZone);
  const [today, time] = [weekday(wall), mod(wall, day)];
  const yesterday = (today + 6) % 7;
  return days.some((entry) => {
    const [from, to] = [minutesOf(entry.from), minutesOf(entry.to)];
    if (from < to) return entry.day === today && time >= from && time < to;
    return (entry.day === today && time >= from) || (entry.day === yesterday && time < to);
  });
}

/** The clock on the wall there, read as if it were UTC. */
export function wallOf(at: number, zone: string): Wall {
  const part: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(at)) part[type] = Number(value);
  return Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!) + mod(at, 1000);
}

/** Of an hour that there are two of, the first; one that the clock leaves out is as much later as it leaves out. */
function instantOf(wall: Wall, zone: string): number {
  const offset = (at: number): number => wallOf(at, zone) - at;
  const [before, after] = [offset(wall - day), offset(wall + day)];
  const first = wall - before;
  return offset(first) === before || offset(wall - after) !== after ? first : wall - after;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  return formats.of(
    zone,
    () =>
      new Intl.DateTimeFormat('en', {
        ...{ timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
        ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
      }),
  );
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number) as [number, number];
  return (hours * 60 + minutes) * minute;
}

const weekday = (wall: Wall): number => mod(Math.floor(wall / day) + 4, 7);
const mod = (value: number, by: number): number => ((value % by) + by) % by;
