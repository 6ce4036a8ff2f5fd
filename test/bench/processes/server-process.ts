import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { until } from '../figures/clock';
import { childEnvironment } from './peer';

const startLimitMs = 60_000;
const stopLimitMs = 20_000;

export interface ServerSettings {
  /** Names it in errors and its log file. */
  name: string;
  script: string;
  port: number;
  env: Record<string, string>;
  logFile: string;
  execArgv?: string[];
}

/** A server under test: a process of its own that is asked for nothing but HTTP and sockets. */
export class ServerProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly settings: ServerSettings,
  ) {}

  /** Resolves once `/health/ready` answers 200. @throws with the end of its log when it does not. */
  static async start(settings: ServerSettings): Promise<ServerProcess> {
    const log = openSync(settings.logFile, 'a');
    const env = childEnvironment({ ...settings.env, HOST: '127.0.0.1', PORT: String(settings.port) });
    const child = spawn(process.execPath, [...(settings.execArgv ?? []), settings.script], {
      env,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    const server = new ServerProcess(child, settings);
    running.add(server);
    child.once('exit', () => running.delete(server));
    try {
      await until(`${settings.name} is ready`, startLimitMs, () => server.isReady());
    } catch (error) {
      child.kill('SIGKILL');
      throw new Error(`${(error as Error).message} The end of ${settings.logFile}:\n${server.lastLines()}`);
    }
    return server;
  }

  get pid(): number {
    return this.child.pid!;
  }

  get port(): number {
    return this.settings.port;
  }

  /** By SIGTERM; after a time by SIGKILL, which is an error. */
  async stop(): Promise<void> {
    if (this.hasEnded) return;
    this.child.kill('SIGTERM');
    try {
      await until(`${this.settings.name} stops`, stopLimitMs, () => this.hasEnded);
    } catch (error) {
      this.kill();
      throw error;
    }
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }

  private get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  private async isReady(): Promise<boolean> {
    if (this.hasEnded) throw new Error(`${this.settings.name} ended while it was starting.`);
    try {
      const response = await fetch(`http://127.0.0.1:${this.settings.port}/health/ready`);
      await response.arrayBuffer();
      return response.status === 200;
    } catch {
      return false;
    }
  }

  private lastLines(): string {
    return readFileSync(this.settings.logFile, 'utf8').split('\n').slice(-20).join('\n');
  }
}

const running = new Set<ServerProcess>();
// Whatever ends the benchmark, no server outlives it.
process.on('exit', () => {
  for (const server of running) server.kill();
});

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
