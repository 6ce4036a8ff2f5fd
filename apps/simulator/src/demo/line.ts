import type { EventEnvelope, Namespace } from '@switchboard/contracts';
import { type Paint, paintOf } from './paint';
import type { Words } from './wording';

const columns = { namespace: 9, type: 20, platform: 9 };
const gap = '  ';

/** A line for an event: time, namespace, type, platform, who, what, in at most `width` columns of a terminal. */
export function eventLine(
  paint: Paint,
  at: Date,
  namespace: Namespace,
  { type }: Pick<EventEnvelope, 'type'>,
  { platform, who, what }: Words,
  width = Number.POSITIVE_INFINITY,
): string {
  const time = at.toTimeString().slice(0, 8);
  const head = [
    time,
    namespace.padEnd(columns.namespace),
    type.padEnd(columns.type),
    platform.padEnd(columns.platform),
  ] as const;
  const room = width - head.join(gap).length - gap.length;
  const name = shorten(plain(who), room);
  const words = shorten(plain(what), room - (name === '' ? 0 : widthOf(name) + gap.length));
  const quiet = namespace === '/webhooks' || type === 'unread.changed';
  const said = quiet ? [paint.dim(name), paint.dim(words)] : [paint.bold(name), words];
  const columnsPainted = [paint.dim(head[0]), paint.dim(head[1]), paintOf(paint, type)(head[2]), paint.dim(head[3])];
  return [...columnsPainted, ...said.filter((part) => part !== '')].join(gap).trimEnd();
}

/** What comes from outside may hold anything; a terminal must not obey it. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

const graphemes = new Intl.Segmenter();
/** Emoji and the East Asian scripts take two columns. */
const wide = /\p{Extended_Pictographic}|\p{scx=Han}|\p{scx=Hira}|\p{scx=Kana}|\p{scx=Hang}/u;
const columnsOf = (grapheme: string): number => (wide.test(grapheme) ? 2 : 1);
const widthOf = (text: string): number =>
  [...graphemes.segment(text)].reduce((sum, { segment }) => sum + columnsOf(segment), 0);

/** The text, cut between characters so that it takes at most `width` columns. */
export function shorten(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let taken = '';
  let used = 1;
  for (const { segment } of graphemes.segment(text)) {
    used += columnsOf(segment);
    if (used > width) break;
    taken += segment;
  }
  return width < 1 ? '' : `${taken}…`;
}
