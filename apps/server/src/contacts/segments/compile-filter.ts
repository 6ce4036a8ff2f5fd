import { consentOn, everyChannel } from '../consents/consents.repository';
import { Parameters } from '../sql';
import type { ContactFilterTree, FilterLeaf } from './filter';

/**
 * The condition on the contact `c` that a filter means. The only place where filters become SQL: what people typed travels as values,
 * never as text. It always is true or false.
 */
export function compileFilter(filter: ContactFilterTree, parameters: Parameters): string {
  if ('all' in filter) return group(filter.all, 'and', parameters);
  if ('any' in filter) return group(filter.any, 'or', parameters);
  if ('not' in filter) return `not ${compileFilter(filter.not, parameters)}`;
  const condition = leaf(filter, parameters);
  return isNeverNull(filter) ? `(${condition})` : `coalesce((${condition}), false)`;
}

/** Left as they are, because a join or an index can serve them. */
function isNeverNull(filter: FilterLeaf): boolean {
  if (filter.field === 'consent') return filter.channelId === undefined;
  if (filter.field === 'attribute') return ['boolean', 'choices'].includes(filter.type) || filter.op === 'exists';
  return ['tag', 'platform', 'channel', 'last_seen'].includes(filter.field);
}

function group(nodes: ContactFilterTree[], word: 'and' | 'or', parameters: Parameters): string {
  return `(${nodes.map((node) => compileFilter(node, parameters)).join(` ${word} `)})`;
}

const columns = { name: 'c.name', username: 'c.username', phone: 'c.phone', email: 'c.email' } as const;
const comparisons = { lt: '<', lte: '<=', gt: '>', gte: '>=', before: '<', after: '>' } as const;

function leaf(filter: FilterLeaf, parameters: Parameters): string {
  switch (filter.field) {
    case 'name':
    case 'username':
    case 'phone':
    case 'email':
      if (filter.op === 'exists') return `${columns[filter.field]} is ${filter.value ? 'not null' : 'null'}`;
      return ofText(columns[filter.field], filter.op, filter.value, parameters);
    case 'attribute':
      return attribute(filter, parameters);
    case 'tag':
      return tags(filter.op, filter.value, parameters);
    case 'consent':
      return consent(filter, parameters);
    case 'platform':
      return talkedOn(`v.platform = any(${parameters.add(filter.value, 'text[]')})`);
    case 'channel':
      return talkedOn(`v.channel_id = any(${parameters.add(filter.value, 'uuid[]')})`);
    case 'last_seen':
      return lastSeen(filter.op, filter.value, parameters);
    case 'created':
      return ofTime('c.created_at', filter.op, filter.value, parameters);
  }
}

function ofText(expression: string, op: string, value: unknown, parameters: Parameters): string {
  const given = parameters.add(value, 'text');
  if (op === 'equals') return `lower(${expression}) = lower(${given})`;
  if (op === 'contains') return `position(lower(${given}) in lower(${expression})) > 0`;
  return `starts_with(lower(${expression}), lower(${given}))`;
}

function ofTime(expression: string, op: string, value: string | number, parameters: Parameters): string {
  if (op === 'before') return `${expression} < ${parameters.add(value, 'timestamptz')}`;
  if (op === 'after') return `${expression} > ${parameters.add(value, 'timestamptz')}`;
  const since = `now() - ${parameters.add(value, 'int')} * interval '1 day'`;
  return op === 'within_days' ? `${expression} >= ${since}` : `${expression} is null or ${expression} < ${since}`;
}

/** Not by the latest of each contact's times: whether there is one is looked for in all contacts at once where many are counted. */
function lastSeen(op: string, value: string | number, parameters: Parameters): string {
  const seen = (comparison: string) => talkedOn(`v.last_inbound_at ${comparison}`);
  if (op === 'before' || op === 'after') {
    const at = parameters.add(value, 'timestamptz');
    return op === 'after' ? seen(`> ${at}`) : `${seen(`< ${at}`)} and not ${seen(`>= ${at}`)}`;
  }
  const since = seen(`>= now() - ${parameters.add(value, 'int')} * interval '1 day'`);
  return op === 'within_days' ? since : `not ${since}`;
}

/** Equality is by contacts_attributes. A value of another type than the attribute's is no match, and no error. */
function attribute(filter: FilterLeaf & { field: 'attribute' }, parameters: Parameters): string {
  const { key, op, type, value } = filter;
  const named = () => parameters.add(key, 'text');
  if (op === 'exists') return `${value ? '' : 'not '}jsonb_exists(c.attributes, ${named()})`;
  const contains = (one: unknown) => `c.attributes @> ${parameters.add(JSON.stringify({ [key]: one }), 'jsonb')}`;
  switch (type) {
    case 'choices': {
      const each = (value as string[]).map((choice) => contains([choice]));
      if (op === 'all_of') return `(${each.join(' and ')})`;
      return op === 'none_of' ? `not (${each.join(' or ')})` : `(${each.join(' or ')})`;
    }
    case 'text':
      return ofText(`(c.attributes ->> ${named()})`, op, value, parameters);
    case 'number': {
      if (op === 'equals') return contains(value);
      const number = `case when jsonb_typeof(c.attributes -> ${named()}) = 'number' then (c.attributes ->> ${named()})::numeric end`;
      return `(${number}) ${comparisons[op as 'lt']} ${parameters.add(value, 'numeric')}`;
    }
    case 'date':
      if (op === 'equals') return contains(value);
      return `(c.attributes ->> ${named()}) collate "C" ${comparisons[op as 'before']} ${parameters.add(value, 'text')}`;
    case 'boolean':
      return contains(value);
  }
}

/** On every channel a contact has one row or none, which is looked for in all at once where many are counted; on a channel two rows decide. */
function consent({ value, channelId }: FilterLeaf & { field: 'consent' }, parameters: Parameters): string {
  if (channelId) {
    const state = consentOn('c.id', parameters.add(channelId, 'uuid'));
    return value === 'unknown' ? `${state} is null` : `${state} = ${parameters.add(value, 'text')}`;
  }
  const told = `exists (select 1 from contact_consents o where o.workspace_id = c.workspace_id and o.contact_id = c.id
    and o.channel_id = '${everyChannel}'`;
  return value === 'unknown' ? `not ${told})` : `${told} and o.state = ${parameters.add(value, 'text')})`;
}

/** By the primary key of contact_taggings. */
function tags(op: 'any_of' | 'all_of' | 'none_of', ids: string[], parameters: Parameters): string {
  const distinct = [...new Set(ids)];
  const tagged = `from contact_taggings g where g.contact_id = c.id and g.tag_id = any(${parameters.add(distinct, 'uuid[]')})`;
  if (op === 'all_of') return `(select count(*) ${tagged}) = ${parameters.add(distinct.length, 'int')}`;
  return `${op === 'none_of' ? 'not ' : ''}exists (select 1 ${tagged})`;
}

/** By conversations_contact. */
const talkedOn = (condition: string): string =>
  `exists (select 1 from conversations v where v.workspace_id = c.workspace_id and v.contact_id = c.id and ${condition})`;
