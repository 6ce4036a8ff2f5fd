import { isIP } from 'node:net';
import { isEmail } from 'class-validator';

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
  /** Spaces around it belong to it. */
  verbatim?: boolean;
}

/** A setting that cannot be used. Each problem says the rule it breaks, never the value. */
export class InvalidSetting extends Error {
  readonly code = 'invalid_setting';
  readonly problems: readonly string[];
  constructor(...problems: string[]) {
    super(problems.join('; '));
    this.problems = problems;
  }
}

export const text = (value: string): string => value;

/** One that REST takes as an id too: neither all zeros nor of a version there is not. */
export function uuid(value: string): string {
  if (!/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i.test(value)) {
    throw new InvalidSetting('must be a UUID (try: uuidgen)');
  }
  return value.toLowerCase();
}

/** One that signing in takes too. */
export function email(value: string): string {
  if (!isEmail(value, { require_tld: false })) throw new InvalidSetting('must be an email address');
  return value.toLowerCase();
}

/** As REST has it for a password that is to be set. */
export function newPassword(value: string): string {
  if (value !== value.trim()) throw new InvalidSetting('must not begin or end with a space');
  if (value.length < 12 || value.length > 256)
    throw new InvalidSetting('must have at least 12 characters, at most 256');
  return value;
}

export function metaId(value: string): string {
  if (!/^[0-9A-Za-z_.-]{1,100}$/.test(value)) {
    throw new InvalidSetting("must be the app's id as Meta writes it, such as 1029384756");
  }
  return value;
}

/** As a browser sends it: in small letters, without the port that goes without saying. */
export function origin(value: string): string {
  if (value === '*') return value;
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^\s/?#@]+$/i.test(value) || !URL.canParse(value)) {
    throw new InvalidSetting(
      'must list origins such as https://app.example.com, without a path or a slash at the end, or be *',
    );
  }
  const { origin: canonical } = new URL(value);
  return canonical === 'null' ? value.toLowerCase() : canonical;
}

const namedNetworks = ['loopback', 'linklocal', 'uniquelocal'];

export function network(value: string): string {
  const [address = '', prefix, ...more] = value.split('/');
  const longest = { 4: 32, 6: 128 }[isIP(address)] ?? 0;
  const length = prefix === undefined ? longest : /^\d{1,3}$/.test(prefix) ? Number(prefix) : 0;
  if (namedNetworks.includes(value) || (more.length === 0 && length > 0 && length <= longest)) return value;
  throw new InvalidSetting(
    `must list addresses or networks such as 10.0.0.7 or 10.0.0.0/8, or ${namedNetworks.join(', ')}`,
  );
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

/** A list that is not set at all rather than empty. */
export function someOf<T>(parse: (item: string) => T) {
  return (value: string): T[] => {
    const items = list(parse)(value);
    if (items.length === 0) throw new InvalidSetting('must name at least one');
    return items;
  };
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

/** A secret that Meta gave out: there is none to make up. */
export function appSecret(value: string): string {
  if (Buffer.byteLength(value) < 8) {
    throw new InvalidSetting(
      'must be app secrets of at least 8 characters each: copy them from the Meta app dashboard, App settings, Basic',
    );
  }
  return value;
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

/** A duration within bounds, written as durations are. */
export function durationFrom(least: string, most: string) {
  return (value: string): number => {
    const given = duration(value);
    if (given < duration(least) || given > duration(most)) throw new InvalidSetting(`must be from ${least} to ${most}`);
    return given;
  };
}
