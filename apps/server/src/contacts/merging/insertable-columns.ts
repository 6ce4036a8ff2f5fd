import type { Database } from '@switchboard/database';

/** The columns of a table that a row put back has values for: all but generated ones. The catalogue's names, quoted. */
export async function insertableColumns(database: Database, table: 'contacts' | 'conversations'): Promise<string> {
  const { rows } = await database.query<{ columns: string }>(
    `select string_agg(quote_ident(attname), ', ' order by attnum) as columns from pg_attribute
      where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [table],
  );
  return rows[0]!.columns;
}
