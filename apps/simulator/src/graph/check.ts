import type { GraphError } from './errors';

export type Fields = Record<string, unknown>;

/** How a platform words the two complaints there are. */
export interface Complaints {
  missing(name: string): GraphError;
  wrong(name: string, rule: string): GraphError;
}

interface Length {
  min?: number;
  max: number;
  unit?: 'characters' | 'bytes';
}

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads what a client sent, and complains as the platform does. */
export class Check {
  constructor(private readonly complaints: Complaints) {}

  fields(value: unknown, name: string): Fields {
    if (isFields(value)) return value;
    throw this.#unfit(value, name, 'must be an object');
  }

  text(value: unknown, name: string, { min = 1, max, unit = 'characters' }: Length): string {
    if (typeof value !== 'string') throw this.#unfit(value, name, 'must be a string');
    const length = unit === 'bytes' ? Buffer.byteLength(value) : value.length;
    if (length < min) throw this.complaints.wrong(name, `must be at least ${min} ${unit} long`);
    if (length > max) throw this.complaints.wrong(name, `must be at most ${max} ${unit} long`);
    return value;
  }

  optionalText(value: unknown, name: string, length: Length): string | undefined {
    return value === undefined || value === null ? undefined : this.text(value, name, length);
  }

  list(value: unknown, name: string, { min = 1, max }: { min?: number; max: number }): unknown[] {
    if (!Array.isArray(value)) throw this.#unfit(value, name, 'must be an array');
    if (value.length < min) throw this.complaints.wrong(name, `must hold at least ${min}`);
    if (value.length > max) throw this.complaints.wrong(name, `must hold at most ${max}`);
    return value;
  }

  choice<T extends string>(value: unknown, name: string, choices: readonly T[]): T {
    const choice = choices.find((choice) => choice === value);
    if (choice !== undefined) return choice;
    throw this.#unfit(
      value,
      name,
      `must be one of {${choices.join(', ')}} - got ${JSON.stringify(value)?.slice(0, 100)}.`,
    );
  }

  number(value: unknown, name: string, { min, max }: { min: number; max: number }): number {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isFinite(number)) throw this.#unfit(value, name, 'must be a number');
    if (number < min || number > max) throw this.complaints.wrong(name, `must be from ${min} to ${max}`);
    return number;
  }

  url(value: unknown, name: string): string {
    const url = this.text(value, name, { max: 2_048 });
    if (/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : '')) return url;
    throw this.complaints.wrong(name, 'must be a valid URL');
  }

  distinct(values: readonly string[], name: string): void {
    if (new Set(values).size < values.length) throw this.complaints.wrong(name, 'must not repeat an id');
  }

  #unfit(value: unknown, name: string, rule: string): GraphError {
    return value === undefined || value === null ? this.complaints.missing(name) : this.complaints.wrong(name, rule);
  }
}
