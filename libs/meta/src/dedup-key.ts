import { createHash } from 'node:crypto';
import { asObject, type JsonObject } from './reading';

/** A UTF-16 unit takes at most three bytes, so a key of this length stays under 64 KB. */
const longestKey = 16_000;

/** `:` parts a key, `%` escapes; PostgreSQL's text holds no NUL, and UTF-8 makes all lone surrogates one. */
const escaped = /[%:\p{Cc}\p{Cs}]/u;
const allEscaped = /[%:\p{Cc}\p{Cs}]/gu;

/** A key of a kind and the parts that make the fact unique; no two lists of parts make the same key. */
export function dedupKey(kind: string, ...parts: (string | number | undefined)[]): string {
  let key = kind;
  for (const part of parts) key += `:${typeof part === 'string' ? escapePart(part) : (part ?? '')}`;
  return key.length > longestKey ? hashKey(key) : key;
}

/** The key of a fact that has no id of its own: the SHA-256 of its canonical JSON. */
export function contentKey(...content: unknown[]): string {
  return hashKey(canonicalJson(content));
}

export function hashKey(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** JSON with sorted member names, so that the same fact reads the same. Without recursion: a body may nest without end. */
export function canonicalJson(value: unknown): string {
  let json = '';
  const pending: (string | { value: unknown })[] = [{ value }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next === 'string') json += next;
    else if (Array.isArray(next.value)) pushElements(pending, next.value);
    else json += pushMembers(pending, asObject(next.value)) ?? primitive(next.value);
  }
  return json;
}

function pushElements(pending: (string | { value: unknown })[], elements: readonly unknown[]): void {
  pending.push(']');
  for (let index = elements.length - 1; index >= 0; index--) {
    pending.push({ value: elements[index] }, index === 0 ? '' : ',');
  }
  pending.push('[');
}

function pushMembers(pending: (string | { value: unknown })[], object: JsonObject | undefined): string | undefined {
  if (object === undefined) return undefined;
  pending.push('}');
  const names = Object.keys(object)
    .filter((name) => object[name] !== undefined)
    .sort();
  for (let index = names.length - 1; index >= 0; index--) {
    const name = names[index]!;
    pending.push({ value: object[name] }, `${index === 0 ? '' : ','}${JSON.stringify(name)}:`);
  }
  return '{';
}

/** `1e400` parses to Infinity, which JSON.stringify would make null. */
function primitive(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

function escapePart(part: string): string {
  if (!escaped.test(part)) return part;
  return part.replace(allEscaped, (character) => {
    const code = character.charCodeAt(0).toString(16);
    return code.length > 2 ? `%u${code}` : `%${code.padStart(2, '0')}`;
  });
}
