import { asObject, type JsonObject, nestsDeeperThan } from '../reading';
import { allOf, member, oneOf, type Problems, quoted, typeName } from './problems';
import { isSound, type JsonSchema, type Shape, unsound } from './shape';

/** A rule between the members of an object or a list, for values whose members have the right types. */
export interface Rule<T> {
  readonly says: string;
  check(value: T, field: string, problems: Problems): void;
}

function rulesInWords(rules: { says: string }[]): string {
  return rules
    .map(({ says }) => says)
    .filter((says) => says !== '')
    .join('; ');
}

type FieldsOf<T> = { readonly [Name in keyof T]?: Shape };

/** An object with these members and no others. */
export function object<T extends object>(fields: FieldsOf<T>, ...rules: Rule<T>[]): Shape {
  const shapes = Object.entries(fields) as [string, Shape][];
  const parts = Object.fromEntries(shapes);
  const required = shapes.filter(([, shape]) => !shape.optional).map(([name]) => name);
  return {
    says: rulesInWords(rules),
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(shapes.map(([name, { schema }]) => [name, schema])),
      ...(required.length === 0 ? {} : { required }),
    },
    parts,
    check(value, field, problems) {
      const given = asObject(value);
      if (given === undefined) {
        problems.add(field, 'type', `${field} must be an object; it is ${typeName(value)}.`);
        return;
      }
      const before = problems.list.length;
      checkMembers(given, shapes, field, problems);
      checkUnknown(given, parts, field, problems);
      if (problems.list.length > before) return;
      for (const rule of rules) rule.check(given as T, field, problems);
    },
  };
}

function checkMembers(given: JsonObject, shapes: [string, Shape][], field: string, problems: Problems): void {
  for (const [name, shape] of shapes) {
    const place = member(field, name);
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value !== undefined) shape.check(value, place, problems);
    else if (!shape.optional) problems.add(place, 'required', `${place} is needed.`);
  }
}

function checkUnknown(given: JsonObject, parts: object, field: string, problems: Problems): void {
  for (const name in given) {
    if (problems.full) return;
    if (!Object.hasOwn(given, name) || Object.hasOwn(parts, name) || given[name] === undefined) continue;
    const place = member(field, quoted(name).slice(1, -1));
    const known = allOf(Object.keys(parts));
    problems.add(place, 'unknown_field', `${place} is not known here; ${field || 'this kind'} takes ${known}.`);
  }
}

function counted(count: number, of: string): string {
  return `${count} ${count === 1 ? of.replace(/s$/, '') : of}`;
}

export function list<T>(
  element: Shape,
  { min = 1, max, of = 'elements' }: { min?: number; max: number; of?: string },
  ...rules: Rule<T[]>[]
): Shape {
  const range = min === max ? counted(max, of) : `${min} to ${counted(max, of)}`;
  return {
    says: [range, rulesInWords(rules)].filter((words) => words !== '').join('; '),
    schema: { type: 'array', minItems: min, maxItems: max, items: element.schema },
    parts: { '[]': element },
    check(value, field, problems) {
      if (!Array.isArray(value)) {
        problems.add(field, 'type', `${field} must be a list; it is ${typeName(value)}.`);
        return;
      }
      const { length } = value;
      if (length < min)
        problems.add(field, 'too_few', `${field} must have at least ${counted(min, of)}; it has ${length}.`);
      if (length > max)
        problems.add(field, 'too_many', `${field} may have at most ${counted(max, of)}; it has ${length}.`);
      const before = problems.list.length;
      for (const [index, one] of value.slice(0, max).entries()) element.check(one, `${field}[${index}]`, problems);
      if (length > max || problems.list.length > before) return;
      for (const rule of rules) rule.check(value as T[], field, problems);
    },
  };
}

/** One of several objects, told apart by a member (`type`). */
export function variants<T extends object>(
  by: keyof T & string,
  shapes: { readonly [Word in T[keyof T & string] & string]?: Shape },
): Shape {
  const entries = Object.entries(shapes) as [string, Shape][];
  const words = entries.map(([word]) => word);
  const tagged = entries.map(([word, shape]) => [word, tag(by, word, shape)] as const);
  const byWord = new Map(tagged);
  return {
    says: `\`${by}\` ${oneOf(words.map((word) => `\`${word}\``))}`,
    schema: tagged.length === 1 ? tagged[0]![1].schema : { oneOf: tagged.map(([, { schema }]) => schema) },
    parts: Object.fromEntries(entries.map(([word, shape]) => [`(${word})`, shape])),
    check(value, field, problems) {
      const given = asObject(value);
      if (given === undefined) {
        problems.add(field, 'type', `${field} must be an object; it is ${typeName(value)}.`);
        return;
      }
      const word = Object.hasOwn(given, by) ? given[by] : undefined;
      const shape = typeof word === 'string' ? byWord.get(word) : undefined;
      if (shape !== undefined) shape.check(given, field, problems);
      else problems.add(member(field, by), 'choice', notOne(member(field, by), words, word));
    },
  };
}

function notOne(place: string, words: string[], given: unknown): string {
  return `${place} must be ${oneOf(words)}; it is ${typeof given === 'string' ? quoted(given) : typeName(given)}.`;
}

/** The object with the member that tells it apart let through. */
export function tag(by: string, word: string, shape: Shape): Shape {
  const properties = { [by]: { const: word }, ...(shape.schema.properties as JsonSchema | undefined) };
  const required = [by, ...((shape.schema.required as string[] | undefined) ?? [])];
  return {
    ...shape,
    schema: { ...shape.schema, properties, required },
    check(value, field, problems) {
      const { [by]: _, ...rest } = value as JsonObject;
      shape.check(rest, field, problems);
    },
  };
}

const deepestData = 20;

/** An object of the sender's own form, passed on as it is. */
export function anyObject(maxBytes: number): Shape {
  return {
    says: `an object with something in it, at most ${maxBytes} bytes of JSON`,
    schema: { type: 'object', minProperties: 1 },
    check(value, field, problems) {
      const given = asObject(value);
      if (given === undefined) {
        problems.add(field, 'type', `${field} must be an object; it is ${typeName(value)}.`);
      } else if (nestsDeeperThan(deepestData, given)) {
        problems.add(field, 'range', `${field} may be nested at most ${deepestData} levels deep.`);
      } else if (Object.keys(given).length === 0) {
        problems.add(field, 'required', `${field} must not be empty; leave it out instead.`);
      } else {
        checkJson(given, maxBytes, field, problems);
      }
    },
  };
}

function checkJson(given: JsonObject, maxBytes: number, field: string, problems: Problems): void {
  let sound = true;
  const json = JSON.stringify(given, (name, value: unknown) => {
    sound &&= isSound(name) && (typeof value !== 'string' || isSound(value));
    return value;
  });
  const bytes = Buffer.byteLength(json);
  if (!sound) problems.add(field, 'encoding', unsound(field));
  if (bytes > maxBytes)
    problems.add(field, 'too_long', `${field} may have at most ${maxBytes} bytes of JSON; it has ${bytes}.`);
}
