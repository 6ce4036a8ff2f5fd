import { asId, asNumber, asTime, nestsDeeperThan, plainMembers } from './reading';

describe('asId', () => {
  it.each<[unknown, string | undefined]>([
    ['wamid.X', 'wamid.X'],
    [12345654332, '12345654332'],
    [0, '0'],
    ['', undefined],
    [null, undefined],
    [true, undefined],
    [1.5, undefined],
    [-1, undefined],
    [{ id: '1' }, undefined],
    [['1'], undefined],
  ])('%p reads as %p', (value, id) => {
    expect(asId(value)).toBe(id);
  });

  it('refuses a number whose last digits JSON has already lost', () => {
    expect(asId(JSON.parse('17841452691600098'))).toBeUndefined();
    expect(asId(Number.MAX_SAFE_INTEGER)).toBe('9007199254740991');
  });
});

describe('asTime', () => {
  it.each<[unknown, number | undefined]>([
    [1_772_366_400, 1_772_366_400_000],
    ['1772366400', 1_772_366_400_000],
    [1_772_366_400_123, 1_772_366_400_123],
    ['1772366400123', 1_772_366_400_123],
    [1_772_366_400.5, 1_772_366_400_500],
    [946_684_800, 946_684_800_000],
    [946_684_799, undefined],
    [4_102_444_799, 4_102_444_799_000],
    [4_102_444_800, undefined],
    [4_102_444_800_000, undefined],
    [0, undefined],
    [-1_772_366_400, undefined],
    [12341, undefined],
    ['', undefined],
    ['soon', undefined],
    ['2026-03-01', undefined],
    [Number.NaN, undefined],
    [Number.POSITIVE_INFINITY, undefined],
    [null, undefined],
    [[1_772_366_400], undefined],
  ])('%p reads as %p', (value, time) => {
    expect(asTime(value)).toBe(time);
  });
});

describe('asNumber', () => {
  it.each<[unknown, number | undefined]>([
    [131_051, 131_051],
    ['131051', 131_051],
    [-122.25, -122.25],
    ['', undefined],
    ['x', undefined],
    [null, undefined],
  ])('%p reads as %p', (value, number) => {
    expect(asNumber(value)).toBe(number);
  });
});

describe('plainMembers', () => {
  it('keeps what is short and plain, under its own name', () => {
    const object = {
      event: 'APPROVED',
      id: 7,
      on: true,
      none: null,
      list: [1],
      deep: { a: 1 },
      long: 'x'.repeat(1_001),
    };
    expect(plainMembers(object)).toEqual({ event: 'APPROVED', id: 7, on: true });
  });

  it('tells nothing rather than an empty object, and never much', () => {
    expect(plainMembers(undefined)).toBeUndefined();
    expect(plainMembers({ list: [] })).toBeUndefined();
    const wide = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`m${index}`, index]));
    expect(Object.keys(plainMembers(wide)!)).toHaveLength(32);
  });

  it('does not let a member name change the object', () => {
    const told = plainMembers(JSON.parse('{"__proto__":"x","a":1}'))!;
    expect(Object.getPrototypeOf(told)).toBe(Object.prototype);
    expect(Object.keys(told)).toEqual(['__proto__', 'a']);
  });
});

describe('nestsDeeperThan', () => {
  it('counts objects and arrays alike', () => {
    expect(nestsDeeperThan(0, 'x')).toBe(false);
    expect(nestsDeeperThan(0, {})).toBe(true);
    expect(nestsDeeperThan(2, { a: [1, 'x', null] })).toBe(false);
    expect(nestsDeeperThan(2, { a: [1, { b: 1 }] })).toBe(true);
  });

  it('ends however deep the value goes', () => {
    expect(nestsDeeperThan(100, JSON.parse('['.repeat(500_000) + ']'.repeat(500_000)))).toBe(true);
  });
});
