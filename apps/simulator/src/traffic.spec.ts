import { createHmac } from 'node:crypto';
import { defaultAccounts } from './cast';
import { forgery, hugeBatch } from './extras';
import type { SimulatedItem } from './item';
import { Random } from './random';
import { shopDay } from './shop-day';
import { type Posting, reordered, type TrafficOptions, traffic } from './traffic';

const now = () => Date.UTC(2026, 9, 1, 9);
const secret = { whatsapp: 'meta', messenger: 'meta', instagram: 'insta' };

function someItems(count: number): SimulatedItem[] {
  const day = shopDay({ accounts: defaultAccounts, customers: 10, seed: 1, now });
  return Array.from({ length: count }, () => day.next().value);
}

function postings(count: number, options: Partial<TrafficOptions> = {}): Posting[] {
  return [
    ...traffic(someItems(count), {
      seed: 1,
      secret,
      invent: (random) => forgery(defaultAccounts, random, now),
      inventHuge: (random) => hugeBatch(defaultAccounts, random, now),
      ...options,
    }),
  ];
}

const verified = ({ body, signature, platform }: Posting) =>
  signature === `sha256=${createHmac('sha256', secret[platform]).update(body).digest('hex')}`;
const ids = (sent: readonly Posting[]) => sent.flatMap(({ items }) => items.map(({ id }) => id));

describe('traffic', () => {
  it('sends each item once, in order, signed with its platform’s secret', () => {
    const sent = postings(300);

    expect(ids(sent)).toEqual(someItems(300).map(({ id }) => id));
    expect(sent.every(verified)).toBe(true);
    expect(sent.every(({ copies, nature }) => copies === 1 && nature === 'genuine')).toBe(true);
  });

  it('repeats itself to the byte for the same seed', () => {
    const disturbed = { batch: 7, reorder: 5, duplicates: 0.3, badSignatures: 0.2, malformed: 0.2 };

    expect(postings(200, disturbed)).toEqual(postings(200, disturbed));
    expect(postings(200, disturbed)).not.toEqual(postings(200, { ...disturbed, seed: 2 }));
  });

  it('fills each body up with items of one platform', () => {
    const sent = postings(1_000, { batch: 50 });
    const partly = sent.filter(({ items }) => items.length < 50);

    expect(ids(sent).sort()).toEqual(
      someItems(1_000)
        .map(({ id }) => id)
        .sort(),
    );
    expect(partly.length).toBeLessThanOrEqual(3);
    for (const { items, platform } of sent) expect(items.every((item) => item.platform === platform)).toBe(true);
  });

  it('sends duplicates as the same bytes, some at once and some later', () => {
    const sent = postings(1_000, { duplicates: 0.2 });
    const atOnce = sent.filter(({ copies }) => copies === 2);
    const bodies = sent.map(({ body }) => body.toString());
    const later = bodies.length - new Set(bodies).size;

    expect(atOnce.length + later).toBeGreaterThan(150);
    expect(atOnce.length + later).toBeLessThan(250);
    expect(atOnce.length).toBeGreaterThan(50);
    expect(later).toBeGreaterThan(50);
    expect(new Set(ids(sent)).size).toBe(1_000);
  });

  it('forges bodies in three ways, none of which verifies, with items of their own', () => {
    const sent = postings(500, { badSignatures: 0.3 });
    const forged = sent.filter(({ nature }) => nature === 'forged');
    const genuine = new Set(ids(sent.filter(({ nature }) => nature === 'genuine')));

    expect(forged.length).toBeGreaterThan(100);
    expect(forged.filter(verified)).toEqual([]);
    expect(forged.some(({ signature }) => signature === undefined)).toBe(true);
    expect(ids(forged).some((id) => genuine.has(id))).toBe(false);
    expect(new Set(ids(forged)).size).toBe(forged.length);
    for (const { body } of forged) expect(() => JSON.parse(body.toString())).not.toThrow();
  });

  it('signs broken JSON rightly', () => {
    const broken = postings(200, { malformed: 0.3 }).filter(({ nature }) => nature === 'malformed');

    expect(broken.length).toBeGreaterThan(30);
    expect(broken.every(verified)).toBe(true);
    for (const { body } of broken) expect(() => JSON.parse(body.toString())).toThrow(SyntaxError);
  });

  it('makes bodies as huge as Meta’s largest', () => {
    const [, huge] = postings(1, { huge: 1 }) as [Posting, Posting];

    expect(huge.body.length).toBeGreaterThan(2_500_000);
    expect(huge.body.length).toBeLessThanOrEqual(3_000_000);
    expect(huge.items.length).toBeLessThanOrEqual(1_000);
    expect(new Set(ids([huge])).size).toBe(huge.items.length);
    expect(verified(huge)).toBe(true);
    expect(() => JSON.parse(huge.body.toString())).not.toThrow();
  });
});

describe('reordered', () => {
  const numbers = Array.from({ length: 500 }, (_, index) => index);

  it('loses and repeats nothing, and lets nothing overtake more than the window', () => {
    const mixed = [...reordered(numbers, 5, new Random(1))];

    expect(mixed).not.toEqual(numbers);
    expect([...mixed].sort((one, other) => one - other)).toEqual(numbers);
    expect(Math.max(...mixed.map((number, place) => number - place))).toBeLessThanOrEqual(5);
  });

  it('keeps the order without a window', () => {
    expect([...reordered(numbers, 0, new Random(1))]).toEqual(numbers);
  });
});
