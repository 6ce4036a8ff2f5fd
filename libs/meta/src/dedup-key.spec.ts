import fc from 'fast-check';
import { seeded } from '../test/bodies';
import { canonicalJson, contentKey, dedupKey } from './dedup-key';

describe('dedupKey', () => {
  it('reads as the fact it stands for', () => {
    expect(dedupKey('message', 'wamid.HBg=')).toBe('message:wamid.HBg=');
    expect(dedupKey('status', 'wamid.1', 'read', '5511')).toBe('status:wamid.1:read:5511');
    expect(dedupKey('postback', '9', 1700, undefined)).toBe('postback:9:1700:');
    expect(dedupKey('reaction', 'm_1', '😍')).toBe('reaction:m_1:😍');
  });

  it.each([
    [
      ['a:b', 'c'],
      ['a', 'b:c'],
    ],
    [
      ['a:', 'b'],
      ['a', ':b'],
    ],
    [
      ['a%3a', 'b'],
      ['a:', 'b'],
    ],
    [['a', ''], ['a']],
    [['\ud800'], ['\ud801']],
    [['\ud800'], ['%ud800']],
    [['\u0000'], ['%00']],
  ])('tells %j from %j', (one, other) => {
    expect(dedupKey('k', ...one)).not.toBe(dedupKey('k', ...other));
  });

  it('never makes one key of two lists of parts, and always one that PostgreSQL can hold', () => {
    const parts = fc.array(
      fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(':', '%', '%3a', '\u0000', '\ud800')),
    );
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        const key = dedupKey('k', ...one);
        expect(key === dedupKey('k', ...other)).toBe(JSON.stringify(one) === JSON.stringify(other));
        expect(key).not.toContain('\u0000');
        expect(Buffer.from(key).toString()).toBe(key);
      }),
      seeded,
    );
  });

  it('stays under 64 KB and still tells long ids apart', () => {
    const long = 'x'.repeat(100_000);
    expect(dedupKey('message', `${long}1`)).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(dedupKey('message', `${long}1`)).not.toBe(dedupKey('message', `${long}2`));
    expect(dedupKey('message', 'x'.repeat(2_000))).toBe(`message:${'x'.repeat(2_000)}`);
    expect(Buffer.byteLength(dedupKey('message', '\uffff'.repeat(15_900)))).toBeLessThan(65_536);
  });
});

describe('the key of a fact without an id', () => {
  it('is the same in whatever order its members come', () => {
    expect(contentKey({ a: 1, b: { d: [1, 2], c: null } })).toBe(contentKey({ b: { c: null, d: [1, 2] }, a: 1 }));
  });

  it.each<[unknown, unknown]>([
    [
      [1, 2],
      [2, 1],
    ],
    [{ a: 1 }, { a: '1' }],
    [{}, []],
    [null, 'null'],
    [{ a: null }, {}],
    ['', null],
    [['a', 'b'], ['a,b']],
    ['\ud800', '\ud801'],
    [{ 'a":1,"b': 1 }, { a: 1, b: 1 }],
  ])('tells %j from %j', (one, other) => {
    expect(contentKey(one)).not.toBe(contentKey(other));
  });

  it('does not count a member that JSON would leave out', () => {
    expect(contentKey({ a: 1, b: undefined })).toBe(contentKey({ a: 1 }));
    expect(contentKey([undefined])).not.toBe(contentKey([]));
  });

  it('hashes JSON that means the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      seeded,
    );
  });

  it('does not overflow on a body that nests without end', () => {
    const deep = JSON.parse(`${'[{"a":'.repeat(100_000)}1${'}]'.repeat(100_000)}`);
    expect(contentKey(deep)).toMatch(/^sha256:/);
  });
});
