import fc from 'fast-check';
import { CsvReader, headOf } from './csv-reader';

async function readAll(bytes: Buffer, pieceSize: number, delimiter = ',') {
  const reader = new CsvReader(delimiter);
  const rows = [];
  let problem: Error | undefined;
  for (let at = 0; at < bytes.length && !problem; at += pieceSize) {
    const part = await reader.write(bytes.subarray(at, at + pieceSize));
    rows.push(...part.rows);
    problem = part.problem;
  }
  if (!problem) {
    const last = await reader.end();
    rows.push(...last.rows);
    problem = last.problem;
  }
  return { rows, problem };
}

const cellsOf = ({ rows }: Awaited<ReturnType<typeof readAll>>) => rows.map(({ cells }) => cells);

describe('a CSV', () => {
  const text = 'Ana,"x\r\ny"\r\nÉva,"say ""hi"""\r\n\r\nbad"quote,"ok"x\r\nlast,\r\n';

  it('is read with its quotes, the bad ones as they stand', async () => {
    const cells = cellsOf(await readAll(Buffer.from(text), 1000));
    expect(cells.slice(0, 2)).toEqual([
      ['Ana', 'x\r\ny'],
      ['Éva', 'say "hi"'],
    ]);
    expect(cells[2]![0]).toBe('bad"quote');
    expect(cells[3]).toEqual(['last', '']);
  });

  it('is read on from behind any row, in pieces of any size, with the same result', async () => {
    const row = fc.array(fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', '\n', '\r\n', '😀', ' ') }), {
      minLength: 2,
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 40 }),
        fc.nat(),
        async (rows, piece, at) => {
          const quoted = rows
            .map((cells) => `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`)
            .join('');
          const bytes = Buffer.from(quoted);
          const whole = await readAll(bytes, bytes.length);
          expect(cellsOf(whole)).toEqual(rows);
          const cut = at % rows.length;
          const rest = await readAll(bytes.subarray(whole.rows[cut]!.end), piece);
          expect(cellsOf(rest)).toEqual(rows.slice(cut + 1));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('with a quote that is never closed keeps what stands before, and says so', async () => {
    const { rows, problem } = await readAll(Buffer.from('1,2\n3,"open\n5,6\n'), 5);
    expect(rows.map(({ cells }) => cells)).toEqual([['1', '2']]);
    expect(problem!.message).toMatch(/never closed/);
  });

  it('with a cell that does not end keeps no more than a row in memory', async () => {
    const { rows, problem } = await readAll(Buffer.from(`1,2\n3,"${'x'.repeat(400_000)}\n5,6\n`), 65_536);
    expect(rows).toHaveLength(1);
    expect(problem!.message).toMatch(/longer than 256 KB/);
  });
});

describe('the head of a CSV', () => {
  it.each([
    ['Name,Phone\n1,2\n', ',', ['Name', 'Phone'], 11],
    ['\uFEFFName;Phone\r\n1,5;2\r\n', ';', ['Name', 'Phone'], 15],
    ['a\ta\t\n', '\t', ['a', 'a (2)', 'column 3'], 5],
    ['Phone', ',', ['Phone'], 5],
  ])('%j is told', async (text, delimiter, columns, bodyOffset) => {
    expect(await headOf(Buffer.from(text))).toMatchObject({ delimiter, columns, bodyOffset });
  });

  it.each([
    ['', /empty/],
    ['\n\n', /no header/],
    ['a\0b', /UTF-8/],
    [`${'x,'.repeat(600)}x\n`, /500 columns/],
    [`"${'x'.repeat(300_000)}`, /256 KB/],
  ])('of something else is refused', async (text, message) => {
    await expect(headOf(Buffer.from(text))).rejects.toThrow(message);
  });

  it('of UTF-16 is refused', async () => {
    await expect(headOf(Buffer.from('\uFEFFName,Phone', 'utf16le'))).rejects.toThrow(/UTF-8/);
  });
});
