import { millisecondsOf } from './durations';
import { isTimeZone, isWithin, nextTime } from './zones';

it.each<[string, number | null]>([
  ['30s', 30_000],
  ['15m', 900_000],
  ['2h', 7_200_000],
  ['3d', 259_200_000],
  ['0s', null],
  ['1w', null],
  ['1.5h', null],
  ['', null],
])('%s is %s ms', (duration, milliseconds) => {
  expect(millisecondsOf(duration)).toBe(milliseconds);
});

it.each<[string, string, string, number[] | undefined, string]>([
  ['2030-01-31T07:00:00Z', '09:00', 'Europe/Madrid', undefined, '2030-01-31T08:00:00.000Z'],
  ['2030-01-31T08:00:00Z', '09:00', 'Europe/Madrid', undefined, '2030-02-01T08:00:00.000Z'],
  ['2030-01-31T23:30:00Z', '00:15', 'Europe/Madrid', undefined, '2030-02-01T23:15:00.000Z'],
  // A Thursday; the next Monday.
  ['2030-01-31T12:00:00Z', '09:00', 'Asia/Tokyo', [1], '2030-02-04T00:00:00.000Z'],
  ['2030-01-31T12:00:00Z', '09:00', 'America/Bogota', [4], '2030-01-31T14:00:00.000Z'],
  ['2030-01-31T15:00:00Z', '09:00', 'America/Bogota', [4], '2030-02-07T14:00:00.000Z'],
  // Clocks go forward on 31 March 2030 at 2:00 in Madrid, and back on 27 October at 3:00.
  ['2030-03-30T12:00:00Z', '02:30', 'Europe/Madrid', undefined, '2030-03-31T01:30:00.000Z'],
  ['2030-03-30T12:00:00Z', '09:00', 'Europe/Madrid', undefined, '2030-03-31T07:00:00.000Z'],
  ['2030-10-26T12:00:00Z', '02:30', 'Europe/Madrid', undefined, '2030-10-27T00:30:00.000Z'],
])('after %s it is %s in %s at %4$s', (now, at, timeZone, days, next) => {
  expect(new Date(nextTime({ at, timeZone, ...(days && { days }) }, Date.parse(now))).toISOString()).toBe(next);
});

const office = { timeZone: 'Europe/Madrid', days: [1, 2, 3, 4, 5].map((day) => ({ day, from: '09:00', to: '18:00' })) };
const night = { timeZone: 'UTC', days: [{ day: 5, from: '22:00', to: '02:00' }] };

it.each<[string, typeof office, boolean]>([
  ['2030-01-31T08:00:00Z', office, true],
  ['2030-01-31T07:59:59Z', office, false],
  ['2030-01-31T17:00:00Z', office, false],
  ['2030-02-02T12:00:00Z', office, false],
  ['2030-02-01T23:00:00Z', night, true],
  ['2030-02-02T01:59:00Z', night, true],
  ['2030-02-02T02:00:00Z', night, false],
  ['2030-02-02T23:00:00Z', night, false],
  ['2030-01-31T23:59:59Z', { timeZone: 'UTC', days: [{ day: 4, from: '00:00', to: '24:00' }] }, true],
])('%s is within hours: %#', (at, hours, within) => {
  expect(isWithin(hours, Date.parse(at))).toBe(within);
});

it('knows time zones', () => {
  expect(['Europe/Madrid', 'UTC', 'Mars/Base', ''].map(isTimeZone)).toEqual([true, true, false, false]);
});
