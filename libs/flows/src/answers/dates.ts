import { folded } from '../words/fold';
import { withPlainDigits } from './values';

/** Names and abbreviations of the months in these languages, without accents and dots. */
const months = new Map<string, number>();
for (const language of ['en', 'es', 'pt', 'fr', 'de', 'it', 'nl', 'id']) {
  for (const month of ['long', 'short'] as const) {
    const format = new Intl.DateTimeFormat(language, { month, timeZone: 'UTC' });
    for (let index = 0; index < 12; index += 1) {
      const name = folded(format.format(Date.UTC(2030, index, 15))).replace(/\./g, '');
      if (!months.has(name)) months.set(name, index + 1);
    }
  }
}

/**
 * `YYYY-MM-DD` of `2030-05-03`, `3.5.2030`, `3/5/2030`, `3 May 2030`, `May 3rd, 2030`, `3 de mayo de 2030`. The day is first, where both
 * could be the month. Null where it is no date, or one that is not in the calendar.
 */
export function dateIn(given: string): string | null {
  const text = folded(withPlainDigits(given.slice(0, 60)));
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:t[\d:.]*z?)?$/.exec(text);
  if (iso) return dateOf(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const numeric = /^(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{4})$/.exec(text);
  if (numeric) {
    const [first, second, year] = numeric.slice(1).map(Number) as [number, number, number];
    return second > 12 ? dateOf(year, first, second) : dateOf(year, second, first);
  }
  return dateInWords(text);
}

function dateInWords(text: string): string | null {
  const parts = text.match(/\d+|\p{L}+/gu) ?? [];
  const numbers = parts.filter((part) => /^\d/.test(part));
  const named = parts.map((part) => months.get(part)).filter((month) => month !== undefined);
  const year = numbers.find((number) => number.length === 4);
  const day = numbers.find((number) => number.length <= 2);
  if (numbers.length !== 2 || named.length !== 1 || year === undefined || day === undefined) return null;
  return dateOf(Number(year), named[0]!, Number(day));
}

function dateOf(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal && year >= 1000 ? date.toISOString().slice(0, 10) : null;
}
