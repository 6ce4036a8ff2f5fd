/** Engine.IO 4 and Socket.IO 5 as they come over a WebSocket, taken apart as far as a measurement needs. */
export type Frame =
  | { kind: 'open' | 'ping' | 'other' }
  | { kind: 'connected' | 'disconnected'; namespace: string }
  | { kind: 'refused'; namespace: string; reason: string }
  /** `at`: where the event's argument begins in the text. */
  | { kind: 'event'; namespace: string; name: string; at: number };

export const pong = '3';

export function connectFrame(namespace: string, auth: object): string {
  return namespace === '/' ? `40${JSON.stringify(auth)}` : `40${namespace},${JSON.stringify(auth)}`;
}

export function readFrame(text: string): Frame {
  if (text[0] === '0') return { kind: 'open' };
  if (text[0] === '2') return { kind: 'ping' };
  if (text[0] !== '4') return { kind: 'other' };
  const comma = text[2] === '/' ? text.indexOf(',') : 1;
  const namespace = comma === 1 ? '/' : text.slice(2, comma < 0 ? undefined : comma);
  const rest = comma < 0 ? text.length : comma + 1;
  switch (text[1]) {
    case '0':
      return { kind: 'connected', namespace };
    case '1':
      return { kind: 'disconnected', namespace };
    case '4':
      return { kind: 'refused', namespace, reason: text.slice(rest) };
    case '2':
      return readEvent(text, namespace, rest);
    default:
      return { kind: 'other' };
  }
}

function readEvent(text: string, namespace: string, from: number): Frame {
  // In the root namespace the array follows the packet's type at once.
  const start = text.indexOf('["', namespace === '/' ? 2 : from) + 2;
  const end = text.indexOf('"', start);
  return { kind: 'event', namespace, name: text.slice(start, end), at: end + 2 };
}

const cursorKey = '"cursor":"';
const dataKey = '"data":';

/** The cursor of the envelope that begins at `at`; `undefined` on ephemeral events. */
export function cursorOf(text: string, at: number): string | undefined {
  const start = text.indexOf(cursorKey, at);
  if (start < 0) return undefined;
  const data = text.indexOf(dataKey, at);
  // What stands within `data` may be somebody else's cursor.
  if (data >= 0 && data < start) return (JSON.parse(text.slice(at, -1)) as { cursor?: string }).cursor;
  const from = start + cursorKey.length;
  return text.slice(from, text.indexOf('"', from));
}

/** What Socket.IO's recovery puts last in an event: a text. */
export function offsetOf(text: string): string {
  const end = text.lastIndexOf('"');
  return text.slice(text.lastIndexOf('"', end - 1) + 1, end);
}
