/** Columns of `rows` as the arrays that `unnest` takes: one statement for a whole batch. */
export const columnsOf = <T>(rows: readonly T[], ...keys: (keyof T)[]): unknown[][] =>
  keys.map((key) => rows.map((row) => row[key]));

/** The values of a statement that is put together from parts, each by its placeholder: no value is ever part of the text. */
export class Parameters {
  readonly values: unknown[] = [];

  /** The placeholder of a value, with its type. */
  add(
    value: unknown,
    type: 'uuid' | 'uuid[]' | 'text' | 'text[]' | 'jsonb' | 'numeric' | 'timestamptz' | 'int',
  ): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }
}

/** PostgreSQL's text takes no NUL. */
export const storable = (text: string): string => text.replaceAll('\0', '');
