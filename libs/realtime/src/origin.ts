import type { IncomingMessage } from 'node:http';

export interface OriginRules {
  /** Origins allowed beside the own one; `*` for any. */
  corsOrigins: readonly string[];
  publicUrl?: string | undefined;
}

/**
 * Whether a handshake's `Origin` may open a socket: CORS does not stop a WebSocket from a foreign page. A missing one is no browser
 * and is allowed; the own origin is the one whose host the request was sent to, or `PUBLIC_URL`'s.
 */
export function originAllowed({ headers }: Pick<IncomingMessage, 'headers'>, rules: OriginRules): boolean {
  const { origin, host } = headers;
  if (origin === undefined || rules.corsOrigins.includes('*') || rules.corsOrigins.includes(origin)) return true;
  const parsed = parse(origin);
  if (!parsed) return false;
  return parsed.host === host || parsed.origin === (rules.publicUrl && parse(rules.publicUrl)?.origin);
}

function parse(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}
