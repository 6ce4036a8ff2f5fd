import { costOf, type Price, pricingOf } from './pricing';

const price = (category: Price['category'], callingCode: string | null, of: number): Price => ({
  ...{ category, callingCode, price: of },
});
const prices = [
  price('marketing', null, 0.1),
  price('marketing', '1', 0.025),
  price('marketing', '1809', 0.07),
  price('utility', '34', 0.02),
];
const list = { currency: 'EUR', prices };

describe('what messages cost', () => {
  it('goes by the longest calling code that the number begins with, else by what goes for everywhere', () => {
    const paid = (prefix: string) => [{ category: 'marketing', prefix, count: 1 }];
    expect(['1809', '1212', '3460', ''].map((prefix) => costOf(list, paid(prefix)).amount)).toEqual([
      0.07, 0.025, 0.1, 0.1,
    ]);
  });

  it('is summed without loss, by category, and tells what it has no price for', () => {
    const cost = costOf(list, [
      { category: 'marketing', prefix: '3460', count: 3 },
      { category: 'marketing', prefix: '1212', count: 100_000 },
      { category: 'utility', prefix: '3460', count: 7 },
      { category: 'utility', prefix: '4915', count: 5 },
      { category: 'unknown', prefix: '3460', count: 2 },
    ]);
    expect(cost).toEqual({
      ...{ currency: 'EUR', amount: 2500.44, unpriced: 7 },
      categories: [
        { category: 'marketing', messages: 100_003, amount: 2500.3 },
        { category: 'utility', messages: 7, amount: 0.14 },
      ],
    });
  });
});

describe('the pricing of a message', () => {
  const template = { type: 'template' };
  it.each([
    [
      'a marketing template',
      'whatsapp',
      template,
      { category: 'MARKETING' },
      true,
      { category: 'marketing', free: false },
    ],
    ['a utility template', 'whatsapp', template, { category: 'UTILITY' }, false, { category: 'utility', free: false }],
    [
      'one while the window is open',
      'whatsapp',
      template,
      { category: 'UTILITY' },
      true,
      { category: 'utility', free: true },
    ],
    ['a template that is not known', 'whatsapp', template, undefined, true, { category: 'unknown', free: false }],
    ['an answer', 'whatsapp', { type: 'text' }, undefined, true, { category: 'service', free: true }],
    ['a message elsewhere', 'messenger', { type: 'text' }, undefined, true, { category: 'none', free: true }],
  ] as const)('is told of %s', (_, platform, content, definition, open, pricing) => {
    expect(pricingOf(platform, content, definition, open)).toEqual(pricing);
  });
});
