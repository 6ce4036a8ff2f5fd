import { type AttributeDefinition, attributeValue, isDay } from '../attributes/attribute-values';

/** A filter cannot be understood; the message names the place and the rule. */
export class FilterProblem extends Error {
  readonly code = 'invalid';
}

export type FilterLeaf =
  | { field: 'name' | 'username' | 'phone' | 'email'; op: 'exists'; value: boolean }
  | { field: 'name' | 'username' | 'phone' | 'email'; op: 'equals' | 'contains' | 'starts_with'; value: string }
  | { field: 'attribute'; key: string; op: AttributeOperator; value: unknown; type: AttributeDefinition['type'] }
  | { field: 'tag'; op: 'any_of' | 'all_of' | 'none_of'; value: string[] }
  | { field: 'consent'; op: 'is'; value: 'opted_in' | 'opted_out' | 'unknown'; channelId?: string }
  | { field: 'platform'; op: 'any_of'; value: string[] }
  | { field: 'channel'; op: 'any_of'; value: string[] }
  | { field: 'last_seen' | 'created'; op: 'before' | 'after'; value: string }
  | { field: 'last_seen' | 'created'; op: 'within_days' | 'not_within_days'; value: number };

export type ContactFilterTree =
  | { all: ContactFilterTree[] }
  | { any: ContactFilterTree[] }
  | { not: ContactFilterTree }
  | FilterLeaf;

export const attributeOperators = {
  text: ['exists', 'equals', 'contains', 'starts_with'],
  number: ['exists', 'equals', 'lt', 'lte', 'gt', 'gte'],
  boolean: ['exists', 'equals'],
  date: ['exists', 'equals', 'before', 'after'],
  choices: ['exists', 'any_of', 'all_of', 'none_of'],
} as const satisfies Record<AttributeDefinition['type'], readonly string[]>;
export type AttributeOperator = (typeof attributeOperators)[AttributeDefinition['type']][number];

const deepest = 8;
const mostLeaves = 50;
const mostValues = 100;
const longestText = 200;
const furthestDays = 3650;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const platforms = ['whatsapp', 'messenger', 'instagram'];
const consents = ['opted_in', 'opted_out', 'unknown'];

/**
 * A filter as it is stored: only what is known, every value of its type.
 * @throws FilterProblem
 */
export function parseFilter(given: unknown, definitions: readonly AttributeDefinition[]): ContactFilterTree {
  return new FilterParser(new Map(definitions.map((one) => [one.key, one]))).node(given, 'filter', 1);
}

/** Things of the workspace that a filter names by their ids, and where it does. */
export interface NamedInFilter {
  at: string;
  what: 'tag' | 'channel';
  ids: readonly string[];
}

export function namedIn(tree: ContactFilterTree, at = 'filter'): NamedInFilter[] {
  if ('all' in tree) return tree.all.flatMap((part, index) => namedIn(part, `${at}.all[${index}]`));
  if ('any' in tree) return tree.any.flatMap((part, index) => namedIn(part, `${at}.any[${index}]`));
  if ('not' in tree) return namedIn(tree.not, `${at}.not`);
  if (tree.field === 'tag' || tree.field === 'channel')
    return [{ at: `${at}.value`, what: tree.field, ids: tree.value }];
  if (tree.field === 'consent' && tree.channelId)
    return [{ at: `${at}.channelId`, what: 'channel', ids: [tree.channelId] }];
  return [];
}

class FilterParser {
  private leaves = 0;

  constructor(private readonly attributes: ReadonlyMap<string, AttributeDefinition>) {}

  node(given: unknown, at: string, depth: number): ContactFilterTree {
    if (typeof given !== 'object' || given === null || Array.isArray(given)) throw problem(at, 'must be an object');
    if (depth > deepest) throw problem(at, `is nested deeper than ${deepest}`);
    const node = given as Record<string, unknown>;
    for (const group of ['all', 'any'] as const) {
      if (!(group in node)) continue;
      only(node, at, group);
      const parts = node[group];
      if (!Array.isArray(parts) || parts.length === 0 || parts.length > mostLeaves)
        throw problem(`${at}.${group}`, `must be a list of 1 to ${mostLeaves}`);
      const nodes = parts.map((part, index) => this.node(part, `${at}.${group}[${index}]`, depth + 1));
      return group === 'all' ? { all: nodes } : { any: nodes };
    }
    if ('not' in node) {
      only(node, at, 'not');
      return { not: this.node(node.not, `${at}.not`, depth + 1) };
    }
    this.leaves += 1;
    if (this.leaves > mostLeaves) throw problem(at, `is one of more than ${mostLeaves} conditions`);
    return this.leaf(node, at);
  }

  private leaf(node: Record<string, unknown>, at: string): FilterLeaf {
    const { field, op, value } = node;
    switch (field) {
      case 'name':
      case 'username':
      case 'phone':
      case 'email':
        only(node, at, 'field', 'op', 'value');
        if (op === 'exists') return { field, op, value: flag(value, at) };
        return { field, op: oneOf(op, ['equals', 'contains', 'starts_with'], `${at}.op`), value: text(value, at) };
      case 'attribute':
        only(node, at, 'field', 'key', 'op', 'value');
        return this.attribute(node, at);
      case 'tag':
        only(node, at, 'field', 'op', 'value');
        return { field, op: oneOf(op, ['any_of', 'all_of', 'none_of'], `${at}.op`), value: ids(value, at) };
      case 'consent': {
        only(node, at, 'field', 'op', 'value', 'channelId');
        const { channelId } = node;
        if (channelId !== undefined && !(typeof channelId === 'string' && uuid.test(channelId)))
          throw problem(`${at}.channelId`, 'must be the id of a channel');
        return {
          field,
          op: oneOf(op, ['is'], `${at}.op`),
          value: oneOf(value, consents, `${at}.value`) as 'opted_in',
          ...(channelId === undefined ? {} : { channelId: channelId as string }),
        };
      }
      case 'platform': {
        only(node, at, 'field', 'op', 'value');
        const named = list(value, at).map((one) => oneOf(one, platforms, `${at}.value`));
        return { field, op: oneOf(op, ['any_of'], `${at}.op`), value: named };
      }
      case 'channel':
        only(node, at, 'field', 'op', 'value');
        return { field, op: oneOf(op, ['any_of'], `${at}.op`), value: ids(value, at) };
      case 'last_seen':
      case 'created':
        only(node, at, 'field', 'op', 'value');
        if (op === 'before' || op === 'after') return { field, op, value: moment(value, at) };
        return { field, op: oneOf(op, ['within_days', 'not_within_days'], `${at}.op`), value: days(value, at) };
      default:
        throw problem(
          `${at}.field`,
          'must be one of name, username, phone, email, attribute, tag, consent, platform, channel, last_seen, created; or the node one of all, any, not',
        );
    }
  }

  private attribute(node: Record<string, unknown>, at: string): FilterLeaf {
    const definition = typeof node.key === 'string' ? this.attributes.get(node.key) : undefined;
    if (!definition) throw problem(`${at}.key`, 'must be the key of an attribute of the workspace');
    const { key, type } = definition;
    const op = oneOf(node.op, attributeOperators[type], `${at}.op`);
    if (op === 'exists') return { field: 'attribute', key, type, op, value: flag(node.value, at) };
    if (type === 'text') return { field: 'attribute', key, type, op, value: text(node.value, at) };
    if (type === 'date' && !(typeof node.value === 'string' && isDay(node.value)))
      throw problem(`${at}.value`, 'must be a day, YYYY-MM-DD');
    try {
      return { field: 'attribute', key, type, op, value: attributeValue(definition, node.value) };
    } catch (error) {
      throw problem(`${at}.value`, (error as Error).message.replace(/^[^:]*: /, '').replace(/\.$/, ''));
    }
  }
}

const problem = (at: string, rule: string) => new FilterProblem(`${at}: ${rule}.`);

function only(node: Record<string, unknown>, at: string, ...keys: string[]): void {
  const other = Object.keys(node).find((key) => !keys.includes(key) && key !== 'type');
  if (other !== undefined) throw problem(`${at}.${other.slice(0, 40)}`, 'is not known here');
}

function oneOf<T extends string>(value: unknown, allowed: readonly T[], at: string): T {
  if (!allowed.includes(value as T)) throw problem(at, `must be one of ${allowed.join(', ')}`);
  return value as T;
}

function flag(value: unknown, at: string): boolean {
  if (typeof value !== 'boolean') throw problem(`${at}.value`, 'must be true or false');
  return value;
}

function text(value: unknown, at: string): string {
  if (typeof value !== 'string' || value.length === 0 || value.length > longestText || value.includes('\0'))
    throw problem(`${at}.value`, `must be a text of 1 to ${longestText} characters`);
  return value;
}

function list(value: unknown, at: string): unknown[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > mostValues)
    throw problem(`${at}.value`, `must be a list of 1 to ${mostValues}`);
  return value;
}

function ids(value: unknown, at: string): string[] {
  const given = list(value, at);
  if (!given.every((one) => typeof one === 'string' && uuid.test(one))) throw problem(`${at}.value`, 'must be ids');
  return given as string[];
}

function days(value: unknown, at: string): number {
  if (!Number.isInteger(value) || (value as number) < 1 || (value as number) > furthestDays)
    throw problem(`${at}.value`, `must be a number of days from 1 to ${furthestDays}`);
  return value as number;
}

const isoMoment = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2}))?$/;

function moment(value: unknown, at: string): string {
  if (typeof value !== 'string' || !isoMoment.test(value) || Number.isNaN(Date.parse(value)))
    throw problem(`${at}.value`, 'must be a time, ISO 8601 with its offset, or a day');
  return new Date(value).toISOString();
}
