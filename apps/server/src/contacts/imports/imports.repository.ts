import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import type { ImportOptions } from './row-reader';

export type ImportState = 'uploading' | 'uploaded' | 'running' | 'checked' | 'completed' | 'failed';

export interface ImportColumns {
  names: string[];
  /** Byte and line at which the rows begin. */
  bodyOffset: number;
  bodyLine: number;
}

export interface ImportCounts {
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  failed: number;
  /** Rows taken in but for their opt-in: the contact has opted out. */
  optOutsKept: number;
  /** Rows of somebody who stands in the file before, where rows are kept. */
  duplicates: number;
}

export interface ImportRow extends ImportCounts {
  id: string;
  workspaceId: string;
  fileName: string;
  bytes: number;
  state: ImportState;
  reason: string | null;
  delimiter: string | null;
  columns: ImportColumns | null;
  sample: string[][] | null;
  options: ImportOptions | null;
  dryRun: boolean;
  offset: number;
  line: number;
  createdBy: string;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
}

const columns = `id, workspace_id as "workspaceId", file_name as "fileName", bytes, state, reason, delimiter, columns, sample, options,
  dry_run as "dryRun", byte_offset as "offset", line, rows, created, updated, unchanged, failed, opt_outs_kept as "optOutsKept", duplicates,
  created_by as "createdBy", created_at as "createdAt", started_at as "startedAt", finished_at as "finishedAt"`;

/** What the rows that are kept of a file say of contacts, be it as another whom they have been merged with. */
export interface KeptRow {
  contactId: string;
  record: Record<string, string>;
}

/** Imports, as REST shows and changes them. */
@Injectable()
export class ImportsRepository {
  constructor(private readonly database: Database) {}

  /** Newest first. Served by contact_imports_workspace. */
  async list(workspaceId: string, before: string | undefined, limit: number): Promise<ImportRow[]> {
    const { rows } = await this.database.query<ImportRow>(
      `select ${columns} from contact_imports
        where workspace_id = $1 and state <> 'uploading' and ($2::uuid is null or id < $2) order by id desc limit $3`,
      [workspaceId, before ?? null, limit],
    );
    return rows;
  }

  async find(workspaceId: string, id: string): Promise<ImportRow | undefined> {
    const { rows } = await this.database.query<ImportRow>(
      `select ${columns} from contact_imports where workspace_id = $1 and id = $2 and state <> 'uploading'`,
      [workspaceId, id],
    );
    return rows[0];
  }

  async begin(workspaceId: string, id: string, fileName: string, createdBy: string): Promise<void> {
    await this.database.query(
      `insert into contact_imports (id, workspace_id, file_name, bytes, state, created_by) values ($1, $2, $3, 0, 'uploading', $4)`,
      [id, workspaceId, fileName, createdBy],
    );
  }

  async uploaded(
    workspaceId: string,
    id: string,
    file: { bytes: number; delimiter: string; columns: ImportColumns; sample: string[][] },
  ): Promise<void> {
    await this.database.query(
      `update contact_imports set state = 'uploaded', bytes = $3, delimiter = $4, columns = $5::jsonb, sample = $6::json
        where workspace_id = $1 and id = $2 and state = 'uploading'`,
      [workspaceId, id, file.bytes, file.delimiter, JSON.stringify(file.columns), JSON.stringify(file.sample)],
    );
  }

  /** From the first row on, with nothing counted. False where it runs, has completed or is not there. */
  async start(workspaceId: string, id: string, options: ImportOptions, dryRun: boolean): Promise<boolean> {
    const { rows } = await this.database.query(
      `with started as (
         update contact_imports set state = 'running', reason = null, options = $3::jsonb, dry_run = $4,
           byte_offset = (columns ->> 'bodyOffset')::bigint, line = (columns ->> 'bodyLine')::int, rows = 0, created = 0, updated = 0,
           unchanged = 0, failed = 0, opt_outs_kept = 0, duplicates = 0, lease_owner = null, lease_until = null, started_at = now(), finished_at = null, told_at = null
          where workspace_id = $1 and id = $2 and state in ('uploaded', 'checked', 'failed') returning id
       ), errors as (
         delete from contact_import_errors e using started s where e.import_id = s.id
       ), kept as (
         delete from contact_import_rows k using started s where k.import_id = s.id
       )
       select 1 from started`,
      [workspaceId, id, JSON.stringify(options), dryRun],
    );
    return rows.length > 0;
  }

  /** With its file and errors. One that runs stops at its next batch: its lease is gone. */
  async delete(workspaceId: string, id: string): Promise<boolean> {
    const { rows } = await this.database.query<{ gone: number }>(
      `with gone as (delete from contact_imports where workspace_id = $1 and id = $2 returning id),
            chunks as (delete from contact_import_chunks c using gone g where c.import_id = g.id),
            errors as (delete from contact_import_errors e using gone g where e.import_id = g.id),
            kept as (delete from contact_import_rows k using gone g where k.import_id = g.id)
       select count(*)::int as gone from gone`,
      [workspaceId, id],
    );
    return rows[0]!.gone > 0;
  }

  async keepChunk(id: string, number: number, body: Buffer): Promise<void> {
    await this.database.query(`insert into contact_import_chunks (import_id, number, body) values ($1, $2, $3)`, [
      id,
      number,
      body,
    ]);
  }

  /** Served by the primary key and contact_merges_contact. */
  async keptRows(workspaceId: string, id: string, contactIds: readonly string[]): Promise<KeptRow[]> {
    const { rows } = await this.database.query<KeptRow>(
      `select n.id as "contactId", k.record from unnest($3::uuid[]) as n(id)
        cross join lateral (
          select k.record from contact_import_rows k
           where k.workspace_id = $1 and k.import_id = $2 and (k.contact_id = n.id or k.contact_id in (
             select m.merged_contact_id from contact_merges m where m.contact_id = n.id and m.undone_at is null))
           order by k.line limit 1) k`,
      [workspaceId, id, contactIds],
    );
    return rows;
  }

  async chunk(id: string, number: number): Promise<Buffer | undefined> {
    const { rows } = await this.database.query<{ body: Buffer }>(
      `select body from contact_import_chunks where import_id = $1 and number = $2`,
      [id, number],
    );
    return rows[0] && Buffer.from(rows[0].body);
  }

  /** In the order of the file, after a line. */
  async errors(
    workspaceId: string,
    id: string,
    after: number,
    limit: number,
  ): Promise<{ line: number; message: string; record: string[] }[]> {
    const { rows } = await this.database.query(
      `select line, message, record from contact_import_errors
        where import_id = $2 and workspace_id = $1 and line > $3 order by line limit $4`,
      [workspaceId, id, after, limit],
    );
    return rows;
  }

  /** Uploads that broke off, files nobody came back for, and reports of long ago. */
  async prune(): Promise<number> {
    const { rows } = await this.database.query<{ gone: number }>(
      `with gone as (
         delete from contact_imports where id in (
           select id from contact_imports
            where (state = 'uploading' and created_at < now() - interval '1 hour')
               or (state in ('uploaded', 'checked', 'failed') and created_at < now() - interval '7 days')
               or (state = 'completed' and created_at < now() - interval '30 days') order by id limit 100)
         returning id
       ), chunks as (delete from contact_import_chunks c using gone g where c.import_id = g.id),
          errors as (delete from contact_import_errors e using gone g where e.import_id = g.id),
          kept as (delete from contact_import_rows k using gone g where k.import_id = g.id)
       select count(*)::int as gone from gone`,
    );
    return rows[0]!.gone;
  }
}
