import { asText } from '../reading';

/** PostgreSQL's text takes no NUL. */
export function cleaned(text: string | undefined, longest = 500): string | null {
  const clean = text?.replaceAll('\0', '').trim().slice(0, longest);
  return clean || null;
}

export function httpUrl(text: string | undefined): string | null {
  if (text === undefined || text.length > 4000 || !URL.canParse(text)) return null;
  return /^https?:$/.test(new URL(text).protocol) ? text : null;
}

/** `2026-11-21T18:00:00+0000` in milliseconds since the epoch. */
export function timeOf(value: unknown): number | undefined {
  const time = Date.parse(asText(value)?.replace(/([+-]\d{2})(\d{2})$/, '$1:$2') ?? '');
  return Number.isNaN(time) ? undefined : time;
}
