import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import { columnsOf } from '../sql';
import type { ImportCounts, ImportRow } from './imports.repository';

export interface RowError {
  line: number;
  message: string;
  record: string[];
}

export interface ImportProgress extends ImportCounts {
  offset: number;
  line: number;
}

/** A file that no worker has held for so long is taken by another, seconds. */
const leaseSeconds = 20;

const columns = `id, workspace_id as "workspaceId", file_name as "fileName", bytes, state, reason, delimiter, columns, sample, options,
  dry_run as "dryRun", byte_offset as "offset", line, rows, created, updated, unchanged, failed, opt_outs_kept as "optOutsKept", duplicates,
  created_by as "createdBy", created_at as "createdAt", started_at as "startedAt", finished_at as "finishedAt"`;

/** What workers do to imports. A worker writes only while it holds the lease. */
@Injectable()
export class ImportWorkRepository {
  constructor(private readonly database: Database) {}

  /** Imports that run and that nobody works on. Served by contact_imports_state. */
  async waiting(): Promise<string[]> {
    const { rows } = await this.database.query<{ id: string }>(
      `select id from contact_imports where state = 'running' and (lease_until is null or lease_until < now()) order by id limit 20`,
    );
    return rows.map(({ id }) => id);
  }

  async claim(id: string, owner: string): Promise<ImportRow | undefined> {
    const { rows } = await this.database.query<ImportRow>(
      `update contact_imports set lease_owner = $2, lease_until = now() + ${leaseSeconds} * interval '1 second'
        where id = $1 and state = 'running' and (lease_until is null or lease_until < now()) returning ${columns}`,
      [id, owner],
    );
    return rows[0];
  }

  async release(id: string, owner: string): Promise<void> {
    await this.database.query(
      `update contact_imports set lease_owner = null, lease_until = null where id = $1 and lease_owner = $2`,
      [id, owner],
    );
  }

  /** Locks the import against another worker until the transaction ends. False where the lease is another's, or the import was deleted. */
  async hold(id: string, owner: string): Promise<boolean> {
    const { rows } = await this.database.query(
      `select 1 from contact_imports where id = $1 and lease_owner = $2 and state = 'running' for update`,
      [id, owner],
    );
    return rows.length > 0;
  }

  /** `tell`: progress has not been told for a second. */
  async advance(id: string, progress: ImportProgress): Promise<{ tell: boolean }> {
    const { rows } = await this.database.query<{ tell: boolean }>(
      `with due as (select coalesce(told_at < now() - interval '1 second', true) as tell from contact_imports where id = $1)
       update contact_imports i set byte_offset = $2, line = $3, rows = $4, created = $5, updated = $6, unchanged = $7, failed = $8,
         opt_outs_kept = $9, lease_until = now() + ${leaseSeconds} * interval '1 second', told_at = case when d.tell then now() else i.told_at end,
         duplicates = $10
         from due d where i.id = $1 returning d.tell`,
      [
        id,
        progress.offset,
        progress.line,
        progress.rows,
        progress.created,
        progress.updated,
        progress.unchanged,
        progress.failed,
        progress.optOutsKept,
        progress.duplicates,
      ],
    );
    return { tell: rows[0]?.tell ?? false };
  }

  /** @returns the lines that were kept; of a contact who has one in the file before, none is */
  async keepRows(
    workspaceId: string,
    id: string,
    rows: readonly { line: number; contactId: string; record: string }[],
  ): Promise<Set<number>> {
    const { rows: kept } = await this.database.query<{ line: number }>({
      name: 'import-keep-rows',
      text: `
        insert into contact_import_rows (import_id, contact_id, workspace_id, line, record)
        select $1, contact_id, $2, line, record::jsonb from (
          select distinct on (contact_id) * from unnest($3::int[], $4::uuid[], $5::text[]) as n(line, contact_id, record)
           order by contact_id, line) n
        on conflict do nothing returning line`,
      values: [id, workspaceId, ...columnsOf(rows, 'line', 'contactId', 'record')],
    });
    return new Set(kept.map(({ line }) => line));
  }

  async keepErrors(workspaceId: string, id: string, errors: readonly RowError[]): Promise<void> {
    if (errors.length === 0) return;
    await this.database.query(
      `insert into contact_import_errors (import_id, workspace_id, line, message, record)
       select $1, $2, line, message, array(select jsonb_array_elements_text(record::jsonb))
         from unnest($3::int[], $4::text[], $5::text[]) as n(line, message, record)
       on conflict do nothing`,
      [
        id,
        workspaceId,
        ...columnsOf(errors, 'line', 'message'),
        // NUL has no place in PostgreSQL's text.
        errors.map(({ record }) =>
          JSON.stringify(record.map((cell) => cell.replaceAll('\0', '\u2400').toWellFormed())),
        ),
      ],
    );
  }

  /** A file that was taken in is deleted; after a dry run, or where it could not be read, it waits for another start. */
  async finish(id: string, state: 'checked' | 'completed' | 'failed', reason: string | null): Promise<void> {
    await this.database.query(
      `update contact_imports set state = $2, reason = $3, finished_at = now(), lease_owner = null, lease_until = null,
         sample = case when $2 = 'completed' then null else sample end where id = $1`,
      [id, state, reason],
    );
    if (state === 'completed')
      await this.database.query(`delete from contact_import_chunks where import_id = $1`, [id]);
  }
}
