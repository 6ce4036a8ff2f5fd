/** Why content is refused; `field` is its place, as `buttons[0].title`. */
export interface ContentProblem {
  field: string;
  rule: ContentRule;
  /** One sentence that names the field, the limit and what was given. */
  message: string;
}

export type ContentRule =
  | 'kind'
  | 'required'
  | 'unknown_field'
  | 'type'
  | 'too_long'
  | 'too_many'
  | 'too_few'
  | 'range'
  | 'choice'
  | 'format'
  | 'unique'
  | 'combination'
  | 'encoding'
  | 'media_type'
  | 'media_size'
  | 'template';

const mostTold = 50;

/** Gathers problems; whoever sends a thousand faults is told of the first fifty. */
export class Problems {
  readonly list: ContentProblem[] = [];

  get full(): boolean {
    return this.list.length >= mostTold;
  }

  add(field: string, rule: ContentRule, message: string): void {
    if (!this.full) this.list.push({ field, rule, message });
  }
}

export function member(field: string, name: string): string {
  return field === '' ? name : `${field}.${name}`;
}

/** How a value of the wrong type is called in a message. */
export function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (value === undefined) return 'nothing';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** What came from outside and is repeated in a message: short, and fit to be stored and logged. */
export function quoted(text: string): string {
  const short = [...text.slice(0, 80)].slice(0, 40).join('');
  const told = short.toWellFormed().replace(/\p{Cc}/gu, ' ');
  return `"${short.length < text.length ? `${told}…` : told}"`;
}

export function oneOf(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

export function allOf(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
