import { Environment, evaluate as evaluateByLibrary } from '@marcbachmann/cel-js';
import { ExpressionError } from './errors';
import { compiled, evaluate, fullAllowance, keptExpressions } from './expression';

const scope = {
  contact: {
    name: 'Ana Díaz',
    phone: null,
    tags: ['vip', 'lead'],
    attributes: { plan: 'pro', visits: 3, since: '2030-01-01' },
  },
  vars: {
    items: [{ price: 2 }, { price: 5 }, { price: 9.5 }],
    text: 'one, two,three',
    deep: { a: { b: [1, [2]] } },
    none: null,
  },
  answer: 4,
  now: '2030-01-31T23:30:00.000Z',
};
const problemOf = (expression: string): string => {
  try {
    evaluate(expression, scope);
    return 'none';
  } catch (error) {
    expect(error).toBeInstanceOf(ExpressionError);
    return (error as Error).message;
  }
};

it.each<[string, unknown]>([
  ['1 + 2 * 3', 7],
  ['7 / 2', 3.5],
  ['7 % 4', 3],
  ['-answer + 1', -3],
  ["'a' + 'b'", 'ab'],
  ['[1] + [2, 3]', [1, 2, 3]],
  ['answer > 3 && answer <= 4.0', true],
  ['answer == 4', true],
  ["contact.attributes.plan == 'pro'", true],
  ["contact.attributes['plan'] in ['pro', 'gold']", true],
  ["'vip' in contact.tags", true],
  ["'plan' in contact.attributes", true],
  ['vars.deep == {"a": {"b": [1, [2]]}}', true],
  ["answer > 3 ? 'many' : 'few'", 'many'],
  ['vars.items[1].price', 5],
  ['vars.items.map(i, i.price)', [2, 5, 9.5]],
  ['vars.items.filter(i, i.price > 3).map(i, i.price * 2)', [10, 19]],
  ['vars.items.map(i, i.price > 3, i.price)', [5, 9.5]],
  ['vars.items.exists(i, i.price == 5) && !vars.items.all(i, i.price > 2)', true],
  ['vars.items.exists_one(i, vars.items.all(j, j.price >= i.price))', true],
  ['contact.attributes.map(k, k)', ['plan', 'visits', 'since']],
  ["vars.text.split(',').map(t, t.trim()).join('+')", 'one+two+three'],
  ["contact.name.split(' ')[0].upperAscii()", 'ANA'],
  ["contact.name.contains('Día') && contact.name.startsWith('Ana') && contact.name.endsWith('z')", true],
  ["contact.name.matches('^A[a-z]+ ')", true],
  ['contact.name.substring(4) + contact.name.substring(0, 3)', 'DíazAna'],
  ["'a-b-c'.replace('-', '')", 'abc'],
  ["contact.name.indexOf('D') + 'aXbX'.lastIndexOf('X')", 7],
  ['size(contact.tags) + contact.name.size() + size(contact.attributes)', 13],
  ["int('12') + double('0.5') + int(2.9)", 14.5],
  ['string(1.5) + string(true) + string(3)', '1.5true3'],
  ["bool('true')", true],
  ["timestamp(now).getHours('Europe/Madrid')", 0],
  ["timestamp(now).getDayOfWeek() + timestamp(now).getDate('Asia/Tokyo')", 5],
  ["timestamp(now) - timestamp(contact.attributes.since) > duration('30d')", true],
  ["timestamp(now) + duration('1h30m')", '2030-02-01T01:00:00.000Z'],
  ["duration('90m').getHours()", 1],
  ["duration('1m') + duration('30s')", '90s'],
  ['{"a": answer, "b": [null]}', { a: 4, b: [null] }],
  ['"\\u00e9" + r"\\n"', 'é\\n'],
])('%s', (expression, value) => {
  expect(evaluate(expression, scope)).toEqual(value);
});

it.each<[string, unknown]>([
  ['contact.attributes.nothing', null],
  ['contact.attributes.nothing.further[3]', null],
  ['vars.items[7]', null],
  ['contact.constructor', null],
  ["contact['__proto__']", null],
  ['has(contact.phone) || has(contact.nothing.at.all)', false],
  ["contact.phone == null && contact.attributes.nothing != 'pro'", true],
  ['contact.attributes.nothing ? 1 : 2', 2],
  ['!contact.attributes.nothing', true],
  ["contact.phone.contains('6') || size(contact.phone) > 0", false],
  ["'vip' in contact.attributes.nothing", false],
  ['vars.none.exists(n, n > 1)', false],
])('what is not there is null: %s', (expression, value) => {
  expect(evaluate(expression, scope)).toEqual(value);
});

it('agrees with the library where both have the same values', () => {
  const same = [
    ...[
      '1 + 2 * 3 - 4',
      '2.5 * 2.0',
      '7 % 4',
      '-(3 - 5)',
      '"a" + "b"',
      '1 < 2 && 2.0 <= 2.0',
      '"a" < "b"',
      '!(1 == 2)',
    ],
    ...['[1, 2] + [3]', '2 in [1, 2]', '"x" in {"x": 1}', '{"a": [1, 2]} == {"a": [1, 2]}', '[1, 2] != [1]'],
    ...['true ? 1 : 2', 'false || true', 'false && (1 / 0 > 0)', 'true || (1 / 0 > 0)', '(1 / 0 > 0) || true'],
    ...['[1, 2, 3].map(n, n * n)', '[1, 2, 3].filter(n, n > 1)', '[1, 2].all(n, n > 0)', '[1, 2].exists(n, n > 1)'],
    ...['[1, 2].exists_one(n, n > 1)', '[[1], [2, 3]].map(l, l.map(n, n + 1))', '"abc".contains("b")', '"abc".size()'],
    ...[
      'size([1, 2])',
      'size({"a": 1})',
      '"a,b".split(",")',
      '["a", "b"].join("-")',
      '" x ".trim()',
      '"abc".substring(1, 2)',
    ],
    ...['"Ab".lowerAscii()', '"abcabc".lastIndexOf("b")', 'int("42")', 'double("1.5")', 'string(12)', 'bool("true")'],
    ...['timestamp("2030-01-31T10:11:12Z").getDayOfWeek()', 'timestamp("2030-01-31T10:11:12Z").getMonth()'],
    ...[
      'timestamp("2030-01-31T10:11:12Z").getHours("America/Bogota")',
      'timestamp("2030-01-31T10:11:12Z").getDayOfYear()',
    ],
    ...['timestamp("2030-01-02T00:00:00Z") > timestamp("2030-01-01T00:00:00Z")', 'duration("90m").getHours()'],
    ...['{"a": 1}.map(k, k)', '"é".size()', 'r"\\d"', "'''x'''"],
  ];
  const numbers = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? Number(one) : one)));
  for (const expression of same) {
    expect([expression, evaluate(expression, {})]).toEqual([expression, numbers(evaluateByLibrary(expression))]);
  }
});

it.each<[string, RegExp]>([
  ['contact.attributes.plan + 1', /a text and a number cannot be added/],
  ['contact.phone * 2', /null and a number cannot be multiplied/],
  ["'a' < 1", /a text and a number cannot be compared/],
  ['contact.name && true', /true or false is needed where a text is/],
  ['1 / 0', /divides by zero/],
  ['nothing(1)', /there is no nothing\(\)/],
  ["'a'.size(1)", /size\(\) takes 0 values and not 1/],
  ['1 +', /Unexpected token/],
  ['', /empty/],
  ["'x'.matches('(a')", /its pattern is none/],
  ['contact.name.matches(contact.name)', /written out/],
  ["b'abc'", /bytes/],
  ["timestamp('tomorrow')", /no time/],
  ["timestamp(now).getHours('Mars')", /time zone/],
  [`'${'a'.repeat(2_100)}'`, /may have 2000/],
  [`${'('.repeat(40)}1${')'.repeat(40)}`, /maxDepth/],
  [Array(600).fill('1').join('+'), /maxAstNodes|may have 2000/],
])('says what is wrong with %s', (expression, message) => {
  expect(problemOf(expression)).toMatch(message);
});

it('what one side decides holds, though the other cannot be worked out', () => {
  expect(evaluate('contact.name > 3 || answer == 4', scope)).toBe(true);
  expect(evaluate('contact.name > 3 && answer == 5', scope)).toBe(false);
  expect(problemOf('contact.name > 3 || answer == 5')).toMatch(/cannot be compared/);
});

it('tells the paths that it speaks of', () => {
  const made = compiled("contact.attributes['plan'] == vars.x && vars.items.exists(i, i.price > round)");
  const paths = [['contact', 'attributes', 'plan'], ['vars', 'x'], ['vars', 'items'], ['round']];
  expect(made).toMatchObject({ paths });
});

describe('whatever an expression is made of', () => {
  const long = Array.from({ length: 100_000 }, (_, index) => index);
  const big = {
    vars: { long, text: 'a'.repeat(250_000), nested: JSON.parse('['.repeat(50_000) + ']'.repeat(50_000)) },
  };

  it.each([
    'vars.long.map(a, vars.long.map(b, vars.long.map(c, a + b + c)))',
    'vars.long.exists(a, a in vars.long && false)',
    "vars.long.map(a, vars.text.contains('b'))",
    'vars.long.map(a, vars.text + vars.text)',
    "vars.long.map(a, vars.text).join(',')",
    "vars.text.replace('a', vars.text)",
    'vars.long.exists(a, a > -1 && vars.long == vars.long.map(b, b))',
    'vars.long.all(a, string(vars.long) != "")',
    "vars.text.split('').map(a, vars.text.split('')).size() > 0",
    'vars.long.all(a, vars.text <= vars.text)',
    'vars.long.exists(a, vars.nested == [a]) || true',
    `${Array(120).fill('vars.long').join('+')}`,
  ])('it ends soon: %s', (expression) => {
    const allowance = fullAllowance();
    const most = allowance.left;
    expect(() => evaluate(expression, big, allowance)).toThrow(ExpressionError);
    // One operation is under way when the allowance ends: over the largest value that there may be, and no further.
    expect(allowance.left).toBeGreaterThan(-2 * most);
  });

  it('a value nested deeper than the stack is refused and not thrown about', () => {
    expect(() => evaluate('vars.nested', big)).toThrow(ExpressionError);
  });

  it('patterns run in linear time', () => {
    // Whatever tries one way after the other has 2^500 of them here, and does not come back.
    expect(evaluate(`'${'a'.repeat(500)}!'.matches('^(a+)+$')`, {})).toBe(false);
  });
});

it('keeps what was read, and not for ever', () => {
  for (let index = 0; index < 2_500; index += 1) compiled(`answer == ${index}`);
  expect(keptExpressions()).toBe(2_000);
});

it('is read once, however often it is worked out', () => {
  const read = jest.spyOn(Environment.prototype, 'parse');
  const expression = "contact.attributes.plan == 'pro' && answer > 3 && 'vip' in contact.tags && 17 == 17";
  for (let count = 0; count < 100; count += 1) evaluate(expression, scope);
  expect(read.mock.calls).toEqual([[expression]]);
  read.mockRestore();
});

it('costs as much work as it has parts', () => {
  const allowance = fullAllowance();
  const most = allowance.left;
  evaluate("contact.attributes.plan == 'pro' && answer > 3 && 'vip' in contact.tags", scope, allowance);
  expect(most - allowance.left).toBeLessThan(30);
});
