import { allOf, member, oneOf, type Problems, typeName } from './problems';
import type { Rule } from './structure';

/** Exactly one of these members. */
export function exactlyOne<T extends object>(...names: (keyof T & string)[]): Rule<T> {
  return {
    says: `either ${oneOf(names.map((name) => `\`${name}\``))}`,
    check(value, field, problems) {
      const given = names.filter((name) => value[name] !== undefined);
      if (given.length === 1) return;
      const found = given.length === 0 ? typeName(undefined) : allOf(given);
      const place = given.length === 0 ? member(field, names[0]!) : member(field, given[1]!);
      const of = field === '' ? 'This' : field;
      problems.add(place, 'combination', `${of} needs either ${oneOf(names)}; it has ${found}.`);
    },
  };
}

/** At least one of these members beside the required ones. */
export function someOf<T extends object>(...names: (keyof T & string)[]): Rule<T> {
  return {
    says: `at least one of ${allOf(names.map((name) => `\`${name}\``))}`,
    check(value, field, problems) {
      if (names.some((name) => value[name] !== undefined)) return;
      problems.add(member(field, names[0]!), 'combination', `${field} needs at least one of ${allOf(names)}.`);
    },
  };
}

/** No two elements of a list alike in a member. */
export function unique<T extends object>(name: string): Rule<T[]> {
  return {
    says: `no two with the same \`${name}\``,
    check(value, field, problems) {
      const seen = new Map<unknown, number>();
      for (const [index, element] of value.entries()) {
        const own = (element as Record<string, unknown>)[name];
        if (own === undefined) continue;
        const first = seen.get(own);
        if (first === undefined) seen.set(own, index);
        else
          problems.add(
            `${field}[${index}].${name}`,
            'unique',
            `${field}[${index}].${name} must differ from ${field}[${first}].${name}.`,
          );
      }
    },
  };
}

interface Section {
  title?: string;
}

/** Sections of a list or a product list: their entries counted together, each titled where there is more than one. */
export function sections<T extends Section>(
  entries: string,
  max: number,
  entriesOf: (section: T) => unknown[],
): Rule<T[]> {
  return {
    says: `at most ${max} ${entries} in all; each section titled where there is more than one`,
    check(value, field, problems) {
      const count = value.reduce((sum, section) => sum + entriesOf(section).length, 0);
      if (count > max)
        problems.add(field, 'too_many', `${field} may have at most ${max} ${entries} in all; they have ${count}.`);
      if (value.length > 1) checkTitles(value, field, problems);
    },
  };
}

function checkTitles(value: Section[], field: string, problems: Problems): void {
  for (const [index, { title }] of value.entries()) {
    const place = `${field}[${index}].title`;
    if (title === undefined)
      problems.add(place, 'required', `${place} is needed where there is more than one section.`);
  }
}
