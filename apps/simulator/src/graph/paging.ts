import { GraphError } from './errors';
import { type GraphRequest, textOf } from './request';

export interface Page<T> {
  data: T[];
  paging?: { cursors: { before: string; after: string }; next?: string; previous?: string };
}

const cursorOf = (index: number) => Buffer.from(`QVFI${index}`).toString('base64url');

function indexOf(cursor: string): number {
  const [, index] = /^QVFI(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (index === undefined) throw GraphError.of(100, { message: 'Invalid cursors values' });
  return Number(index);
}

interface Asked {
  limit?: unknown;
  after?: unknown;
}

/**
 * A part of `all` with Meta's cursors. `next` holds the access token, as Meta's does; it is there only when more follows.
 * `limit` is cut to `most`.
 */
export function page<T, R>(
  all: readonly T[],
  read: (item: T) => R,
  request: GraphRequest,
  { limit = 25, most = 100, asked = request.params }: { limit?: number; most?: number; asked?: Asked } = {},
): Page<R> {
  const size = Math.min(most, positive(asked.limit) ?? limit);
  const start = typeof asked.after === 'string' && asked.after !== '' ? indexOf(asked.after) + 1 : 0;
  const shown = all.slice(start, start + size);
  if (shown.length === 0) return { data: [] };
  const after = cursorOf(start + shown.length - 1);
  const more = start + shown.length < all.length;
  return {
    data: shown.map(read),
    paging: { cursors: { before: cursorOf(start), after }, ...(more ? { next: nextOf(request, size, after) } : {}) },
  };
}

function positive(limit: unknown): number | undefined {
  if (limit === undefined || limit === '') return undefined;
  const number = Number(textOf(limit));
  if (Number.isInteger(number) && number > 0) return number;
  throw GraphError.of(100, { message: 'Param limit must be a positive integer' });
}

function nextOf({ origin, path, params, accessToken }: GraphRequest, limit: number, after: string): string {
  const next = new URL(`${origin}/${path.join('/')}`);
  for (const [name, value] of Object.entries(params))
    next.searchParams.set(name, textOf(value) || JSON.stringify(value));
  next.searchParams.set('access_token', accessToken ?? '');
  next.searchParams.set('limit', String(limit));
  next.searchParams.set('after', after);
  return next.href;
}
