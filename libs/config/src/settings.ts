/** One environment variable: how it is read and what the documentation says of it. */
export interface Setting<T> {
  name: string;
  /** What it does, with units and limits; the configuration table in the docs is generated from this. */
  description: string;
  /** As written in the documentation; `undefined` when unset means "off" or "generated". */
  default?: string;
  /** Returns the value, or throws an `InvalidSetting` whose text says the rule. */
  parse: (text: string) => T;
  /** Never printed. */
  secret?: boolean;
}

/** A setting that cannot be used. The message names the variable and the rule, never the value. */
export class InvalidSetting extends Error {
  readonly code = 'invalid_setting';
}

export const text = (value: string): string => value;

export function uuid(value: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)) throw new InvalidSetting('must be a UUID');
  return value.toLowerCase();
}

export function email(value: string): string {
  if (!/^[^@\s]+@[^@\s]+$/.test(value)) throw new InvalidSetting('must be an email address');
  return value.toLowerCase();
}

export function integer(min: number, max: number) {
  return (value: string): number => {
    const number = Number(value);
    if (!Number.isInteger(number) || number < min || number > max) {
      throw new InvalidSetting(`must be a whole number from ${min} to ${max}`);
    }
    return number;
  };
}

export function oneOf<T extends string>(...allowed: T[]) {
  return (value: string): T => {
    if (!allowed.includes(value as T)) throw new InvalidSetting(`must be one of: ${allowed.join(', ')}`);
    return value as T;
  };
}

export function list<T>(parse: (item: string) => T) {
  return (value: string): T[] =>
    value
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '')
      .map(parse);
}

export function url(...protocols: string[]) {
  return (value: string): string => {
    let parsed: URL;
    try {
      parsed = new URL(value);
    } catch {
      throw new InvalidSetting(`must be a URL starting with ${protocols.map((p) => `${p}//`).join(' or ')}`);
    }
    if (!protocols.includes(parsed.protocol)) {
      throw new InvalidSetting(`must start with ${protocols.map((p) => `${p}//`).join(' or ')}`);
    }
    return value;
  };
}

export function longSecret(bytes: number) {
  return (value: string): string => {
    if (Buffer.byteLength(value) < bytes)
      throw new InvalidSetting(`must have at least ${bytes} characters (try: openssl rand -base64 ${bytes})`);
    return value;
  };
}

export function key32(value: string): Buffer {
  const key = Buffer.from(value, 'base64');
  if (key.length !== 32) throw new InvalidSetting('must be 32 bytes in base64 (try: openssl rand -base64 32)');
  return key;
}

const durationUnits: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `250ms`, `10s`, `15m`, `12h`, `7d` → milliseconds. */
export function duration(value: string): number {
  const match = /^(\d{1,6})(ms|s|m|h|d)$/.exec(value);
  if (!match) throw new InvalidSetting('must be a duration such as 250ms, 10s, 15m, 12h or 7d');
  return Number(match[1]) * durationUnits[match[2]!]!;
}

export function graphVersion(value: string): string {
  if (!/^v\d{1,3}\.\d{1,2}$/.test(value)) throw new InvalidSetting('must be a version of the Graph API, such as v26.0');
  return value;
}
