import { ExpressionError, TooMuchWork } from './errors';

/** A length of time in an expression, in milliseconds. A point in time is a `Date`. */
export class Span {
  constructor(readonly milliseconds: number) {}
}

/** What is left to be done in one evaluation. */
export interface Allowance {
  left: number;
}

/** A number, say of a list's members, that an operation goes through. */
export function spend(allowance: Allowance, amount: number): void {
  allowance.left -= amount;
  if (allowance.left < 0) throw new TooMuchWork();
}

export function spendOn(allowance: Allowance, text: string): void {
  spend(allowance, text.length >> 6);
}

export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (value instanceof Date) return 'a time';
  if (value instanceof Span) return 'a duration';
  switch (typeof value) {
    case 'string':
      return 'a text';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
    default:
      return 'an object';
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return kindOf(value) === 'an object';
}

/** A member of an object or a list. What is not there is null. */
export function memberOf(value: unknown, key: unknown): unknown {
  if (Array.isArray(value)) return typeof key === 'number' ? (value[key] ?? null) : null;
  if (!isObject(value) || (typeof key !== 'string' && typeof key !== 'number')) return null;
  return Object.hasOwn(value, key) ? (value[key] ?? null) : null;
}

/** True or false; null is false. */
export function truth(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  if (value === null || value === undefined) return false;
  throw new ExpressionError(`true or false is needed where ${kindOf(value)} is`);
}

export function equal(a: unknown, b: unknown, allowance: Allowance): boolean {
  spend(allowance, typeof a === 'string' ? 1 + (a.length >> 6) : 1);
  if (a === b || (isNothing(a) && isNothing(b))) return true;
  if (a instanceof Date) return b instanceof Date && a.getTime() === b.getTime();
  if (a instanceof Span) return b instanceof Span && a.milliseconds === b.milliseconds;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((one, index) => equal(one, b[index], allowance));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  spend(allowance, keys.length);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key], allowance))
  );
}

const isNothing = (value: unknown): boolean => value === null || value === undefined;

/** Below 0 where `a` comes before `b`. */
export function compared(a: unknown, b: unknown, allowance: Allowance): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') {
    spendOn(allowance, a);
    return a < b ? -1 : a > b ? 1 : 0;
  }
  if (a instanceof Date && b instanceof Date) return a.getTime() - b.getTime();
  if (a instanceof Span && b instanceof Span) return a.milliseconds - b.milliseconds;
  throw new ExpressionError(`${kindOf(a)} and ${kindOf(b)} cannot be compared`);
}

/** As plain JSON: times in ISO 8601, durations in seconds (`90s`). */
export function plain(value: unknown, allowance: Allowance): unknown {
  spend(allowance, typeof value === 'string' ? 1 + (value.length >> 6) : 1);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Span) return shownSpan(value);
  if (Array.isArray(value)) return value.map((one) => plain(one, allowance));
  if (!isObject(value)) return value ?? null;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one, allowance)]));
}

export const shownSpan = ({ milliseconds }: Span): string => `${milliseconds / 1000}s`;

const text = (of: unknown): string =>
  of instanceof Span ? shownSpan(of) : of instanceof Date ? of.toISOString() : String(of);

/** As text; null where it has none. */
export function asText(value: unknown): string | null {
  if (isNothing(value)) return null;
  if (Array.isArray(value)) return value.map((one) => asText(one) ?? '').join(', ');
  return isObject(value) ? JSON.stringify(value) : text(value);
}
