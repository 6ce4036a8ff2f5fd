/** What Engine.IO 6 keeps of a packet until it is sent. */
interface Packet {
  readonly type: string;
  readonly data?: unknown;
  /** The WebSocket frame of a packet that goes to many, made once: its header, then what it holds. */
  readonly options?: { readonly wsPreEncodedFrame?: readonly Buffer[] };
}

/** The parts of an Engine.IO connection that are not typed as public. */
interface FlushingConnection {
  flush(): void;
  readonly transport?: {
    readonly name: string;
    readonly writable: boolean;
    readonly socket?: { readonly _socket?: { cork(): void; uncork(): void } | null };
  };
  writeBuffer: Packet[];
  flushIsDue?: boolean;
}

/** More than this is not copied to be in one piece. */
const longestPiece = 64 * 1024;
const text = 0x81;

const due: FlushingConnection[] = [];

/**
 * Lets what is sent to a connection within one turn of the event loop leave in one write, of one piece of memory where it is small.
 * Engine.IO writes each packet by itself, and each as a header and what it holds; one webhook makes two or three events for the same
 * client: the writes were a fifth of the CPU under load (measured). What goes to many is put together once for all of them.
 */
export function writeTogether(connection: unknown): void {
  (connection as FlushingConnection).flush = flushLater;
}

function flushLater(this: FlushingConnection): void {
  if (this.flushIsDue) return;
  this.flushIsDue = true;
  if (due.push(this) === 1) process.nextTick(flushDue);
}

function flushDue(): void {
  const pieces = new Pieces();
  for (const connection of due.splice(0)) {
    connection.flushIsDue = false;
    const { transport, writeBuffer } = connection;
    const flush = (Object.getPrototypeOf(connection) as FlushingConnection).flush;
    if (transport?.name !== 'websocket' || !transport.writable || writeBuffer.length === 0) {
      flush.call(connection);
      continue;
    }
    const piece = pieces.of(writeBuffer);
    if (piece) {
      connection.writeBuffer = [piece];
      flush.call(connection);
      continue;
    }
    // Read before the flush: a transport that fails in it forgets its socket, and what was corked must be uncorked.
    const network = transport.socket?._socket;
    network?.cork();
    try {
      flush.call(connection);
    } finally {
      network?.uncork();
    }
  }
}

/** Packets in one piece of memory, as WebSocket frames. */
class Pieces {
  private frames: readonly (readonly Buffer[])[] = [];
  private shared: Packet | undefined;

  /** One packet in place of these; `undefined` where one of them is no text, or all are too long to be copied. */
  of(packets: readonly Packet[]): Packet | undefined {
    const frames: (readonly Buffer[])[] = [];
    let length = 0;
    let forMany = true;
    for (const packet of packets) {
      const frame = frameOf(packet);
      if (!frame) return undefined;
      frames.push(frame);
      forMany &&= packet.options?.wsPreEncodedFrame !== undefined;
      for (const part of frame) length += part.length;
    }
    if (length > longestPiece) return undefined;
    if (!forMany) return inOnePiece(frames, length);
    // The last to be asked for were mostly sent the same.
    if (!this.shared || !same(frames, this.frames)) {
      this.shared = inOnePiece(frames, length);
      this.frames = frames;
    }
    return this.shared;
  }
}

function inOnePiece(frames: readonly (readonly Buffer[])[], length: number): Packet {
  const piece = frames.length === 1 && frames[0]!.length === 1 ? frames[0]![0]! : Buffer.concat(frames.flat(), length);
  return { type: 'message', options: { wsPreEncodedFrame: [piece] } };
}

const same = (some: readonly unknown[], others: readonly unknown[]): boolean =>
  some.length === others.length && some.every((one, at) => one === others[at]);

function frameOf({ type, data, options }: Packet): readonly Buffer[] | undefined {
  if (options?.wsPreEncodedFrame) return options.wsPreEncodedFrame;
  if (type === 'message') return typeof data === 'string' ? [frame('4', data)] : undefined;
  return type === 'ping' && data === undefined ? ping : undefined;
}

/** A packet of Engine.IO as a frame of its own (RFC 6455, section 5.2): whole, of text, and from a server, so not masked. */
function frame(type: string, content: string): Buffer {
  const length = Buffer.byteLength(content) + 1;
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const made = Buffer.allocUnsafe(head + length);
  made[0] = text;
  if (head === 2) made[1] = length;
  else if (head === 4) {
    made[1] = 126;
    made.writeUInt16BE(length, 2);
  } else {
    made[1] = 127;
    made.writeBigUInt64BE(BigInt(length), 2);
  }
  made.write(type, head, 'latin1');
  made.write(content, head + 1);
  return made;
}

const ping = [frame('2', '')];
