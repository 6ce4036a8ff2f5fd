import type { ContactSummary } from '@switchboard/contracts';

/** Whose values are put into a message. */
export interface Person {
  contact: ContactSummary & { email: string | null; attributes: Record<string, unknown> };
  /** Of the file they stand in: column → cell. */
  row?: Readonly<Record<string, string>> | null | undefined;
}

/** `{{contact.name}}`, or with what to say where it is not known: `{{contact.first_name|there}}`. Read in one go, however long. */
const place = /\{\{([^{}|]{1,240})(?:\|([^{}|]{0,200}))?\}\}/g;
const ofContact = ['name', 'first_name', 'username', 'phone', 'email'];
const ofAttribute = 'contact.attributes.';
const ofRow = 'row.';

/**
 * Names in content that are no variables; empty where it can be made anybody's.
 * @param columns of the file that the audience is from, if it is
 */
export function unknownPlaces(content: unknown, columns: readonly string[] = []): string[] {
  return placesIn(content).filter((name) => !isVariable(name, columns));
}

/** The columns of a file that content speaks of. */
export function columnsIn(content: unknown): string[] {
  return placesIn(content).flatMap((name) => (name.startsWith(ofRow) ? [name.slice(ofRow.length)] : []));
}

/** The content with something in every place, to be looked at as a whole: what is said instead of a value, or its name. */
export function sampleOf(content: unknown): unknown {
  return mapTexts(content, (text) =>
    text.replace(place, (_, name: string, otherwise?: string) => otherwise?.trim() || name.trim()),
  );
}

/**
 * The content as one person is sent it. `missing`: what is not known of them and has nothing to be said instead. A value is put in as it
 * is, on one line (Meta refuses line breaks, tabs and rows of spaces in a template's parameters), and never read as a variable.
 */
export function personal(content: unknown, person: Person): { content: unknown; missing: string[] } {
  const missing = new Set<string>();
  const made = mapTexts(content, (text) =>
    text.replace(place, (_, given: string, otherwise?: string) => {
      const name = given.trim();
      const value = knownOf(name, person)?.replaceAll(/\s+/g, ' ').trim() || otherwise?.trim();
      if (!value) missing.add(name);
      return value ?? '';
    }),
  );
  return { content: made, missing: [...missing] };
}

/** Names, each once. */
function placesIn(content: unknown): string[] {
  const found = new Set<string>();
  mapTexts(content, (text) => {
    for (const [, name] of text.matchAll(place)) found.add(name!.trim());
    return text;
  });
  return [...found];
}

function isVariable(name: string, columns: readonly string[]): boolean {
  if (name.startsWith(ofAttribute)) return name.length > ofAttribute.length;
  if (name.startsWith(ofRow)) return columns.includes(name.slice(ofRow.length));
  return ofContact.some((field) => name === `contact.${field}`);
}

function knownOf(name: string, { contact, row }: Person): string | undefined {
  if (name.startsWith(ofRow)) return shown(own(row ?? {}, name.slice(ofRow.length)));
  if (name.startsWith(ofAttribute)) return shown(own(contact.attributes, name.slice(ofAttribute.length)));
  switch (name) {
    case 'contact.name':
      return shown(contact.name);
    case 'contact.first_name':
      return contact.name?.trim().split(/\s+/)[0];
    case 'contact.username':
      return shown(contact.username);
    case 'contact.phone':
      return shown(contact.phone);
    case 'contact.email':
      return shown(contact.email);
    default:
      return undefined;
  }
}

const own = (of: object, key: string): unknown =>
  Object.hasOwn(of, key) ? (of as Record<string, unknown>)[key] : undefined;

function shown(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  return Array.isArray(value) ? value.join(', ') : String(value);
}

function mapTexts(value: unknown, map: (text: string) => string): unknown {
  if (typeof value === 'string') return value.includes('{{') ? map(value) : value;
  if (Array.isArray(value)) return value.map((one) => mapTexts(one, map));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapTexts(one, map)]));
}
