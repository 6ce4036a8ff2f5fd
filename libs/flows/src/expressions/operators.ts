import { ExpressionError } from './errors';
import { type Allowance, compared, equal, isObject, kindOf, Span, spend, spendOn } from './values';

type Operator = (a: unknown, b: unknown, allowance: Allowance) => unknown;

export const operators = new Map<string, Operator>([
  ['==', (a, b, allowance) => equal(a, b, allowance)],
  ['!=', (a, b, allowance) => !equal(a, b, allowance)],
  ['<', (a, b, allowance) => compared(a, b, allowance) < 0],
  ['<=', (a, b, allowance) => compared(a, b, allowance) <= 0],
  ['>', (a, b, allowance) => compared(a, b, allowance) > 0],
  ['>=', (a, b, allowance) => compared(a, b, allowance) >= 0],
  ['in', isIn],
  ['+', sum],
  ['-', difference],
  ['*', numeric('multiplied', (a, b) => a * b)],
  ['/', numeric('divided', (a, b) => a / nonZero(b))],
  ['%', numeric('divided', (a, b) => a % nonZero(b))],
]);

function sum(a: unknown, b: unknown, allowance: Allowance): unknown {
  if (typeof a === 'number' && typeof b === 'number') return finite(a + b);
  if (typeof a === 'string' && typeof b === 'string') {
    spendOn(allowance, a);
    spendOn(allowance, b);
    return a + b;
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    spend(allowance, a.length + b.length);
    return [...a, ...b];
  }
  if (a instanceof Span && b instanceof Span) return new Span(a.milliseconds + b.milliseconds);
  if (a instanceof Date && b instanceof Span) return timeAt(a.getTime() + b.milliseconds);
  if (a instanceof Span && b instanceof Date) return timeAt(a.milliseconds + b.getTime());
  throw cannot('added', a, b);
}

function difference(a: unknown, b: unknown): unknown {
  if (typeof a === 'number' && typeof b === 'number') return finite(a - b);
  if (a instanceof Date && b instanceof Date) return new Span(a.getTime() - b.getTime());
  if (a instanceof Date && b instanceof Span) return timeAt(a.getTime() - b.milliseconds);
  if (a instanceof Span && b instanceof Span) return new Span(a.milliseconds - b.milliseconds);
  throw cannot('subtracted', a, b);
}

function isIn(value: unknown, container: unknown, allowance: Allowance): boolean {
  if (container === null || container === undefined) return false;
  if (Array.isArray(container)) return container.some((one) => equal(one, value, allowance));
  if (isObject(container)) return typeof value === 'string' && Object.hasOwn(container, value);
  throw new ExpressionError(
    `"in" looks into lists and objects, and not into ${kindOf(container)}; texts have contains()`,
  );
}

function numeric(done: string, work: (a: number, b: number) => number): Operator {
  return (a, b) => {
    if (typeof a !== 'number' || typeof b !== 'number') throw cannot(done, a, b);
    return finite(work(a, b));
  };
}

function nonZero(value: number): number {
  if (value === 0) throw new ExpressionError('it divides by zero');
  return value;
}

export function finite(value: number): number {
  if (!Number.isFinite(value)) throw new ExpressionError('a number in it is too large');
  return value;
}

export function timeAt(milliseconds: number): Date {
  const time = new Date(milliseconds);
  if (Number.isNaN(time.getTime())) throw new ExpressionError('a time in it is none');
  return time;
}

const cannot = (done: string, a: unknown, b: unknown): ExpressionError =>
  new ExpressionError(`${kindOf(a)} and ${kindOf(b)} cannot be ${done}`);
