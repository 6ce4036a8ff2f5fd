import type { MediaSource } from './content';

type Wire = Record<string, unknown>;

/** Leaves out what is not given, so that a body reads as it is sent. */
export function compact(object: Wire): Wire {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

/** As WhatsApp takes a file; an id wins. */
export function fileOf({ id, link }: MediaSource): Wire {
  return id === undefined ? { link } : { id };
}

/** Deep copy with the names of members as Meta spells them; for objects whose members are all ours. */
export function snakeCased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snakeCased);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [snake(name), snakeCased(member)]));
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
