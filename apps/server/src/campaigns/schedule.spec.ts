import { beginsAt, dueIn, isTimeZone, quietUntil } from './schedule';

const at = (text: string) => new Date(text);
const madrid = { startsAt: '2026-12-01T09:00:00+01:00', timeZone: 'Europe/Madrid' };

describe('a schedule', () => {
  it('begins when it says, or in time for those whose day begins first', () => {
    expect(beginsAt({ timeZone: 'UTC' })).toBeNull();
    expect(beginsAt(madrid)).toEqual(at('2026-12-01T08:00:00Z'));
    expect(beginsAt({ ...madrid, ownTimeAttribute: 'zone' })).toEqual(at('2026-11-30T19:00:00Z'));
  });

  it.each([
    ['Asia/Tokyo', '2026-12-01T00:00:00Z'],
    ['America/New_York', '2026-12-01T14:00:00Z'],
    ['Asia/Kathmandu', '2026-12-01T03:15:00Z'],
    ['Europe/Madrid', '2026-12-01T08:00:00Z'],
  ])('is nine in the morning in %s', (zone, due) => {
    expect(dueIn(zone, { ...madrid, ownTimeAttribute: 'zone' }, at('2026-11-30T00:00:00Z'))).toEqual(at(due));
  });

  it('knows the days on which clocks are changed', () => {
    const own = (startsAt: string) => ({ startsAt, timeZone: 'UTC', ownTimeAttribute: 'zone' });
    const due = (startsAt: string, zone: string) =>
      dueIn(zone, own(startsAt), at('2026-01-01T00:00:00Z')).toISOString();
    // There is no half past two in Madrid on that day, and two of them in autumn.
    expect(due('2026-03-29T02:30:00Z', 'Europe/Madrid')).toBe('2026-03-29T01:30:00.000Z');
    expect(due('2026-10-25T02:30:00Z', 'Europe/Madrid')).toBe('2026-10-25T00:30:00.000Z');
    expect(due('2026-03-29T09:00:00Z', 'Europe/Madrid')).toBe('2026-03-29T07:00:00.000Z');
    expect(due('2026-03-28T09:00:00Z', 'Europe/Madrid')).toBe('2026-03-28T08:00:00.000Z');
  });

  it.each([
    ['2026-07-01T20:59:00Z', 'UTC', null],
    ['2026-07-01T21:00:00Z', 'UTC', '2026-07-02T09:00:00Z'],
    ['2026-07-02T08:59:59Z', 'UTC', '2026-07-02T09:00:00Z'],
    ['2026-07-02T09:00:00Z', 'UTC', null],
    ['2026-07-01T20:00:00Z', 'Europe/Madrid', '2026-07-02T07:00:00Z'],
    ['2026-07-01T12:30:00Z', 'Asia/Tokyo', '2026-07-02T00:00:00Z'],
    ['2026-03-28T23:00:00Z', 'Europe/Madrid', '2026-03-29T07:00:00Z'],
  ])('is quiet at %s in %s until %s', (now, zone, until) => {
    expect(quietUntil(at(now), zone, { from: '21:00', to: '09:00' })).toEqual(until && at(until));
  });

  it('is quiet within a day, too, and never from an hour to the same', () => {
    const siesta = { from: '14:00', to: '16:30' };
    expect(quietUntil(at('2026-07-01T15:00:00Z'), 'UTC', siesta)).toEqual(at('2026-07-01T16:30:00Z'));
    expect(quietUntil(at('2026-07-01T16:30:00Z'), 'UTC', siesta)).toBeNull();
    expect(quietUntil(at('2026-07-01T10:00:00Z'), 'UTC', { from: '10:00', to: '10:00' })).toBeNull();
  });

  it('takes the names of time zones, and no others', () => {
    expect(['Europe/Madrid', 'UTC', 'Mars/Base', '', '+25:00'].map(isTimeZone)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
