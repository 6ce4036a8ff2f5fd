import type { RowResult, Target } from '../rows/row';
import { spreadOf } from './statistics';

/** The results as Markdown, medians with the range over the rounds. */
export function tableOf(results: readonly RowResult[]): string {
  return results
    .map(
      (result) =>
        result.summary ?? [figuresOf(result), ...(result.targets.length > 0 ? [targetsOf(result)] : [])].join('\n\n'),
    )
    .join('\n\n');
}

export function isMet({ values, atLeast, atMost }: Target): boolean {
  const { median } = spreadOf(values);
  return (atLeast === undefined || median >= atLeast) && (atMost === undefined || median <= atMost);
}

function figuresOf({ row, title, figures }: RowResult): string {
  return markdown(
    [`Row ${row}: ${title}`, 'figure', 'median', 'range'],
    figures.map(({ system, what, values }) => [system, what, ...spreadInWords(values)]),
  );
}

function targetsOf({ row, targets }: RowResult): string {
  return markdown(
    [`Row ${row}: target`, 'asked', 'median', 'range', 'met'],
    targets.map((target) => {
      const asked = boundOf(target);
      return [target.what, asked ?? '–', ...spreadInWords(target.values), !asked ? '–' : isMet(target) ? 'yes' : 'NO'];
    }),
  );
}

function boundOf({ atLeast, atMost }: Target): string | undefined {
  if (atLeast !== undefined) return `≥ ${atLeast}`;
  return atMost === undefined ? undefined : `≤ ${atMost}`;
}

function spreadInWords(values: number[]): [string, string] {
  const { median, min, max } = spreadOf(values);
  return [round(median), `${round(min)} – ${round(max)}`];
}

/** Three digits at least, none that mean nothing. */
export function round(value: number): string {
  if (Number.isNaN(value)) return '–';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

export function markdown(head: string[], rows: string[][]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)));
  const line = (cells: string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
