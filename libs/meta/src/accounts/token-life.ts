import { asNumber, asObject, asText } from '../reading';

/** When a token ends, from `GET /debug_token`; `null`: never, `undefined`: not told. Milliseconds since the epoch. Total. */
export function readTokenEnd(body: unknown): number | null | undefined {
  const seconds = asNumber(asObject(asObject(body)?.data)?.expires_at);
  if (seconds === undefined || seconds < 0) return undefined;
  return seconds === 0 ? null : seconds * 1000;
}

/** A token in the answer to an exchange or a renewal, and how long it lives, milliseconds. Total. */
export function readFreshToken(body: unknown): { token: string; livesMs: number | undefined } | undefined {
  const given = asObject(body);
  const token = asText(given?.access_token);
  if (token === undefined) return undefined;
  const seconds = asNumber(given?.expires_in);
  return { token, livesMs: seconds === undefined ? undefined : seconds * 1000 };
}
