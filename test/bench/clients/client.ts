import { WebSocket } from 'ws';
import { connectFrame, cursorOf, type Frame, offsetOf, pong, readFrame } from './frames';

export interface ClientSettings {
  url: string;
  /** Namespace → what its handshake carries. */
  namespaces: Record<string, object>;
  /** The address it comes from: each has 28,000 ports. */
  localAddress?: string;
  /** Comes back by Socket.IO's own connection state recovery, and not by our cursors. */
  recovers?: boolean;
  /** No Socket.IO: whatever comes is an event of this name. */
  raw?: string;
  /** The event after which a namespace is served; without one the namespace's own connection is enough. */
  readyEvent?: string;
}

export interface ClientEvents {
  /** `text` holds the whole frame; the argument begins at `at`. */
  received: (name: string, text: string, at: number) => void;
  disordered: (example: string) => void;
  /** The server ended the socket, refused a namespace, or told of a gap. */
  failed: (reason: string) => void;
}

/** Events that mean that a client was not simply served. */
const troubles = new Set(['resync', 'error', 'session.ended', 'server.draining']);

/** One Socket.IO client over raw WebSocket frames: a thousand of the real ones would take a core. */
export class Client {
  private socket: WebSocket;
  private readonly cursors = new Map<string, string>();
  private waiting: Set<string>;
  /** What Socket.IO's recovery goes by. */
  private session: { pid: string; offset: string } | undefined;
  private closing = false;
  private ready!: () => void;
  private refused!: (error: Error) => void;

  constructor(
    private readonly settings: ClientSettings,
    private readonly events: ClientEvents,
  ) {
    this.waiting = new Set(Object.keys(settings.namespaces));
    this.socket = this.open();
  }

  get recovers(): boolean {
    return this.settings.recovers ?? false;
  }

  /** Resolves when every namespace is served. */
  connect(): Promise<void> {
    const { socket } = this;
    const connected = new Promise<void>((resolve, reject) => {
      this.ready = resolve;
      this.refused = reject;
    });
    const { raw } = this.settings;
    const read = (data: Buffer) => this.read(data.toString('latin1'));
    const receive = (data: Buffer) => this.events.received(raw!, data.toString('latin1'), 0);
    if (raw !== undefined) socket.on('open', () => this.ready());
    // What was on its way when the client left is not received any more.
    socket.on(
      'message',
      (data: Buffer) => socket === this.socket && !this.closing && (raw === undefined ? read : receive)(data),
    );
    socket.on('error', (error) => socket === this.socket && this.fail(error.message));
    socket.on('close', (code) => socket === this.socket && this.fail(`closed with ${code}`));
    return connected;
  }

  close(): void {
    this.closing = true;
    this.socket.close();
  }

  /** Is gone, as a phone in a tunnel. */
  leave(): void {
    this.closing = true;
    this.socket.terminate();
  }

  /** Returns to where it was; resolves when every namespace is served again, and what was missed has come. */
  comeBack(): Promise<void> {
    this.closing = false;
    this.waiting = new Set(Object.keys(this.settings.namespaces));
    this.socket = this.open();
    return this.connect();
  }

  private open(): WebSocket {
    const { url, localAddress } = this.settings;
    return new WebSocket(url, { perMessageDeflate: false, ...(localAddress ? { localAddress } : {}) });
  }

  private read(text: string): void {
    const frame = readFrame(text);
    if (frame.kind === 'event') this.receive(frame, text);
    else if (frame.kind === 'ping') this.socket.send(pong);
    else if (frame.kind === 'open') this.join();
    else if (frame.kind === 'connected') this.connected(frame.namespace, text);
    else if (frame.kind === 'disconnected') this.fail(`${frame.namespace} was disconnected`);
    else if (frame.kind === 'refused') this.fail(`${frame.namespace} was refused: ${frame.reason}`);
  }

  private join(): void {
    for (const [namespace, auth] of Object.entries(this.settings.namespaces)) {
      const cursor = this.cursors.get(namespace);
      const from = this.settings.recovers ? this.session : cursor === undefined ? {} : { cursor };
      this.socket.send(connectFrame(namespace, { ...auth, ...from }));
    }
  }

  private receive({ namespace, name, at }: Extract<Frame, { kind: 'event' }>, text: string): void {
    if (name === this.settings.readyEvent) {
      if (text.includes('"resync":{', at)) this.fail(`${namespace} got ${text.slice(0, 300)}`);
      const cursor = cursorOf(text, at);
      if (cursor !== undefined) this.cursors.set(namespace, cursor);
      this.served(namespace);
    } else if (troubles.has(name)) this.fail(`${namespace} got ${text.slice(0, 300)}`);
    else {
      const cursor = cursorOf(text, at);
      if (cursor !== undefined) this.advance(namespace, cursor);
      if (this.settings.recovers && this.session) this.session.offset = offsetOf(text);
      this.events.received(name, text, at);
    }
  }

  private connected(namespace: string, text: string): void {
    if (this.settings.recovers) {
      const { pid } = JSON.parse(text.slice(text.indexOf('{'))) as { pid: string };
      if (pid !== this.session?.pid) this.session = { pid, offset: '' };
    }
    if (!this.settings.readyEvent) this.served(namespace);
  }

  private advance(namespace: string, cursor: string): void {
    const last = this.cursors.get(namespace);
    if (last !== undefined && cursor <= last) this.events.disordered(`${namespace}: ${cursor} came after ${last}`);
    this.cursors.set(namespace, cursor);
  }

  private served(namespace: string): void {
    this.waiting.delete(namespace);
    if (this.waiting.size === 0) this.ready();
  }

  private fail(reason: string): void {
    if (this.closing) return;
    this.refused(new Error(reason));
    this.events.failed(reason);
  }
}
