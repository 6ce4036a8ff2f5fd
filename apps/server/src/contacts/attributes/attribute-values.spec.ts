import {
  type AttributeDefinition,
  attributeChanges,
  attributeOfCell,
  attributeValue,
  isDay,
  withChanges,
} from './attribute-values';

const definition = (type: AttributeDefinition['type'], choices: string[] | null = null): AttributeDefinition => ({
  id: '1',
  key: 'k',
  label: 'K',
  type,
  choices,
});

describe('the value of an attribute', () => {
  it.each([
    ['text', 'hello', 'hello'],
    ['text', 'a\0b', 'ab'],
    ['number', 1.5, 1.5],
    ['boolean', false, false],
    ['date', '2026-02-28', '2026-02-28'],
    ['choices', ['b', 'a', 'a'], ['a', 'b']],
  ] as const)('%s takes %j', (type, value, stored) => {
    expect(attributeValue(definition(type, ['a', 'b']), value)).toEqual(stored);
  });

  it.each([
    ['text', 5],
    ['text', 'x'.repeat(1001)],
    ['number', '5'],
    ['number', Number.NaN],
    ['boolean', 'true'],
    ['date', '2026-02-30'],
    ['date', '2026-2-3'],
    ['choices', ['c']],
    ['choices', 'a'],
    ['choices', [{}]],
  ] as const)('%s refuses %j and says why', (type, value) => {
    expect(() => attributeValue(definition(type, ['a', 'b']), value)).toThrow(/^attributes\.k: must be /);
  });

  it.each([
    ['number', ' 12.5 ', 12.5],
    ['boolean', 'Yes', true],
    ['boolean', '0', false],
    ['date', '2026-01-31', '2026-01-31'],
    ['choices', 'b; a', ['a', 'b']],
    ['text', ' x ', 'x'],
  ] as const)('%s is read from the cell %j', (type, cell, value) => {
    expect(attributeOfCell(definition(type, ['a', 'b']), cell)).toEqual(value);
  });

  it.each([
    ['number', 'twelve'],
    ['number', ''],
    ['boolean', 'maybe'],
    ['date', '31.01.2026'],
  ] as const)('%s cannot be read from the cell %j', (type, cell) => {
    expect(() => attributeOfCell(definition(type), cell)).toThrow();
  });

  it('is refused for what nobody defined', () => {
    expect(() => attributeChanges([definition('text')], { other: 'x' })).toThrow(/POST \/v1\/contact-attributes/);
  });

  it('goes when it is null', () => {
    expect(withChanges({ a: 1, b: 2 }, attributeChanges([{ ...definition('number'), key: 'a' }], { a: null }))).toEqual(
      { b: 2 },
    );
  });
});

it.each([
  ['2024-02-29', true],
  ['2025-02-29', false],
  ['0000-00-00', false],
  ['2025-13-01', false],
])('%s is a day: %s', (text, answer) => expect(isDay(text)).toBe(answer));
