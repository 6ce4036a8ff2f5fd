import type { Fields } from './check';
import { GraphError } from './errors';

/** One name of `?fields=`, as in `mentioned_comment.comment_id(17){text,timestamp}`. */
export interface FieldQuery {
  name: string;
  modifiers: Record<string, string>;
  fields: FieldQuery[] | undefined;
}

/** Reads the value of `fields`. Throws Meta's syntax error. */
export function parseFields(given: string): FieldQuery[] {
  const reader = new FieldReader(given.replace(/\s/g, ''));
  const fields = reader.list();
  if (!reader.ended) throw syntaxError(given);
  return fields;
}

class FieldReader {
  #at = 0;

  constructor(private readonly source: string) {}

  get ended(): boolean {
    return this.#at === this.source.length;
  }

  list(): FieldQuery[] {
    const fields = [this.#field()];
    while (this.#take(',')) fields.push(this.#field());
    return fields;
  }

  #field(): FieldQuery {
    const name = this.#word(/[\w]+/y);
    const modifiers: Record<string, string> = {};
    while (this.#take('.')) {
      const modifier = this.#word(/[\w]+/y);
      this.#expect('(');
      modifiers[modifier] = this.#word(/[^()]*/y);
      this.#expect(')');
    }
    let fields: FieldQuery[] | undefined;
    if (this.#take('{')) {
      fields = this.list();
      this.#expect('}');
    }
    return { name, modifiers, fields };
  }

  #word(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const word = pattern.exec(this.source)?.[0];
    if (word === undefined) throw syntaxError(this.source);
    this.#at += word.length;
    return word;
  }

  #take(character: string): boolean {
    if (this.source[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #expect(character: string): void {
    if (!this.#take(character)) throw syntaxError(this.source);
  }
}

const syntaxError = (source: string) =>
  GraphError.of(2500, { message: `Syntax error "Expected name or end of string." in fields: ${source.slice(0, 200)}` });

/** A value, or what makes one of a field's modifiers and sub-fields. */
export type Readable = Record<string, unknown | ((query: FieldQuery) => unknown)>;

/**
 * What `?fields=` asks of a node. `readable` names every field the node has; one whose value is undefined is left out,
 * one that is not named there is Meta's error. `id` always comes along.
 */
export function project(readable: Readable, fields: FieldQuery[], nodeType: string): Fields {
  const answer: Fields = {};
  for (const query of fields) {
    if (!Object.hasOwn(readable, query.name)) {
      const message = `Tried accessing nonexisting field (${query.name}) on node type (${nodeType})`;
      throw GraphError.of(100, { message });
    }
    const field = readable[query.name];
    const value = typeof field === 'function' ? field(query) : field;
    if (value !== undefined) answer[query.name] = value;
  }
  if (readable.id !== undefined) answer.id = readable.id;
  return answer;
}

/** The fields asked for, else those Meta gives by default. */
export const askedFields = (given: unknown, otherwise: string): FieldQuery[] =>
  parseFields(typeof given === 'string' && given.trim() !== '' ? given : otherwise);
