import { EventEmitter } from 'node:events';
import type { Ready } from '@switchboard/contracts';

type Auth = { token: string; cursor?: string };
type Answer = (body: unknown) => unknown;

/** A namespace of a scripted server, as the client sees it. */
export class ScriptedSocket extends EventEmitter {
  connected = false;
  id: string | undefined;
  /** Of each time that it was joined. */
  readonly auths: Auth[] = [];
  readonly asked: { message: string; body: unknown }[] = [];
  private any: ((name: string, body: unknown) => void) | undefined;

  constructor(
    readonly name: string,
    private readonly auth: (send: (auth: Auth) => void) => void,
    private readonly manager: ScriptedManager,
  ) {
    super();
  }

  connect(): void {
    this.auth((auth) => this.auths.push(auth));
    this.manager.script.joined(this);
  }

  disconnect(): void {
    this.connected = false;
  }

  onAny(listener: (name: string, body: unknown) => void): void {
    this.any = listener;
  }

  offAny(): void {
    this.any = undefined;
  }

  override off(...args: [] | Parameters<EventEmitter['off']>): this {
    return args.length === 0 ? this.removeAllListeners() : super.off(...args);
  }

  timeout(ms: number) {
    return {
      emitWithAck: (message: string, body?: unknown): Promise<unknown> => {
        this.asked.push({ message, body });
        const answer = this.manager.script.answers[message];
        if (answer) return Promise.resolve(answer(body));
        return new Promise((_, reject) => setTimeout(() => reject(new Error('timeout')), ms));
      },
    };
  }

  /** What the server says. */
  hear(name: string, body: unknown): void {
    this.any?.(name, body);
  }

  beReady(change: Partial<Ready> = {}): void {
    this.connected = true;
    this.id = `id of ${this.name}`;
    const ready = { userId: 'me', workspaceId: 'shop', role: 'agent', email: null, cursor: cursorAt(0), replayed: 0 };
    this.hear('ready', { ...ready, ...change });
  }
}

/** One connection of a scripted server. */
export class ScriptedManager extends EventEmitter {
  readonly sockets: ScriptedSocket[] = [];

  constructor(readonly script: Script) {
    super();
    script.managers.push(this);
  }

  open(done: (error?: Error) => void): void {
    done(this.script.reachable ? undefined : new Error('unreachable'));
  }

  socket(name: string, { auth }: { auth: (send: (auth: Auth) => void) => void }): ScriptedSocket {
    const socket = new ScriptedSocket(name, auth, this);
    this.sockets.push(socket);
    return socket;
  }

  override off(...args: [] | Parameters<EventEmitter['off']>): this {
    return args.length === 0 ? this.removeAllListeners() : super.off(...args);
  }

  _close(): void {}
}

/** What a scripted server does. */
export class Script {
  reachable = true;
  readonly managers: ScriptedManager[] = [];
  answers: Record<string, Answer> = {
    heartbeat: () => ({ ok: true, data: { now: '', cursor: cursorAt(0) } }),
    authenticate: () => ({ ok: true, data: {} }),
  };
  joined: (socket: ScriptedSocket) => void = (socket) => socket.beReady();

  get connection(): ScriptedManager {
    return this.managers.at(-1)!;
  }

  socket(name: string): ScriptedSocket {
    return this.connection.sockets.findLast((socket) => socket.name === name)!;
  }
}

export const cursorAt = (sequence: number): string => `abcd.${String(sequence).padStart(16, '0')}`;
