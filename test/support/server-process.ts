import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyEmptyDatabase } from './empty-database';
import { until } from './until';

const built = (file: string): string => join(__dirname, '../../dist', file).replace('/dist/dist/', '/dist/');
const entry = built('apps/server/src/main.js');
const quickPasswords = built('test/support/quick-passwords.js');

/**
 * The embedded store is WebAssembly, and V8 compiles what of it runs often a second time, to run it faster: a third of what a start takes,
 * and a fifth of what the tests take, which end before it pays (measured).
 */
const firstCompilerAlone = '--liftoff-only';

/** One process of the built server. */
export class ServerProcess {
  readonly log: string[] = [];
  private child?: ChildProcess;
  private port = 0;
  private rest = '';

  constructor(
    readonly name: string,
    private readonly environment: Record<string, string | undefined>,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid(): number {
    return this.child!.pid!;
  }

  get running(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Starts and waits until it is ready; a second start listens on the same port as the first. */
  async start(): Promise<void> {
    this.launch();
    await until(
      () => {
        if (!this.running) throw new Error(`${this.name} ended while starting:\n${this.log.join('\n')}`);
        return this.port > 0 && this.log.some((line) => line.includes('Listening on'));
      },
      `${this.name} listens`,
      90_000,
    );
    await until(() => this.ready(), `${this.name} is ready`, 90_000);
  }

  /** Starts without waiting, for a process that is to fail. Resolves with its exit code once it has ended. */
  async run(): Promise<number | null> {
    const child = this.launch();
    return new Promise((resolve) => child.once('exit', (code) => resolve(code)));
  }

  async ready(): Promise<boolean> {
    return fetch(`${this.url}/health/ready`).then(
      (answer) => answer.ok,
      () => false,
    );
  }

  signal(signal: NodeJS.Signals): void {
    this.child?.kill(signal);
  }

  /** Ends it and waits. `SIGKILL` is a crash; `SIGTERM` drains. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    const { child } = this;
    if (!child || !this.running) return child?.exitCode ?? null;
    const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
    child.kill(signal);
    return ended;
  }

  private launch(): ChildProcess {
    const { SWITCHBOARD_DATA_DIR: folder, DATABASE_URL } = this.environment;
    if (folder && !DATABASE_URL) copyEmptyDatabase(folder);
    this.log.length = 0;
    const options = ['--max-semi-space-size=32', '--enable-source-maps', `--require=${quickPasswords}`];
    if (!DATABASE_URL) options.push(firstCompilerAlone);
    const child = spawn(process.execPath, [...options, entry], {
      env: {
        PATH: process.env.PATH,
        NODE_OPTIONS: process.env.SERVER_NODE_OPTIONS,
        HOST: '127.0.0.1',
        LOG_FORMAT: 'json',
        PORT: String(this.port),
        ...this.environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      // An .env file of whoever runs the tests must not reach the server.
      cwd: this.environment.SWITCHBOARD_DATA_DIR,
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => this.take(text));
    }
    return child;
  }

  private take(text: string): void {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop()!;
    if (process.env.SERVER_LOGS) appendFileSync(join(process.env.SERVER_LOGS, `${this.pid}-${this.name}.log`), text);
    for (const line of lines) {
      this.log.push(line);
      const listening = /Listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(line);
      if (listening) this.port = Number(listening[1]);
    }
  }
}
