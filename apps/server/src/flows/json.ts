/** In JSON text, what PostgreSQL takes apart in none: NUL, and half of a surrogate pair, which `JSON.stringify` escapes. */
const escapes = /\\(?:u([0-9a-f]{4})|.)/g;

/** A value as PostgreSQL can take it apart: what a customer wrote may hold any code point. */
export function json(value: unknown): string {
  const text = JSON.stringify(value);
  if (!text.includes('\\u')) return text;
  return text.replace(escapes, (found, code: string | undefined) => {
    if (code === '0000') return '';
    return code !== undefined && code >= 'd800' && code <= 'dfff' ? '\ufffd' : found;
  });
}
