/** Where the decimal digits of other scripts begin: Arabic, Persian, Devanagari, Bengali, Thai, full width. */
const zeros = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10];

export function withPlainDigits(text: string): string {
  return text.replace(/[^\p{ASCII}]/gu, (character) => {
    const code = character.codePointAt(0)!;
    const zero = zeros.find((one) => code >= one && code <= one + 9);
    return zero === undefined ? character : String(code - zero);
  });
}

/**
 * `12`, `-3.5`, `1,5`, `1 234,50`, `1,234.50`. One sign alone is the decimal one (`1,500` is 1.5), but where whole numbers are asked for:
 * there it parts thousands (1500). Null where it is no number.
 */
export function numberIn(given: string, whole: boolean): number | null {
  const text = withPlainDigits(given).replace(/[\s'’_]/g, '');
  if (!/^[+-]?\d[\d.,]{0,40}$/.test(text)) return null;
  const decimal = decimalSign(text, whole);
  const [before = '', after = '', ...more] = decimal === null ? [text] : text.split(decimal);
  if (more.length > 0 || !isGrouped(before.replace(/^[+-]/, '')) || /[.,]/.test(after)) return null;
  const number = Number(`${before.replace(/[.,]/g, '')}.${after || '0'}`);
  return Number.isFinite(number) ? number : null;
}

function decimalSign(text: string, whole: boolean): string | null {
  const signs = text.match(/[.,]/g) ?? [];
  const last = signs.at(-1) ?? null;
  if (last === null || signs.filter((sign) => sign === last).length > 1) return null;
  return signs.length === 1 && whole && /[.,]\d{3}$/.test(text) ? null : last;
}

/** All digits, or thousands parted by one sign. */
const isGrouped = (digits: string): boolean =>
  /^\d+$/.test(digits) || /^\d{1,3}(?:\.\d{3})+$|^\d{1,3}(?:,\d{3})+$/.test(digits);

/** The one address in a text, its domain in small letters; null where there is none, or several. */
export function emailIn(text: string): string | null {
  const found = new Set<string>();
  for (const word of text.slice(0, 2_000).split(/[\s<>()[\],;"]+/)) {
    const address = word.replace(/^mailto:/i, '').replace(/[.!?:]+$/, '');
    const at = address.lastIndexOf('@');
    const [name, domain] = [address.slice(0, at), address.slice(at + 1).toLowerCase()];
    if (at > 0 && isName(name) && isDomain(domain)) found.add(`${name}@${domain}`);
  }
  return found.size === 1 ? [...found][0]! : null;
}

const isName = (name: string): boolean =>
  name.length <= 64 &&
  /^[^\s@:\\]+$/.test(name) &&
  !name.startsWith('.') &&
  !name.endsWith('.') &&
  !name.includes('..');

function isDomain(domain: string): boolean {
  const labels = domain.split('.');
  const isLabel = (label: string): boolean => /^[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u.test(label);
  return domain.length <= 190 && labels.length > 1 && labels.every(isLabel) && !/^\d+$/.test(labels.at(-1)!);
}

/** Digits as in E.164, 7 to 15 of them, without `+` and the zeros dialled before a country code; null where it is no number. */
export function phoneIn(given: string): string | null {
  const text = withPlainDigits(given.slice(0, 60)).trim().replace(/^tel:/i, '');
  if (!/^\+?[\d\s().\-/\u2010-\u2015\u00a0]+$/.test(text)) return null;
  const isInternational = /^\(?\s*(?:\+|00)/.test(text);
  const digits = (isInternational ? text.replace('(0)', '') : text).replace(/\D/g, '').replace(/^00/, '');
  return /^\d{7,15}$/.test(digits) ? digits : null;
}
