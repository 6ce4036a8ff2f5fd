/** Tolerant access to a webhook's members: what is missing or of the wrong type reads as `undefined`. */
export type JsonObject = Readonly<Record<string, unknown>>;

const year2000 = Date.UTC(2000, 0);
const year2100 = Date.UTC(2100, 0);
const longestTold = 1_000;
const mostTold = 32;

export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A string with something in it. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Meta sends some ids as numbers. One beyond 2^53 has lost digits in JSON.parse and would name somebody else. */
export function asId(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? String(value) : undefined;
}

export function idOf(party: unknown): string | undefined {
  return asId(asObject(party)?.id);
}

export function asNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** Milliseconds since the epoch from seconds or milliseconds, number or digits; `undefined` outside the years 2000 to 2099. */
export function asTime(value: unknown): number | undefined {
  const number = asNumber(value);
  if (number === undefined) return undefined;
  const time = Math.trunc(number < year2000 ? number * 1_000 : number);
  return time >= year2000 && time < year2100 ? time : undefined;
}

/** The plain members of an object under Meta's own names: what a notice is about, without its bulk. */
export function plainMembers(object: JsonObject | undefined): JsonObject | undefined {
  if (object === undefined) return undefined;
  const plain: [string, unknown][] = [];
  for (const [name, value] of Object.entries(object)) {
    if (plain.length === mostTold) break;
    if (typeof value === 'number' || typeof value === 'boolean') plain.push([name, value]);
    else if (typeof value === 'string' && value.length <= longestTold) plain.push([name, value]);
  }
  return plain.length === 0 ? undefined : Object.fromEntries(plain);
}

/** Whether a value nests objects and arrays deeper than `levels`. Its own recursion ends there too. */
export function nestsDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  if (Array.isArray(value)) {
    for (const element of value) if (nestsDeeperThan(levels - 1, element)) return true;
    return false;
  }
  for (const name in value) if (nestsDeeperThan(levels - 1, (value as JsonObject)[name])) return true;
  return false;
}
