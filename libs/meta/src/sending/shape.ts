import { type LengthUnit, lengthOf } from './measure';
import { oneOf, type Problems, quoted, typeName } from './problems';

/**
 * What a value must be. One description serves the check, the table in docs/sending.md and OpenAPI, so that the three
 * cannot say different things.
 */
export interface Shape {
  /** The limits in words, for the docs; empty where there are none beyond the type. */
  readonly says: string;
  readonly schema: JsonSchema;
  readonly optional?: boolean;
  /** What it consists of, for the docs: name, or `[]` for each element of a list. */
  readonly parts?: Readonly<Record<string, Shape>>;
  check(value: unknown, field: string, problems: Problems): void;
}

/** As OpenAPI 3.1 takes it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export interface TextLimits {
  max: number;
  unit?: LengthUnit;
  /** A pattern and how to say it. */
  pattern?: { regex: RegExp; says: string };
  /** May be empty: a reaction taken back. */
  mayBeEmpty?: boolean;
}

/**
 * The longest a text may be where Meta states no limit, in characters: ours, so that a row stays a row. Ids of Meta's
 * are a quarter of it.
 */
export const unstated = 1_024;

export function text({ max, unit = 'characters', pattern, mayBeEmpty = false }: TextLimits): Shape {
  const limit = `at most ${max} ${unit}`;
  return {
    says: pattern === undefined ? limit : `${pattern.says}, ${limit}`,
    schema: {
      type: 'string',
      ...(mayBeEmpty ? {} : { minLength: 1 }),
      // JSON Schema counts code points. A text of n bytes has at most n of them.
      maxLength: max,
      ...(pattern === undefined ? {} : { pattern: pattern.regex.source }),
    },
    check(value, field, problems) {
      if (typeof value !== 'string') {
        problems.add(field, 'type', `${field} must be a text; it is ${typeName(value)}.`);
        return;
      }
      if (value === '' && mayBeEmpty) return;
      if (value.trim() === '') {
        problems.add(field, 'required', `${field} must not be empty.`);
        return;
      }
      if (!isSound(value)) {
        problems.add(field, 'encoding', unsound(field));
        return;
      }
      const length = lengthOf(value, unit);
      if (length > max) problems.add(field, 'too_long', `${field} may have ${limit}; it has ${length}.`);
      else if (pattern !== undefined && !pattern.regex.test(value))
        problems.add(field, 'format', `${field} must be ${pattern.says}; it is ${quoted(value)}.`);
    },
  };
}

/** Text that JSON and PostgreSQL can hold. */
export function isSound(value: string): boolean {
  return value.isWellFormed() && !value.includes('\0');
}

export function unsound(field: string): string {
  return `${field} has half a character or a NUL in it, which cannot be sent.`;
}

/** An id of Meta's or of a catalog. */
export const id = text({ max: 256 });

/** Meta states no length; browsers and servers agree on about this much. */
const longestUrl = 2_048;

const urlText = text({
  max: longestUrl,
  pattern: { regex: /^[Hh][Tt][Tt][Pp][Ss]?:\/\/[^\s/?#]\S*$/, says: 'an http or https URL' },
});

export const url: Shape = {
  ...urlText,
  check(value, field, problems) {
    const before = problems.list.length;
    urlText.check(value, field, problems);
    if (problems.list.length > before || URL.canParse(value as string)) return;
    problems.add(field, 'format', `${field} must be an http or https URL; it is ${quoted(value as string)}.`);
  },
};

/** Digits with the country code; Meta takes a leading +. */
export const phone: Shape = text({
  max: 20,
  pattern: { regex: /^\+?[\d() .-]{3,}$/, says: 'a phone number' },
});

/** Up to what JSON keeps exactly. */
const furthest = Number.MAX_SAFE_INTEGER;

export function number({ min = -furthest, max = furthest, integer = false } = {}): Shape {
  const kind = integer ? 'a whole number' : 'a number';
  const bounds = [min === -furthest ? '' : ` from ${min}`, max === furthest ? '' : ` to ${max}`];
  const says = kind + bounds.join('');
  return {
    says,
    schema: { type: integer ? 'integer' : 'number', minimum: min, maximum: max },
    check(value, field, problems) {
      if (typeof value !== 'number' || !Number.isFinite(value)) {
        problems.add(field, 'type', `${field} must be a number; it is ${typeName(value)}.`);
      } else if (value < min || value > max || (integer && !Number.isInteger(value))) {
        problems.add(field, 'range', `${field} must be ${says}; it is ${value}.`);
      }
    },
  };
}

export const flag: Shape = {
  says: '`true` or `false`',
  schema: { type: 'boolean' },
  check(value, field, problems) {
    if (typeof value !== 'boolean')
      problems.add(field, 'type', `${field} must be true or false; it is ${typeName(value)}.`);
  },
};

export function choice(...words: readonly string[]): Shape {
  return {
    says: oneOf(words.map((word) => `\`${word}\``)),
    schema: { type: 'string', enum: words },
    check(value, field, problems) {
      if (typeof value === 'string' && words.includes(value)) return;
      const given = typeof value === 'string' ? quoted(value) : typeName(value);
      problems.add(field, 'choice', `${field} must be ${oneOf(words)}; it is ${given}.`);
    },
  };
}

export function optional(shape: Shape): Shape {
  return { ...shape, optional: true };
}
