import type { Platform } from '@switchboard/contracts';
import { readDefinition } from '@switchboard/meta';

export const pricingCategories = ['marketing', 'utility', 'authentication'] as const;

/** What Meta takes for one message: per delivered message on WhatsApp, nothing elsewhere. */
export interface Pricing {
  /** Of `pricingCategories`, or `service`, which is free; `unknown` where the template's is not known, `none` where there are no prices. */
  category: string;
  /** Service messages are, and utility templates while the customer's window is open. */
  free: boolean;
}

export function pricingOf(
  platform: Platform,
  content: unknown,
  definition: object | undefined,
  windowOpen: boolean,
): Pricing {
  if (platform !== 'whatsapp') return { category: 'none', free: true };
  if ((content as { type?: unknown }).type !== 'template') return { category: 'service', free: true };
  const category = definition && readDefinition(definition).category?.toLowerCase();
  return { category: category ?? 'unknown', free: category === 'utility' && windowOpen };
}

/** What one delivered message of a category costs in a country. */
export interface Price {
  category: (typeof pricingCategories)[number];
  /** `34`; null: everywhere else. */
  callingCode: string | null;
  price: number;
}

export interface PriceList {
  /** ISO 4217. */
  currency: string;
  prices: Price[];
}

/** Messages that are paid for alike. */
export interface PaidMessages {
  category: string;
  /** How their numbers begin, as many digits as calling codes have; empty where they are not known. */
  prefix: string;
  count: number;
}

export interface Cost {
  currency: string;
  amount: number;
  categories: { category: string; messages: number; amount: number }[];
  /** Messages that the list has no price for: they are not in the amounts. */
  unpriced: number;
}

/** Finer than any price that Meta names. */
const unit = 1e6;

/** What messages cost by a list, free ones left out by whoever asks. */
export function costOf({ currency, prices }: PriceList, paid: readonly PaidMessages[]): Cost {
  const units = new Map<string, { messages: number; units: number }>();
  let unpriced = 0;
  for (const { category, prefix, count } of paid) {
    const price = priceOf(prices, category, prefix);
    if (price === undefined) {
      unpriced += count;
      continue;
    }
    const before = units.get(category) ?? { messages: 0, units: 0 };
    units.set(category, { messages: before.messages + count, units: before.units + Math.round(price * unit) * count });
  }
  const categories = [...units].map(([category, of]) => ({ category, messages: of.messages, amount: of.units / unit }));
  const amount = [...units.values()].reduce((sum, of) => sum + of.units, 0) / unit;
  return { currency, amount, categories: categories.sort((a, b) => b.amount - a.amount), unpriced };
}

/** The longest calling code that the number begins with, else what goes for everywhere else. */
function priceOf(prices: readonly Price[], category: string, prefix: string): number | undefined {
  let [best, digits]: [number | undefined, number] = [undefined, -1];
  for (const one of prices) {
    const code = one.callingCode ?? '';
    if (one.category !== category || !prefix.startsWith(code) || code.length <= digits) continue;
    [best, digits] = [one.price, code.length];
  }
  return best;
}
