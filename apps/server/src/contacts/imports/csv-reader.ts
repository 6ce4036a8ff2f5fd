import { type Info, type Parser, parse } from 'csv-parse';

export interface CsvRow {
  cells: string[];
  /** Line on which it ends, counted from where reading began. */
  line: number;
  /** Byte behind it, likewise. */
  end: number;
}

/** The file cannot be read on; the message says where. */
export class CsvProblem extends Error {
  readonly code = 'csv';
}

/** More than any cell that means something; a quote that is never closed must not take the rest of the file into memory. */
const longestRow = 262_144;

/** Reads a CSV piece by piece: what a piece completes is there as soon as it was written. Stray quotes are taken as they stand. */
export class CsvReader {
  private readonly parser: Parser;
  private rows: CsvRow[] = [];
  private failure?: Error;

  constructor(delimiter: string, fromStart = false) {
    this.parser = parse({
      delimiter,
      bom: fromStart,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: longestRow,
      on_record: (cells: string[], { bytes, lines }: Info) => {
        this.rows.push({ cells, line: lines, end: bytes });
        // Kept here, not in the stream: what was read before an error is not lost with it.
        return null;
      },
    });
    this.parser.on('error', (error) => {
      this.failure = error;
    });
    this.parser.resume();
  }

  /** Rows that this piece completes. `problem`: what stands behind them cannot be read. */
  async write(piece: Buffer): Promise<{ rows: CsvRow[]; problem?: CsvProblem }> {
    await new Promise<void>((resolve) => this.parser.write(piece, () => resolve()));
    return this.taken();
  }

  async end(): Promise<{ rows: CsvRow[]; problem?: CsvProblem }> {
    await new Promise<void>((resolve) => {
      this.parser.once('close', () => resolve());
      this.parser.end();
    });
    return this.taken();
  }

  private taken(): { rows: CsvRow[]; problem?: CsvProblem } {
    const { rows, failure } = this;
    this.rows = [];
    return failure ? { rows, problem: new CsvProblem(reasonOf(failure)) } : { rows };
  }
}

function reasonOf(error: Error & { code?: string }): string {
  if (error.code === 'CSV_MAX_RECORD_SIZE')
    return `a row is longer than ${longestRow / 1024} KB: a quote is not closed, or the file is no table`;
  return error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'a quote is opened and never closed' : error.message;
}

const delimiters = [',', ';', '\t', '|'] as const;

export interface CsvHead {
  delimiter: string;
  columns: string[];
  /** Byte behind the header, and its line. */
  bodyOffset: number;
  bodyLine: number;
  /** The first rows. */
  sample: string[][];
}

/** The parser tells of a row when it has seen a little of what follows; empty lines are no rows. */
const lookahead = Buffer.from('\n'.repeat(64));
const mostColumns = 500;
const sampleRows = 5;
const longestName = 200;

/**
 * The header and first rows from the first piece of a file.
 * @throws CsvProblem
 */
export async function headOf(piece: Buffer): Promise<CsvHead> {
  if (piece.length === 0) throw new CsvProblem('the file is empty');
  if ((piece[0] === 0xff && piece[1] === 0xfe) || (piece[0] === 0xfe && piece[1] === 0xff) || piece.includes(0))
    throw new CsvProblem('the file is not UTF-8 text; save it as "CSV UTF-8"');
  const firstLine = piece
    .subarray(0, 65_536)
    .toString('utf8')
    .split(/\r?\n|\r/, 1)[0]!;
  const delimiter = delimiters.reduce((best, one) => (count(firstLine, one) > count(firstLine, best) ? one : best));
  const { rows, problem } = await new CsvReader(delimiter, true).write(Buffer.concat([piece, lookahead]));
  const [header, ...others] = rows;
  if (!header) throw problem ?? new CsvProblem('the file has no header');
  if (header.cells.length > mostColumns) throw new CsvProblem(`the file has more than ${mostColumns} columns`);
  return {
    delimiter,
    columns: unique(header.cells),
    bodyOffset: Math.min(header.end, piece.length),
    bodyLine: header.line,
    sample: others
      .slice(0, sampleRows)
      .map(({ cells }) => cells.map((cell) => cell.replaceAll('\0', '').slice(0, longestName))),
  };
}

const count = (text: string, character: string): number => text.split(character).length - 1;

/** Columns without a name get one, and those of the same name a number. */
function unique(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((given, at) => {
    const name = given.trim().slice(0, longestName) || `column ${at + 1}`;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}
