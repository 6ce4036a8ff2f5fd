/** When a campaign is sent. */
export interface Schedule {
  /** ISO 8601 with its offset. */
  startsAt?: string | undefined;
  /** IANA: `Europe/Madrid`. What hours are meant in. */
  timeZone: string;
  /** The attribute that holds a contact's own time zone: who has one is sent to at the same hour of theirs. */
  ownTimeAttribute?: string | undefined;
  /** `HH:MM`, in the recipient's own time where that is known. Over midnight where `from` is later. */
  quietHours?: { from: string; to: string } | undefined;
}

/** What a clock on the wall shows, as if it were UTC: milliseconds. */
type Wall = number;

const minute = 60_000;
const day = 24 * 60 * minute;
/** Where each day begins first. */
const earliestZone = 'Pacific/Kiritimati';

export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** When a campaign has to begin, so that it does so in time for whoever is first. */
export function beginsAt({ startsAt, timeZone, ownTimeAttribute }: Schedule): Date | null {
  if (startsAt === undefined) return null;
  const at = new Date(startsAt);
  return ownTimeAttribute === undefined ? at : instantOf(wallOf(at, timeZone), earliestZone);
}

/** When somebody of that time zone is sent to, at the same hour of theirs. */
export function dueIn(zone: string, { startsAt, timeZone, ownTimeAttribute }: Schedule, now: Date): Date {
  if (startsAt === undefined || ownTimeAttribute === undefined) return now;
  return instantOf(wallOf(new Date(startsAt), timeZone), zone);
}

/** When the quiet hours of a time zone end that it is in now; null where it is in none. */
export function quietUntil(now: Date, zone: string, { from, to }: { from: string; to: string }): Date | null {
  const wall = wallOf(now, zone);
  const time = wall % day;
  const [begins, ends] = [minutesOf(from), minutesOf(to)];
  const quiet = begins < ends ? time >= begins && time < ends : begins !== ends && (time >= begins || time < ends);
  if (!quiet) return null;
  const midnight = wall - time;
  return instantOf(time < ends ? midnight + ends : midnight + day + ends, zone);
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number) as [number, number];
  return (hours * 60 + minutes) * minute;
}

function wallOf(at: Date, zone: string): Wall {
  const format = new Intl.DateTimeFormat('en', {
    ...{ timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  });
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!);
}

/** Of an hour that there are two of, the first; one that the clock leaves out is as much later as it leaves out. */
function instantOf(wall: Wall, zone: string): Date {
  const offset = (at: number): number => wallOf(new Date(at), zone) - Math.floor(at / 1000) * 1000;
  const [before, after] = [offset(wall - day), offset(wall + day)];
  const first = wall - before;
  return new Date(offset(first) === before ? first : offset(wall - after) === after ? wall - after : first);
}
