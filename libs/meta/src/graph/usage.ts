/** Headers as a client library gives them, names in lower case. */
export type AnswerHeaders = Readonly<Record<string, string | string[] | undefined>>;

const minute = 60_000;

/**
 * How long Meta asks to wait: `Retry-After` (seconds), else the longest `estimated_time_to_regain_access` (minutes) of
 * `X-Business-Use-Case-Usage`. `undefined` where neither says so. Total.
 */
export function waitAskedFor(headers: AnswerHeaders): number | undefined {
  const seconds = Number(one(headers['retry-after']));
  if (Number.isFinite(seconds) && seconds > 0) return seconds * 1000;
  const minutes = Math.max(0, ...usages(one(headers['x-business-use-case-usage'])).map(regainMinutes));
  return minutes > 0 ? minutes * minute : undefined;
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** `{ "<business id>": [{ type, call_count, …, estimated_time_to_regain_access }] }` */
function usages(header: string | undefined): unknown[] {
  if (!header) return [];
  try {
    return Object.values(JSON.parse(header) as object).flat();
  } catch {
    return [];
  }
}

function regainMinutes(usage: unknown): number {
  const minutes = Number(
    (usage as { estimated_time_to_regain_access?: unknown } | null)?.estimated_time_to_regain_access,
  );
  return Number.isFinite(minutes) ? minutes : 0;
}
