import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

/** The server beside this command in `dist`: another application, so it is started and not imported. */
const entry = join(__dirname, '../../../server/src/main.js');
const keptLines = 30;
const patienceMs = 8_000;

/** The server could not be started, or ended by itself; the message is its own. */
export class ServerEnded extends Error {}

export interface ServerSettings {
  /** An empty folder; working directory too, so that nobody's .env reaches the server. */
  folder: string;
  port: number;
  email: string;
  password: string;
}

/** The built server as a child process, with everything embedded. */
export class ServerProcess {
  readonly #child: ChildProcess;
  readonly #lastLines: string[] = [];
  /** Rejects when the server ends. */
  readonly ended: Promise<never>;
  /** Called with what the server warns of. */
  onWarning: (message: string) => void = () => {};
  #listening: (url: string) => void = () => {};

  constructor({ folder, port, email, password }: ServerSettings) {
    this.#child = spawn(process.execPath, ['--enable-source-maps', entry], {
      cwd: folder,
      // Nothing of this shell's environment: a DATABASE_URL in it would make this no embedded demo.
      env: {
        HOST: '127.0.0.1',
        PORT: String(port),
        SWITCHBOARD_DATA_DIR: folder,
        OWNER_EMAIL: email,
        OWNER_PASSWORD: password,
        // What is tried by hand goes on working without a refresh.
        ACCESS_TOKEN_TTL: '24h',
        LOG_FORMAT: 'json',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A process group of its own: Ctrl-C reaches this command only, which then stops the server in order.
      detached: true,
      windowsHide: true,
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) this.#read(stream as NodeJS.ReadableStream);
    this.ended = new Promise((_, reject) => {
      this.#child.once('error', (error) =>
        reject(new ServerEnded(`The server could not be started: ${error.message}.`)),
      );
      this.#child.once('exit', (code, signal) =>
        reject(new ServerEnded(this.#lastWords(port, signal ?? `exit code ${code}`))),
      );
    });
    this.ended.catch(() => undefined);
  }

  /** The address, once the server answers there. Rejects with ServerEnded. */
  async ready(): Promise<string> {
    const listening = new Promise<string>((resolve) => {
      this.#listening = resolve;
    });
    const url = await Promise.race([listening, this.ended]);
    const answer = await fetch(`${url}/health/ready`);
    if (!answer.ok) throw new ServerEnded(`The server is not ready: ${await answer.text()}`);
    return url;
  }

  /** Lets the server finish what it does; ends it the hard way if that takes long. */
  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null || this.#child.pid === undefined) return;
    const gone = new Promise((resolve) => this.#child.once('exit', resolve));
    const timer = setTimeout(() => this.kill(), patienceMs);
    this.#child.kill('SIGTERM');
    await gone;
    clearTimeout(timer);
  }

  /** At once; for an end that cannot wait. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #read(stream: NodeJS.ReadableStream): void {
    let rest = '';
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.#take(line);
    });
  }

  #take(line: string): void {
    const { level = 0, msg = line } = parsed(line);
    if (msg === '') return;
    this.#lastLines.push(msg);
    if (this.#lastLines.length > keptLines) this.#lastLines.shift();
    const [, url] = /^Listening on (\S+)/.exec(msg) ?? [];
    if (url) this.#listening(url);
    if (level >= 40) this.onWarning(msg);
  }

  #lastWords(port: number, how: string): string {
    const words = this.#lastLines.join('\n');
    if (words.includes('is in use by another process'))
      return `Port ${port} is taken: name another with --port, or leave it out.`;
    return `The server ended by itself (${how}):\n${words}`;
  }
}

function parsed(line: string): { level?: number; msg?: string } {
  try {
    return JSON.parse(line) as { level?: number; msg?: string };
  } catch {
    return {};
  }
}
