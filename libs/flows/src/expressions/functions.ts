import { wallOf } from '../time/zones';
import { hasMatch, longestForPattern } from '../words/patterns';
import { ExpressionError } from './errors';
import { finite, timeAt } from './operators';
import { type Allowance, asText, isObject, kindOf, plain, Span, spend, spendOn } from './values';

/** `least` and `most`: how many arguments it takes, without what it is called on. */
export interface Callable {
  least: number;
  most: number;
  call(args: unknown[], allowance: Allowance): unknown;
}

const of = (least: number, most: number, call: Callable['call']): Callable => ({ least, most, call });

/** Called with a value in brackets: `size(x)`. */
export const functions = new Map<string, Callable>([
  ['size', of(1, 1, sizeOf)],
  ['string', of(1, 1, ([value], allowance) => written(value, allowance))],
  ['double', of(1, 1, ([value]) => numberOf(value))],
  ['int', of(1, 1, ([value]) => Math.trunc(numberOf(value)))],
  ['bool', of(1, 1, ([value]) => booleanOf(value))],
  ['timestamp', of(1, 1, ([value]) => timeOf(value))],
  ['duration', of(1, 1, ([value]) => spanOf(value))],
  ['dyn', of(1, 1, ([value]) => value)],
]);

/** Called on a text; null counts as an empty one. */
const ofTexts: [string, Callable][] = [
  ['contains', onText(1, 1, (text, [part]) => text.includes(part!))],
  ['startsWith', onText(1, 1, (text, [part]) => text.startsWith(part!))],
  ['endsWith', onText(1, 1, (text, [part]) => text.endsWith(part!))],
  ['matches', of(1, 1, matching)],
  ['lowerAscii', onText(0, 0, (text) => text.toLowerCase())],
  ['upperAscii', onText(0, 0, (text) => text.toUpperCase())],
  ['trim', onText(0, 0, (text) => text.trim())],
  ['indexOf', onText(1, 1, (text, [part]) => text.indexOf(part!))],
  ['lastIndexOf', onText(1, 1, (text, [part]) => text.lastIndexOf(part!))],
];

/** Called on a value: `x.trim()`. */
export const methods = new Map<string, Callable>([
  ...ofTexts,
  ['size', of(0, 0, sizeOf)],
  ['replace', of(2, 2, replace)],
  ['substring', of(1, 2, substring)],
  ['split', of(1, 1, split)],
  ['join', of(0, 1, join)],
  ...fieldsOfTime(),
]);

function onText(least: number, most: number, work: (text: string, args: string[]) => unknown): Callable {
  return of(least, most, (args, allowance) => {
    const texts = args.map(textOf);
    for (const text of texts) spendOn(allowance, text);
    const result = work(texts[0]!, texts.slice(1));
    if (typeof result === 'string') spendOn(allowance, result);
    return result;
  });
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  throw new ExpressionError(`a text is needed where ${kindOf(value)} is; string() makes one`);
}

/** A character of the text may take as long as several hundred instructions of the pattern. */
function matching([value, pattern]: unknown[], allowance: Allowance): boolean {
  const text = textOf(value);
  spend(allowance, 4 * Math.min(text.length, longestForPattern));
  return hasMatch(pattern as string, text);
}

/** Characters of a text, members of a list, names of an object. */
function sizeOf([value]: unknown[], allowance: Allowance): number {
  if (value === null || value === undefined) return 0;
  if (Array.isArray(value)) return value.length;
  const parts = typeof value === 'string' ? [...value] : isObject(value) ? Object.keys(value) : null;
  if (parts !== null) {
    spend(allowance, parts.length >> 3);
    return parts.length;
  }
  throw new ExpressionError(`${kindOf(value)} has no size`);
}

function written(value: unknown, allowance: Allowance): string {
  const text = asText(plain(value, allowance)) ?? '';
  spendOn(allowance, text);
  return text;
}

function replace(args: unknown[], allowance: Allowance): string {
  const [text, part, by] = args.map(textOf) as [string, string, string];
  spendOn(allowance, text);
  const parts = text.split(part);
  spend(allowance, parts.length + ((parts.length * by.length) >> 6));
  return parts.join(by).toWellFormed();
}

function substring(args: unknown[], allowance: Allowance): string {
  const text = textOf(args[0]);
  spendOn(allowance, text);
  const [from, to] = [args[1], args.length > 2 ? args[2] : text.length];
  if (typeof from !== 'number' || typeof to !== 'number') throw new ExpressionError('substring() takes numbers');
  return text.substring(from, Math.max(from, to)).toWellFormed();
}

function split(args: unknown[], allowance: Allowance): string[] {
  const [text, by] = args.map(textOf) as [string, string];
  spendOn(allowance, text);
  const parts = text.split(by);
  spend(allowance, parts.length);
  return parts.map((part) => part.toWellFormed());
}

function join([list, by = '']: unknown[], allowance: Allowance): string {
  if (!Array.isArray(list ?? [])) throw new ExpressionError(`join() is of lists, and not of ${kindOf(list)}`);
  const parts = ((list ?? []) as unknown[]).map((one) => written(one, allowance));
  const between = textOf(by);
  spend(allowance, parts.length + ((parts.length * between.length) >> 6));
  return parts.join(between);
}

function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'string' && /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/.test(value))
    return finite(Number(value));
  throw new ExpressionError(`${kindOf(value)} in it is no number`);
}

function booleanOf(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string' && /^(true|false)$/i.test(value.trim())) return value.trim().toLowerCase() === 'true';
  throw new ExpressionError(`${kindOf(value)} in it is neither true nor false`);
}

/** Of ISO 8601, or of seconds since 1970. */
function timeOf(value: unknown): Date {
  if (value instanceof Date) return value;
  if (typeof value === 'number') return timeAt(value * 1000);
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/.test(value)) {
    return timeAt(
      Date.parse(/[Z]$|[+-]\d\d:?\d\d$/.test(value.slice(10)) || value.length === 10 ? value : `${value}Z`),
    );
  }
  throw new ExpressionError(`${kindOf(value)} in it is no time; it should be as 2030-01-31T09:00:00Z`);
}

const spans: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `90s`, `1h30m`, `3d`. */
function spanOf(value: unknown): Span {
  if (value instanceof Span) return value;
  if (typeof value === 'string' && /^-?(\d{1,9}(\.\d{1,3})?(ms|s|m|h|d)){1,5}$/.test(value)) {
    let milliseconds = 0;
    for (const [, count, unit] of value.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g))
      milliseconds += Number(count) * spans[unit!]!;
    return new Span(value.startsWith('-') ? -milliseconds : milliseconds);
  }
  throw new ExpressionError(`${kindOf(value)} in it is no duration; it should be as 90s, 1h30m or 3d`);
}

/** Of a time, in UTC or the time zone that is named; hours to milliseconds of a duration too, as its whole length. */
function fieldsOfTime(): [string, Callable][] {
  const lengths: Record<string, number> = {
    getHours: 3_600_000,
    getMinutes: 60_000,
    getSeconds: 1_000,
    getMilliseconds: 1,
  };
  const parts: Record<string, (wall: Date) => number> = {
    getFullYear: (wall) => wall.getUTCFullYear(),
    getMonth: (wall) => wall.getUTCMonth(),
    getDate: (wall) => wall.getUTCDate(),
    getDayOfMonth: (wall) => wall.getUTCDate() - 1,
    getDayOfWeek: (wall) => wall.getUTCDay(),
    getDayOfYear: (wall) => Math.floor((wall.getTime() - Date.UTC(wall.getUTCFullYear(), 0, 1)) / 86_400_000),
    getHours: (wall) => wall.getUTCHours(),
    getMinutes: (wall) => wall.getUTCMinutes(),
    getSeconds: (wall) => wall.getUTCSeconds(),
    getMilliseconds: (wall) => wall.getUTCMilliseconds(),
  };
  return Object.entries(parts).map(([name, part]) => {
    const read = ([value, zone]: unknown[], allowance: Allowance): number => {
      spend(allowance, 20);
      const length = lengths[name];
      if (value instanceof Span && length !== undefined) return Math.trunc(value.milliseconds / length);
      if (!(value instanceof Date))
        throw new ExpressionError(`${name}() is of times, and not of ${kindOf(value)}; timestamp() makes one`);
      return part(zone === undefined ? value : wallIn(value, zone));
    };
    return [name, of(0, 1, read)];
  });
}

function wallIn(time: Date, zone: unknown): Date {
  try {
    return new Date(wallOf(time.getTime(), textOf(zone)));
  } catch {
    throw new ExpressionError('its time zone is none; it should be as Europe/Madrid');
  }
}
