import fc from 'fast-check';
import { type ImportOptions, mappingProblem, RowProblem, RowReader } from './row-reader';

const workspaceId = '01900000-0000-7000-8000-000000000000';
const definitions = [
  { id: workspaceId, key: 'orders', label: 'Orders', type: 'number' as const, choices: null },
  { id: workspaceId, key: 'likes', label: 'Likes', type: 'choices' as const, choices: ['hats', 'shoes'] },
];
const columns = ['Name', 'Phone', 'Mail', 'Tags', 'Orders', 'Likes', 'OK', 'Ignored'];
const options: ImportOptions = {
  mapping: {
    Name: 'name',
    Phone: 'phone',
    Mail: 'email',
    Tags: 'tags',
    Orders: 'attribute:orders',
    Likes: 'attribute:likes',
    OK: 'consent',
  },
  tags: ['import'],
  consent: null,
  channelId: null,
};
const reader = new RowReader(workspaceId, columns, options, definitions);
const row = (given: Partial<Record<string, string>> = {}) =>
  columns.map((column) => given[column] ?? (column === 'Phone' ? '+34 600 111 222' : ''));

describe('a row', () => {
  it('is a contact with what its cells say', () => {
    const given = {
      Name: ' Ana ',
      Mail: 'A@x.org',
      Tags: 'VIP; new',
      Orders: '3',
      Likes: 'shoes',
      OK: 'Yes',
      Ignored: 'x',
    };
    expect(reader.read(row(given), 7)).toEqual({
      line: 7,
      name: 'Ana',
      username: null,
      phone: '34600111222',
      email: 'a@x.org',
      identities: [
        { scopeId: workspaceId, kind: 'wa_id', value: '34600111222' },
        { scopeId: workspaceId, kind: 'email', value: 'a@x.org' },
      ],
      attributes: { orders: 3, likes: ['shoes'] },
      tags: ['import', 'VIP', 'new'],
      consent: 'opted_in',
    });
  });

  it('whose cells are empty says nothing of them', () => {
    expect(reader.read(row(), 1)).toMatchObject({
      name: null,
      email: null,
      attributes: {},
      tags: ['import'],
      consent: null,
    });
  });

  it('of an export comes back without what protects spreadsheets', () => {
    expect(reader.read(row({ Name: "'=1+1", Phone: "'+34600111222" }), 1)).toMatchObject({
      name: '=1+1',
      phone: '34600111222',
    });
    expect(reader.read(row({ Name: "'tis me" }), 1)).toMatchObject({ name: "'tis me" });
  });

  it.each([
    [{ Phone: 'call me' }, /^Phone: must be a number/],
    [{ Phone: '' }, /no phone, no e-mail and no identity/],
    [{ Mail: 'nowhere' }, /^Mail: is not an address/],
    [{ Orders: 'many' }, /^Orders: must be a number/],
    [{ Likes: 'cars' }, /^Likes: must be a list out of hats, shoes/],
    [{ OK: 'perhaps' }, /^OK: must be opted_in or opted_out/],
    [{ Name: 'x'.repeat(201) }, /^Name: is longer than 200/],
    [{ Name: 'a\0b' }, /^Name: holds a NUL/],
    [{ Name: 'a\nb' }, /^Name: holds control/],
    [{ Tags: Array(60).fill('t').join(';') }, /^Tags: are more than 50/],
  ])('%j is refused with its column', (given, message) => {
    expect(() => reader.read(row(given), 1)).toThrow(message);
  });

  it('with too few or too many cells is refused', () => {
    expect(() => reader.read(['x'], 1)).toThrow(/1 cells and the file 8 columns/);
  });

  it('is read or refused, whatever it holds', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 8, maxLength: 8 }), (cells) => {
        try {
          expect(reader.read(cells, 1).identities.length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(RowProblem);
        }
      }),
    );
  });
});

describe('a mapping', () => {
  const problem = (mapping: Record<string, string>, channelId: string | null = null) =>
    mappingProblem({ ...options, mapping, channelId }, columns, definitions);

  it.each([
    [{ Fax: 'phone' }, /no column Fax/],
    [{ Phone: 'fax' }, /^mapping\.Phone: must be one of/],
    [{ Phone: 'attribute:plan' }, /^mapping\.Phone: must be one of/],
    [{ Phone: 'phone', Mail: 'phone' }, /two columns are phone/],
    [{ Name: 'name' }, /found again/],
    [{ Phone: 'identity:psid' }, /^channelId: /],
  ])('%j is refused', (mapping, message) => {
    expect(problem(mapping as Record<string, string>)).toMatch(message);
  });

  it('is fine with something to find contacts by', () => {
    expect(problem(options.mapping)).toBeUndefined();
    expect(problem({ Phone: 'identity:psid' }, workspaceId)).toBeUndefined();
  });
});
