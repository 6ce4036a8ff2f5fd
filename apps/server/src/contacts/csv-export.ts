import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import { stringify } from 'csv-stringify/sync';

/**
 * A table as a download, page by page. A cell that a spreadsheet would run as a formula (it begins with = + - @ tab or CR) has a quote put
 * before it.
 */
export function csvDownload(
  fileName: string,
  columns: readonly string[],
  pages: AsyncIterable<string[][]>,
): StreamableFile {
  const text = (rows: readonly (readonly string[])[]) => stringify(rows as string[][], { escape_formulas: true });
  async function* bytes() {
    // So that a spreadsheet takes it for UTF-8.
    yield `\uFEFF${text([columns])}`;
    for await (const page of pages) yield text(page);
  }
  return new StreamableFile(Readable.from(bytes()), {
    type: 'text/csv; charset=utf-8',
    disposition: `attachment; filename="${fileName}"`,
  });
}
