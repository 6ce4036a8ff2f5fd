import fc from 'fast-check';
import type { AttributeDefinition } from '../attributes/attribute-values';
import { Parameters } from '../sql';
import { compileFilter } from './compile-filter';
import { FilterProblem, parseFilter } from './filter';

const id = '01900000-0000-7000-8000-000000000000';
const attributes: AttributeDefinition[] = [
  { id, key: 'note', label: 'Note', type: 'text', choices: null },
  { id, key: 'orders', label: 'Orders', type: 'number', choices: null },
  { id, key: 'vip', label: 'VIP', type: 'boolean', choices: null },
  { id, key: 'since', label: 'Since', type: 'date', choices: null },
  { id, key: 'likes', label: 'Likes', type: 'choices', choices: ['shoes', 'hats'] },
];

const understood: object[] = [
  { field: 'name', op: 'contains', value: "Robert'); drop table contacts; --" },
  { field: 'email', op: 'exists', value: false },
  { field: 'attribute', key: 'note', op: 'starts_with', value: 'x' },
  { field: 'attribute', key: 'orders', op: 'gte', value: 5 },
  { field: 'attribute', key: 'vip', op: 'equals', value: true },
  { field: 'attribute', key: 'since', op: 'before', value: '2026-01-31' },
  { field: 'attribute', key: 'likes', op: 'all_of', value: ['hats', 'shoes'] },
  { field: 'tag', op: 'none_of', value: [id] },
  { field: 'consent', op: 'is', value: 'opted_in', channelId: id },
  { field: 'platform', op: 'any_of', value: ['whatsapp'] },
  { field: 'channel', op: 'any_of', value: [id] },
  { field: 'last_seen', op: 'not_within_days', value: 30 },
  { field: 'created', op: 'after', value: '2026-01-01T00:00:00Z' },
];

describe('a filter', () => {
  it.each(understood)('understands %j', (leaf) => {
    expect(parseFilter({ all: [leaf, { not: { any: [leaf] } }] }, attributes)).toMatchObject({
      all: [{ field: (leaf as { field: string }).field }, {}],
    });
  });

  it('that was stored is understood again', () => {
    const stored = parseFilter({ all: understood }, attributes);
    expect(parseFilter(JSON.parse(JSON.stringify(stored)), attributes)).toEqual(stored);
  });

  it.each([
    [null, /^filter: /],
    [[], /^filter: /],
    [{}, /^filter\.field: /],
    [{ all: [] }, /^filter\.all: /],
    [{ any: [{ field: 'name', op: 'like', value: 'x' }] }, /^filter\.any\[0\]\.op: /],
    [{ field: 'name', op: 'equals', value: '' }, /^filter\.value: /],
    [{ field: 'name', op: 'equals', value: 'x', sql: '1=1' }, /^filter\.sql: /],
    [{ field: 'attribute', key: 'nope', op: 'equals', value: 1 }, /^filter\.key: /],
    [{ field: 'attribute', key: 'orders', op: 'contains', value: 'x' }, /^filter\.op: /],
    [{ field: 'attribute', key: 'orders', op: 'gt', value: '5' }, /^filter\.value: must be a number/],
    [{ field: 'attribute', key: 'since', op: 'before', value: 'yesterday' }, /^filter\.value: /],
    [{ field: 'attribute', key: 'likes', op: 'any_of', value: ['cars'] }, /^filter\.value: must be a list out of/],
    [{ field: 'tag', op: 'any_of', value: ['red'] }, /^filter\.value: /],
    [{ field: 'created', op: 'before', value: '1 or 1=1' }, /^filter\.value: /],
    [{ field: 'last_seen', op: 'within_days', value: 0.5 }, /^filter\.value: /],
    [{ all: [{ field: 'name', op: 'exists', value: true }], any: [] }, /^filter\.any: /],
  ])('%j is refused with its place', (filter, message) => {
    expect(() => parseFilter(filter, attributes)).toThrow(message);
    expect(() => parseFilter(filter, attributes)).toThrow(FilterProblem);
  });

  it('is bounded in depth and in number', () => {
    const nested = (depth: number): object => (depth === 0 ? understood[0]! : { not: nested(depth - 1) });
    expect(() => parseFilter(nested(7), attributes)).not.toThrow();
    expect(() => parseFilter(nested(8), attributes)).toThrow(/nested/);
    const many = { all: [{ any: Array(30).fill(understood[0]) }, { any: Array(30).fill(understood[0]) }] };
    expect(() => parseFilter(many, attributes)).toThrow(/more than 50/);
  });

  it('never throws anything but what it says is wrong, whatever it is given', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (given) => {
        try {
          parseFilter(given, attributes);
        } catch (error) {
          expect(error).toBeInstanceOf(FilterProblem);
        }
      }),
    );
  });

  it('brings no word of people into the SQL', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 50 }).filter((text) => !text.includes('\0')),
        (text) => {
          const compiled = (value: string) => {
            const parameters = new Parameters();
            const leaves = [
              { field: 'name', op: 'contains', value },
              { field: 'attribute', key: 'note', op: 'equals', value },
            ];
            const sql = compileFilter(parseFilter({ any: leaves }, attributes), parameters);
            return { sql, values: parameters.values };
          };
          expect(compiled(text).sql).toBe(compiled('x').sql);
          expect(compiled(text).values).toContain(text);
        },
      ),
    );
  });
});
