import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { binaryArray, withBinaryArrays } from './binary-arrays';

/** Reads an array as PostgreSQL's array_recv does, down to the bytes of its elements. */
function read(array: Buffer): { oid: number; hasNulls: boolean; elements: (Buffer | null)[] } {
  const [dimensions, hasNulls, oid] = [array.readInt32BE(0), array.readInt32BE(4) === 1, array.readInt32BE(8)];
  if (dimensions === 0) {
    expect(array).toHaveLength(12);
    return { oid, hasNulls, elements: [] };
  }
  expect([dimensions, array.readInt32BE(16)]).toEqual([1, 1]);
  const elements: (Buffer | null)[] = [];
  let at = 20;
  for (let left = array.readInt32BE(12); left > 0; left -= 1) {
    const size = array.readInt32BE(at);
    at += 4;
    elements.push(size < 0 ? null : array.subarray(at, at + size));
    at += Math.max(size, 0);
  }
  expect(at).toBe(array.length);
  return { oid, hasNulls, elements };
}

const orNull = <T>(values: fc.Arbitrary<T>) => fc.array(fc.option(values), { maxLength: 20 });
const sameAs = <T>(
  type: Parameters<typeof binaryArray>[0],
  oid: number,
  of: (bytes: Buffer) => T,
  values: fc.Arbitrary<T>,
) =>
  fc.assert(
    fc.property(orNull(values), (given) => {
      const found = read(binaryArray(type, given)!);
      expect(found.elements.map((bytes) => bytes && of(bytes))).toEqual(given);
      expect(found).toMatchObject({ oid, hasNulls: given.includes(null) });
    }),
  );

describe('binary arrays', () => {
  it('hold uuids', () => {
    const text = (bytes: Buffer) =>
      bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    sameAs('uuid', 2950, text, fc.uuid());
    const upper = randomUUID().toUpperCase();
    expect(read(binaryArray('uuid', [upper])!).elements.map((bytes) => text(bytes!))).toEqual([upper.toLowerCase()]);
  });

  it('hold text, whatever is in it', () => {
    sameAs('text', 25, (bytes) => bytes.toString('utf8'), fc.string({ unit: 'binary' }));
  });

  it('hold whole numbers', () => {
    sameAs('smallint', 21, (bytes) => bytes.readInt16BE(), fc.integer({ min: -32_767, max: 32_767 }));
    sameAs('int', 23, (bytes) => bytes.readInt32BE(), fc.integer({ min: -2_147_483_647, max: 2_147_483_647 }));
    sameAs(
      'bigint',
      20,
      (bytes) => Number(bytes.readBigInt64BE()),
      fc.maxSafeInteger().map((n) => n || 0),
    );
  });

  it('hold times, to the millisecond, before 2000 as after', () => {
    const epoch = BigInt(Date.UTC(2000, 0, 1)) * 1000n;
    const time = (bytes: Buffer) => new Date(Number((bytes.readBigInt64BE() + epoch) / 1000n));
    sameAs(
      'timestamptz',
      1184,
      time,
      fc.date({ min: new Date('1900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true }),
    );
  });

  it.each([
    ['uuid', ['01a1fe74-4179-772f-98d5-47295']],
    ['uuid', ['01a1fe74-4179-772f-98d5-47295zb81156']],
    ['smallint', [40_000]],
    ['int', [1.5]],
    ['bigint', [Number.NaN]],
    ['timestamptz', [new Date(Number.NaN)]],
    ['text', [{}]],
  ] as const)('are not made of what the type cannot hold: %s %j', (type, values) => {
    expect(binaryArray(type, values)).toBeUndefined();
  });

  it('replace the arrays that a statement casts, and nothing else', () => {
    const text = 'select * from t where a = any($2::uuid[]) and b = $1 and c = any($3::point[]) and d = any($4::int[])';
    const given = ['x', [randomUUID()], ['(1,2)'], ['not a number']];
    expect(withBinaryArrays(text, given)).toEqual(['x', expect.any(Buffer), given[2], given[3]]);
  });
});
