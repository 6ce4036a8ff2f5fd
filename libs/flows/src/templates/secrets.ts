import type { Effect } from '../machine';
import type { Place } from './read';

type HttpEffect = Extract<Effect, { kind: 'http' }>;

/** No text has this code point: Unicode keeps it out of what is exchanged, and the machine takes it out of values. */
const mark = '\ufdd0';
const marked = /\ufdd0([A-Za-z][A-Za-z0-9_]{0,63})\ufdd0/g;

/** The name of the secret that a place asks for; null where it is an expression. */
export function secretOf({ expression }: Place): string | null {
  return /^secrets\.([A-Za-z][A-Za-z0-9_]{0,63})$/.exec(expression)?.[1] ?? null;
}

export const markedSecret = (name: string): string => `${mark}${name}${mark}`;
export const withoutMarks = (text: string): string => (text.includes(mark) ? text.replaceAll(mark, '') : text);

/** Names of the secrets that a request needs. */
export function secretsIn({ url, headers, body }: HttpEffect): string[] {
  const names = new Set<string>();
  const look = (text: string): string => {
    for (const [, name] of text.matchAll(marked)) names.add(name!);
    return text;
  };
  mapped({ url, headers, body }, look);
  return [...names];
}

/** The request as it leaves; in its address secrets are percent-encoded. All of `secretsIn` are to be given: an unknown one is empty. */
export function withSecrets(effect: HttpEffect, secrets: ReadonlyMap<string, string>): HttpEffect {
  const put = (text: string): string => text.replace(marked, (_, name: string) => secrets.get(name) ?? '');
  return {
    ...effect,
    url: effect.url.replace(marked, (_, name: string) => encodeURIComponent(secrets.get(name) ?? '')),
    headers: mapped(effect.headers, put) as Record<string, string>,
    body: mapped(effect.body, put),
  };
}

/** The request as people are shown it: `{{ secrets.NAME }}` where a secret goes. */
export function shownRequest(effect: HttpEffect): HttpEffect {
  return mapped(effect, (text) => text.replace(marked, '{{ secrets.$1 }}')) as HttpEffect;
}

function mapped(value: unknown, map: (text: string) => string): unknown {
  if (typeof value === 'string') return value.includes(mark) ? map(value) : value;
  if (Array.isArray(value)) return value.map((one) => mapped(one, map));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapped(one, map)]));
}
