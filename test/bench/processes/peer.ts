import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';

/** What a process of the benchmark can be asked to do: name → handler of one argument. */
// biome-ignore lint/suspicious/noExplicitAny: each handler has an argument of its own
export type Handlers = Record<string, (argument: any) => unknown>;

interface Question {
  id: number;
  name: string;
  argument: unknown;
}

interface Answer {
  id: number;
  result?: unknown;
  error?: string;
}

/** Answers the process that forked this one, and ends with it. */
export function serve(handlers: Handlers): void {
  process.on('message', (question: Question) => {
    const { id, name, argument } = question;
    Promise.resolve()
      .then(() => handlers[name]!(argument))
      .then(
        (result) => process.send!({ id, result } satisfies Answer),
        (error: Error) => process.send!({ id, error: error.stack ?? error.message } satisfies Answer),
      );
  });
  process.on('disconnect', () => process.exit(0));
  // The terminal's Ctrl-C reaches every process; this one still has to be asked for its results or stopped by its parent.
  process.on('SIGINT', () => undefined);
}

/** A process of the benchmark, with questions and answers over Node's IPC channel. */
export class Peer<H extends Handlers> {
  private readonly waiting = new Map<number, { resolve: (result: never) => void; reject: (error: Error) => void }>();
  private asked = 0;

  private constructor(
    private readonly child: ChildProcess,
    readonly name: string,
  ) {
    child.on('message', (answer: Answer) => this.settle(answer));
    child.on('exit', (code, signal) => this.lost(`${name} ended (${signal ?? code}).`));
    child.on('error', (error) => this.lost(`${name} could not run: ${error.message}.`));
  }

  /** `script` is a compiled module, relative to the benchmark's folder, that calls `serve`. */
  static fork<H extends Handlers>(script: string, args: string[] = [], execArgv: string[] = []): Peer<H> {
    const path = join(__dirname, '..', script);
    const options = { serialization: 'advanced', execArgv, env: childEnvironment() } as const;
    return new Peer<H>(fork(path, args, options), `test/bench/${script}`);
  }

  get pid(): number {
    return this.child.pid!;
  }

  ask<K extends keyof H & string>(name: K, argument: Parameters<H[K]>[0]): Promise<Awaited<ReturnType<H[K]>>> {
    return new Promise((resolve, reject) => {
      this.asked += 1;
      this.waiting.set(this.asked, { resolve, reject });
      this.child.send({ id: this.asked, name, argument } satisfies Question, (error) => error && reject(error));
    });
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    if (this.child.connected) this.child.disconnect();
    await ended;
  }

  private settle({ id, result, error }: Answer): void {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (error === undefined) waiting?.resolve(result as never);
    else waiting?.reject(new Error(`${this.name}: ${error}`));
  }

  private lost(reason: string): void {
    for (const { reject } of this.waiting.values()) reject(new Error(reason));
    this.waiting.clear();
  }
}

/** Production settings of the libraries, and nothing of the caller's that could change the figures (NODE_OPTIONS, DEBUG …). */
export function childEnvironment(settings: Record<string, string> = {}): NodeJS.ProcessEnv {
  return { NODE_ENV: 'production', ...settings };
}
