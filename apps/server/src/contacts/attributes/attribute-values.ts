import type { ContactAttributeValue } from '@switchboard/contracts';

export const attributeTypes = ['text', 'number', 'boolean', 'date', 'choices'] as const;
export type AttributeType = (typeof attributeTypes)[number];

export interface AttributeDefinition {
  id: string;
  key: string;
  label: string;
  type: AttributeType;
  choices: string[] | null;
}

/** A value does not fit its attribute; the message names the key and the rule. */
export class AttributeProblem extends Error {
  readonly code = 'invalid';
}

const longestText = 1000;
const day = /^\d{4}-\d{2}-\d{2}$/;

/** A day of the calendar, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!day.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/**
 * The value as it is stored.
 * @throws AttributeProblem
 */
export function attributeValue(definition: AttributeDefinition, value: unknown): ContactAttributeValue {
  const { type, choices } = definition;
  const refuse = (rule: string) => new AttributeProblem(`attributes.${definition.key}: must be ${rule}.`);
  switch (type) {
    case 'text':
      if (typeof value !== 'string' || value.length > longestText)
        throw refuse(`a text of at most ${longestText} characters`);
      return value.replaceAll('\0', '');
    case 'number':
      if (typeof value !== 'number' || !Number.isFinite(value)) throw refuse('a number');
      return value;
    case 'boolean':
      if (typeof value !== 'boolean') throw refuse('true or false');
      return value;
    case 'date':
      if (typeof value !== 'string' || !isDay(value)) throw refuse('a day, YYYY-MM-DD');
      return value;
    case 'choices': {
      const known = choices ?? [];
      if (!Array.isArray(value) || !value.every((one) => known.includes(one as string)))
        throw refuse(`a list out of ${known.join(', ')}`);
      return known.filter((choice) => value.includes(choice));
    }
  }
}

const truths = new Map([
  ['true', true],
  ['yes', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['0', false],
]);

/**
 * The value that a cell of a table means. Choices are separated by `;`.
 * @throws AttributeProblem
 */
export function attributeOfCell(definition: AttributeDefinition, cell: string): ContactAttributeValue {
  const text = cell.trim();
  switch (definition.type) {
    case 'number':
      return attributeValue(definition, text === '' ? text : Number(text));
    case 'boolean':
      return attributeValue(definition, truths.get(text.toLowerCase()));
    case 'choices':
      return attributeValue(
        definition,
        text
          .split(';')
          .map((one) => one.trim())
          .filter((one) => one !== ''),
      );
    default:
      return attributeValue(definition, text);
  }
}

/**
 * Values by key, checked. `null` takes a value away.
 * @throws AttributeProblem
 */
export function attributeChanges(
  definitions: readonly AttributeDefinition[],
  given: Record<string, unknown>,
): Record<string, ContactAttributeValue | null> {
  const byKey = new Map(definitions.map((one) => [one.key, one]));
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => {
      const definition = byKey.get(key);
      if (!definition) {
        throw new AttributeProblem(
          `attributes.${key.slice(0, 60)}: there is no such attribute; define it with POST /v1/contact-attributes.`,
        );
      }
      return [key, value === null ? null : attributeValue(definition, value)];
    }),
  );
}

/** What is stored with changes made to it. */
export function withChanges(
  stored: Record<string, ContactAttributeValue>,
  changes: Record<string, ContactAttributeValue | null>,
): Record<string, ContactAttributeValue> {
  const merged = { ...stored, ...changes };
  return Object.fromEntries(
    Object.entries(merged).filter((entry): entry is [string, ContactAttributeValue] => entry[1] !== null),
  );
}
