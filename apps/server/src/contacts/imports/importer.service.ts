import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { type ContactImportData, rooms } from '@switchboard/contracts';
import { Database, newId } from '@switchboard/database';
import { EventRecorder, type NewEvent } from '@switchboard/events';
import { Nudges, Sweeper } from '@switchboard/queue';
import { ContactAttributes } from '../attributes/attributes.service';
import { storable } from '../sql';
import { CsvReader, type CsvRow } from './csv-reader';
import { type BatchResult, ImportBatch, type RowNote } from './import-batch.service';
import { chunkBytes, ImportFiles } from './import-files.service';
import { type ImportProgress, ImportWorkRepository, type RowError } from './import-work.repository';
import { type ImportRow, ImportsRepository } from './imports.repository';
import { type ImportedContact, plain, RowProblem, RowReader } from './row-reader';

const rowsOfBatch = 1000;
const races = 5;
const sweepMs = 2000;
const retryable = ['40001', '40P01', '55P03'];

/** The lease has gone to another worker, or the import was deleted. */
class LeaseLost extends Error {}

/** A batch that was only tried. */
class DryRun extends Error {
  constructor(readonly result: BatchResult) {
    super();
  }
}

/** Takes files of contacts in, batch by batch: what a batch did and how far the file has been read are one transaction. */
@Injectable()
export class Importer implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(Importer.name);
  private stopping = false;

  constructor(
    private readonly database: Database,
    private readonly work: ImportWorkRepository,
    private readonly imports: ImportsRepository,
    private readonly files: ImportFiles,
    private readonly batch: ImportBatch,
    private readonly attributes: ContactAttributes,
    private readonly recorder: EventRecorder,
    private readonly nudges: Nudges,
    private readonly sweeper: Sweeper,
  ) {}

  onModuleInit(): void {
    this.sweeper.register({ name: 'contact-imports', everyMs: sweepMs, run: () => this.sweep() });
    this.sweeper.register({ name: 'contact-import-files', everyMs: 600_000, run: () => this.imports.prune() });
  }

  /** What runs ends after its batch; another worker goes on from there. */
  onModuleDestroy(): void {
    this.stopping = true;
  }

  /** Works on an import to its end, unless somebody else does. */
  async run(id: string): Promise<void> {
    const owner = newId();
    const row = await this.work.claim(id, owner);
    if (!row) return;
    try {
      await this.read(row, owner);
    } catch (error) {
      if (error instanceof LeaseLost) return;
      await this.work.release(id, owner);
      throw error;
    }
  }

  private async sweep(): Promise<number> {
    const waiting = await this.work.waiting();
    for (const id of waiting) this.nudges.contactImport(id);
    return waiting.length;
  }

  private async read(row: ImportRow, owner: string): Promise<void> {
    const columns = row.columns!.names;
    const reader = new RowReader(
      row.workspaceId,
      columns,
      row.options!,
      await this.attributes.definitions(row.workspaceId),
    );
    const csv = new CsvReader(row.delimiter!);
    const from = { offset: row.offset, line: row.line };
    let progress: ImportProgress = row;
    let pending: CsvRow[] = [];
    const take = async (rows: CsvRow[], all: boolean): Promise<void> => {
      pending = pending.concat(rows);
      while (pending.length >= rowsOfBatch || (all && pending.length > 0)) {
        const some = pending.slice(0, rowsOfBatch);
        pending = pending.slice(rowsOfBatch);
        progress = await this.takeIn(row, owner, reader, some, from, progress);
        if (this.stopping) throw new Stopped();
      }
    };
    try {
      for (let number = Math.floor(row.offset / chunkBytes); ; number += 1) {
        const chunk = await this.files.chunk(row.id, number);
        if (!chunk) break;
        const skipped = Math.max(0, row.offset - number * chunkBytes);
        const { rows, problem } = await csv.write(chunk.subarray(skipped));
        await take(rows, problem !== undefined);
        if (problem) return await this.end(row, owner, progress, 'failed', after(progress, problem.message));
      }
      const { rows, problem } = await csv.end();
      await take(rows, true);
      if (problem) return await this.end(row, owner, progress, 'failed', after(progress, problem.message));
      await this.end(row, owner, progress, row.dryRun ? 'checked' : 'completed', null);
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      await this.work.release(row.id, owner);
    }
  }

  private async takeIn(
    row: ImportRow,
    owner: string,
    reader: RowReader,
    rows: readonly CsvRow[],
    from: { offset: number; line: number },
    before: ImportProgress,
  ): Promise<ImportProgress> {
    const contacts: ImportedContact[] = [];
    const errors: RowError[] = [];
    const cellsAt = new Map(rows.map(({ line, cells }) => [from.line + line, cells]));
    for (const [line, cells] of cellsAt) {
      try {
        contacts.push(reader.read(cells, line));
      } catch (error) {
        if (!(error instanceof RowProblem)) throw error;
        errors.push({ line, message: error.message, record: cells });
      }
    }
    return this.retry(async () => {
      if (!(await this.work.hold(row.id, owner))) throw new LeaseLost();
      const result = await this.apply(row, contacts);
      const duplicates = await this.keepRows(row, result, cellsAt);
      const withRecord = (one: RowNote): RowError => ({ ...one, record: cellsAt.get(one.line)! });
      const failed = [...errors, ...result.torn.map(withRecord)];
      await this.work.keepErrors(row.workspaceId, row.id, [
        ...failed,
        ...noted([...result.optOutsKept, ...duplicates]).map(withRecord),
      ]);
      const progress: ImportProgress = {
        offset: from.offset + rows.at(-1)!.end,
        line: from.line + rows.at(-1)!.line,
        rows: before.rows + rows.length,
        created: before.created + result.created,
        updated: before.updated + result.updated,
        unchanged: before.unchanged + result.unchanged,
        failed: before.failed + failed.length,
        optOutsKept: before.optOutsKept + result.optOutsKept.length,
        duplicates: before.duplicates + duplicates.length,
      };
      const { tell } = await this.work.advance(row.id, progress);
      const told: NewEvent[] = tell ? [event(row, 'contact.import_progressed', dataOf(row, progress))] : [];
      await this.recorder.record(told);
      return progress;
    });
  }

  /** For campaigns. @returns the rows of people who have one in the file before */
  private async keepRows(
    { id, workspaceId, options, dryRun, columns }: ImportRow,
    { taken }: BatchResult,
    cellsAt: ReadonlyMap<number, string[]>,
  ): Promise<RowNote[]> {
    if (!options!.keepRows || dryRun || taken.length === 0) return [];
    const recordOf = (line: number) => {
      const cells = cellsAt.get(line)!.map((cell) => plain(storable(cell).toWellFormed()).trim());
      return JSON.stringify(
        Object.fromEntries(columns!.names.flatMap((name, at) => (cells[at] ? [[name, cells[at]]] : []))),
      );
    };
    const rows = taken.map((one) => ({ ...one, record: recordOf(one.line) }));
    const kept = await this.work.keepRows(workspaceId, id, rows);
    return taken.filter(({ line }) => !kept.has(line)).map(({ line }) => ({ line, message: duplicate }));
  }

  /** A dry run does all of it and takes it back. */
  private async apply(row: ImportRow, contacts: readonly ImportedContact[]): Promise<BatchResult> {
    const consent = { channelId: row.options!.channelId, at: row.createdAt, detail: row.fileName };
    const apply = () => this.batch.apply(row.workspaceId, contacts, consent);
    if (!row.dryRun) return apply();
    try {
      return await this.database.transaction(async () => {
        throw new DryRun(await apply());
      });
    } catch (error) {
      if (!(error instanceof DryRun)) throw error;
      return error.result;
    }
  }

  private async end(
    row: ImportRow,
    owner: string,
    progress: ImportProgress,
    state: 'checked' | 'completed' | 'failed',
    reason: string | null,
  ): Promise<void> {
    await this.database.transaction(async () => {
      if (!(await this.work.hold(row.id, owner))) throw new LeaseLost();
      await this.work.finish(row.id, state, reason);
      const data = { ...dataOf(row, progress), ...(state === 'failed' ? {} : { progress: 1 }), state, reason };
      await this.recorder.record([event(row, 'contact.import_completed', data)]);
    });
    this.logger.log(`Import ${row.id} of contacts is ${state}: ${progress.rows} rows, ${progress.failed} refused.`);
  }

  private async retry<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.database.transaction(work);
      } catch (error) {
        const { code, transient } = error as { code?: string; transient?: boolean };
        if (attempt >= races || !(transient || retryable.includes(code ?? ''))) throw error;
      }
    }
  }
}

const duplicate =
  'The contact of this row stands in the file before; campaigns take their first row. It was taken in otherwise.';

/** One note a row. */
function noted(notes: readonly RowNote[]): RowNote[] {
  const byLine = new Map<number, string>();
  for (const { line, message } of notes) byLine.set(line, [byLine.get(line), message].filter(Boolean).join(' '));
  return [...byLine].map(([line, message]) => ({ line, message }));
}

/** The process stops: what is done is kept, and the rest is another worker's. */
class Stopped extends Error {}

const after = ({ line }: ImportProgress, message: string): string =>
  `After line ${line}: ${message}. The rows before were taken in; correct the file and upload it again.`;

function dataOf(row: ImportRow, progress: ImportProgress): ContactImportData {
  const { rows, created, updated, unchanged, failed, optOutsKept, offset } = progress;
  const share = row.bytes === 0 ? 1 : Math.round((offset / row.bytes) * 1000) / 1000;
  return {
    importId: row.id,
    fileName: row.fileName,
    dryRun: row.dryRun,
    rows,
    created,
    updated,
    unchanged,
    failed,
    optOutsKept,
    progress: share,
  };
}

function event<T extends 'contact.import_progressed' | 'contact.import_completed'>(
  { workspaceId }: ImportRow,
  type: T,
  data: Extract<NewEvent, { type: T }>['data'],
): NewEvent {
  return { type, workspaceId, audience: [rooms.workspace(workspaceId)], data } as NewEvent;
}
