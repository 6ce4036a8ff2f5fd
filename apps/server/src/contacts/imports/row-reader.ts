import type { ConsentState, ContactAttributeValue } from '@switchboard/contracts';
import { type AttributeDefinition, attributeOfCell } from '../attributes/attribute-values';
import type { ContactIdentity } from '../contact-identities';
import { emailOf, phoneOf } from '../phone';

/** What goes for an import: what its columns mean, and what goes for every row. */
export interface ImportOptions {
  /** Column → `name`, `username`, `phone`, `email`, `tags`, `consent`, `attribute:<key>`, `identity:<kind>`. */
  mapping: Record<string, string>;
  /** Names of tags for every row. */
  tags: string[];
  /** For every row whose `consent` column says nothing else. */
  consent: ConsentState | null;
  /** Of consents (null: every channel) and of `psid` and `igsid`. */
  channelId: string | null;
  /** Whether rows are kept, for campaigns to speak of. */
  keepRows?: boolean | undefined;
}

/** A row of a file, read. */
export interface ImportedContact {
  line: number;
  name: string | null;
  username: string | null;
  phone: string | null;
  email: string | null;
  identities: ContactIdentity[];
  attributes: Record<string, ContactAttributeValue>;
  tags: string[];
  consent: ConsentState | null;
}

/** A row cannot be taken in; the message names the column and the rule. */
export class RowProblem extends Error {
  readonly code = 'row';
}

export const plainTargets = ['name', 'username', 'phone', 'email', 'tags', 'consent'] as const;
const identityKinds = ['wa_user_id', 'psid', 'igsid'] as const;
const longest = { name: 200, username: 100 } as const;
const mostTags = 50;
const longestTag = 60;
const longestIdentity = 200;

/** What is wrong with a mapping; nothing when it can be used. */
export function mappingProblem(
  options: ImportOptions,
  columns: readonly string[],
  definitions: readonly AttributeDefinition[],
): string | undefined {
  const targets = Object.entries(options.mapping);
  const unknown = targets.find(([column]) => !columns.includes(column));
  if (unknown)
    return `mapping: the file has no column ${unknown[0].slice(0, 100)}; it has ${columns.join(', ').slice(0, 500)}.`;
  const allowed = [
    ...plainTargets,
    ...identityKinds.map((kind) => `identity:${kind}`),
    ...definitions.map(({ key }) => `attribute:${key}`),
  ];
  for (const [column, target] of targets) {
    if (!allowed.includes(target)) return `mapping.${column}: must be one of ${allowed.join(', ')}.`;
    if (targets.some(([other, same]) => other !== column && same === target))
      return `mapping: two columns are ${target}; leave one out.`;
    if (/^identity:(psid|igsid)$/.test(target) && !options.channelId)
      return `channelId: ${target} means a person only within a channel; name it.`;
  }
  if (!targets.some(([, target]) => target === 'phone' || target === 'email' || target.startsWith('identity:')))
    return 'mapping: one column must be phone, email or an identity; contacts are found again by it.';
  return undefined;
}

type Read = (cell: string, into: ImportedContact) => void;

/** Reads rows of a file by its mapping. */
export class RowReader {
  private readonly readers: (Read | undefined)[];

  constructor(
    private readonly workspaceId: string,
    private readonly columns: readonly string[],
    private readonly options: ImportOptions,
    definitions: readonly AttributeDefinition[],
  ) {
    const byKey = new Map(definitions.map((one) => [one.key, one]));
    this.readers = columns.map((column) => {
      const target = Object.hasOwn(options.mapping, column) ? options.mapping[column] : undefined;
      return target === undefined ? undefined : this.readerOf(target, byKey);
    });
  }

  /** @throws RowProblem */
  read(cells: readonly string[], line: number): ImportedContact {
    if (cells.length !== this.columns.length)
      throw new RowProblem(`The row has ${cells.length} cells and the file ${this.columns.length} columns.`);
    const row: ImportedContact = {
      line,
      name: null,
      username: null,
      phone: null,
      email: null,
      identities: [],
      attributes: {},
      tags: [...this.options.tags],
      consent: this.options.consent,
    };
    this.readers.forEach((read, at) => {
      const cell = plain(cells[at]!).trim();
      if (!read || cell === '') return;
      if (cell.includes('\0')) throw new RowProblem(`${this.columns[at]}: holds a NUL character.`);
      try {
        read(cell, row);
      } catch (error) {
        throw new RowProblem(`${this.columns[at]}: ${(error as Error).message.replace(/^attributes\.[^:]*: /, '')}`);
      }
    });
    if (row.identities.length === 0)
      throw new RowProblem('The row has no phone, no e-mail and no identity to find the contact again by.');
    return row;
  }

  private readerOf(target: string, attributes: ReadonlyMap<string, AttributeDefinition>): Read {
    const { workspaceId, options } = this;
    const [kind, name = ''] = target.split(':') as [string, string?];
    if (kind === 'attribute') {
      const definition = attributes.get(name)!;
      return (cell, row) => {
        row.attributes[name] = attributeOfCell(definition, cell);
      };
    }
    if (kind === 'identity') {
      const identity = name as (typeof identityKinds)[number];
      const scopeId = identity === 'wa_user_id' ? workspaceId : options.channelId!;
      return (cell, row) => {
        row.identities.push({ scopeId, kind: identity, value: short(cell, longestIdentity) });
      };
    }
    switch (kind) {
      case 'phone':
        return (cell, row) => {
          row.phone = required(phoneOf(cell), 'must be a number with country code.');
          row.identities.push({ scopeId: workspaceId, kind: 'wa_id', value: row.phone });
        };
      case 'email':
        return (cell, row) => {
          row.email = required(emailOf(cell), 'is not an address.');
          row.identities.push({ scopeId: workspaceId, kind: 'email', value: row.email });
        };
      case 'tags':
        return (cell, row) => {
          const names = cell.split(';').map((one) => one.trim());
          row.tags.push(...names.filter((one) => one !== '').map((one) => short(one, longestTag)));
          if (row.tags.length > mostTags) throw new Error(`are more than ${mostTags}.`);
        };
      case 'consent':
        return (cell, row) => {
          row.consent = required(consents.get(cell.toLowerCase()), 'must be opted_in or opted_out.');
        };
      default:
        return (cell, row) => {
          row[kind as 'name'] = short(cell, longest[kind as 'name']);
        };
    }
  }
}

const consents = new Map<string, ConsentState>([
  ['opted_in', 'opted_in'],
  ['yes', 'opted_in'],
  ['true', 'opted_in'],
  ['opted_out', 'opted_out'],
  ['no', 'opted_out'],
  ['false', 'opted_out'],
]);

/** What an export put before a cell that a spreadsheet would run. */
export const plain = (cell: string): string => (/^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell);

function short(cell: string, most: number): string {
  if (cell.length > most) throw new Error(`is longer than ${most} characters.`);
  if (/\p{Cc}/u.test(cell)) throw new Error('holds control characters.');
  return cell;
}

function required<T>(value: T | undefined, rule: string): T {
  if (value === undefined) throw new Error(rule);
  return value;
}
