import type { PositionedBatch, StoredEvent } from './stored-event';

type Header = (Omit<PositionedBatch, 'events'> & { events: (Omit<StoredEvent, 'data'> & { length: number })[] })[];

/** Batches as text: a line of JSON that tells all but the events' data, then the data of all, as they are. */
export function encodeBatches(batches: readonly PositionedBatch[]): string {
  let texts = '';
  const header = batches.map(({ events, ...batch }) => ({
    ...batch,
    events: events.map(({ data, ...event }) => {
      texts += data;
      return { ...event, length: data.length };
    }),
  })) satisfies Header;
  return `${JSON.stringify(header)}\n${texts}`;
}

/** @throws SyntaxError */
export function decodeBatches(text: string): PositionedBatch[] {
  // Written as JSON, the header holds no line break.
  let at = text.indexOf('\n') + 1;
  const header = JSON.parse(text.slice(0, at)) as Header;
  return header.map(({ events, ...batch }) => ({
    ...batch,
    events: events.map(({ length, ...event }) => {
      const data = text.slice(at, at + length);
      at += length;
      return { ...event, data };
    }),
  }));
}
