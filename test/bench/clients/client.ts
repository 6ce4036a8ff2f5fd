import { WebSocket } from 'ws';
import { connectFrame, cursorOf, type Frame, pong, readFrame } from './frames';

export interface ClientSettings {
  url: string;
  /** Namespace → what its handshake carries. */
  namespaces: Record<string, object>;
  /** The address it comes from: each has 28,000 ports. */
  localAddress?: string;
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
  private readonly socket: WebSocket;
  private readonly cursors = new Map<string, string>();
  private waiting: Set<string>;
  private closing = false;
  private ready!: () => void;
  private refused!: (error: Error) => void;

  constructor(
    private readonly settings: ClientSettings,
    private readonly events: ClientEvents,
  ) {
    this.waiting = new Set(Object.keys(settings.namespaces));
    const { localAddress } = settings;
    this.socket = new WebSocket(settings.url, { perMessageDeflate: false, ...(localAddress ? { localAddress } : {}) });
  }

  /** Resolves when every namespace is served. */
  connect(): Promise<void> {
    const connected = new Promise<void>((resolve, reject) => {
      this.ready = resolve;
      this.refused = reject;
    });
    const { raw } = this.settings;
    if (raw === undefined) this.socket.on('message', (data: Buffer) => this.read(data.toString('latin1')));
    else {
      this.socket.on('open', () => this.ready());
      this.socket.on('message', (data: Buffer) => this.events.received(raw, data.toString('latin1'), 0));
    }
    this.socket.on('error', (error) => this.fail(error.message));
    this.socket.on('close', (code) => this.fail(`closed with ${code}`));
    return connected;
  }

  close(): void {
    this.closing = true;
    this.socket.close();
  }

  private read(text: string): void {
    const frame = readFrame(text);
    if (frame.kind === 'event') this.receive(frame, text);
    else if (frame.kind === 'ping') this.socket.send(pong);
    else if (frame.kind === 'open') this.join();
    else if (frame.kind === 'connected' && !this.settings.readyEvent) this.served(frame.namespace);
    else if (frame.kind === 'disconnected') this.fail(`${frame.namespace} was disconnected`);
    else if (frame.kind === 'refused') this.fail(`${frame.namespace} was refused: ${frame.reason}`);
  }

  private join(): void {
    for (const [namespace, auth] of Object.entries(this.settings.namespaces)) {
      this.socket.send(connectFrame(namespace, auth));
    }
  }

  private receive({ namespace, name, at }: Extract<Frame, { kind: 'event' }>, text: string): void {
    if (name === this.settings.readyEvent) this.served(namespace);
    else if (troubles.has(name)) this.fail(`${namespace} got ${text.slice(0, 300)}`);
    else {
      const cursor = cursorOf(text, at);
      if (cursor !== undefined) this.advance(namespace, cursor);
      this.events.received(name, text, at);
    }
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
