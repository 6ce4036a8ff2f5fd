type Brush = (text: string) => string;

/** Colours, or none: where they would not be seen, or are not wanted (NO_COLOR). */
export type Paint = Record<'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan', Brush>;

const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34, magenta: 35, cyan: 36 } as const;

export function paints(colours: boolean): Paint {
  const brushes = Object.entries(codes).map(([name, code]): [string, Brush] => [
    name,
    (text) => (colours && text !== '' ? `\u001b[${code}m${text}\u001b[${code < 10 ? 22 : 39}m` : text),
  ]);
  return Object.fromEntries(brushes) as Paint;
}

/** The colour of an event: what came in, what went out, how far it is, what went wrong. */
export function paintOf(paint: Paint, type: string): Brush {
  if (type.endsWith('.failed') || type.endsWith('.quarantined')) return paint.red;
  if (type === 'message.received' || type.endsWith('.created')) return paint.green;
  if (type === 'message.sent') return paint.cyan;
  if (type === 'message.delivered' || type === 'message.read') return paint.blue;
  if (type === 'webhook.received' || type === 'unread.changed') return paint.dim;
  return paint.magenta;
}
