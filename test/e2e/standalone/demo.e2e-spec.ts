import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../../support/until';

const entry = join(__dirname, '../../../dist/apps/simulator/src/demo/main.js');

/** The demo as `npm run demo` starts it, after the build. */
class DemoRun {
  /** What the demo leaves behind would be in here. */
  readonly folder = mkdtempSync(join(tmpdir(), 'demo-e2e-'));
  readonly ended: Promise<number | null>;
  output = '';
  errors = '';
  private readonly child: ChildProcess;

  constructor(args: string[], environment: Record<string, string> = {}) {
    this.child = spawn(process.execPath, ['--enable-source-maps', entry, ...args], {
      env: { TMPDIR: this.folder, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      this.output += text;
    });
    this.child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.errors += text;
    });
    this.ended = new Promise((resolve) => this.child.once('close', resolve));
  }

  get url(): string {
    return /server {4}(http:\S+)/.exec(this.output)![1]!;
  }

  interrupt(): void {
    this.child.kill('SIGINT');
  }

  async end(): Promise<void> {
    this.child.kill('SIGTERM');
    await this.ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const answers = (url: string) =>
  fetch(`${url}/health/live`).then(
    () => true,
    () => false,
  );

describe('the demo', () => {
  const runs: DemoRun[] = [];
  const demo = (args: string[], environment?: Record<string, string>): DemoRun => {
    const run = new DemoRun(args, environment);
    runs.push(run);
    return run;
  };
  let whole: DemoRun;
  let dropping: DemoRun;
  let endless: DemoRun;

  // Most of a run is the start of a server: all at once.
  beforeAll(() => {
    whole = demo(['--exit-after', '50', '--timeout', '100'], { DATABASE_URL: 'postgres://127.0.0.1:1/not-this-one' });
    dropping = demo(['--exit-after', '20', '--drop-one', '--timeout', '100']);
    endless = demo([]);
  });
  afterAll(() => Promise.all(runs.map((run) => run.end())));

  it('ends with 0 once a client has received its events once and in order, whatever happened on the way', async () => {
    const code = await whole.ended;

    expect(whole.errors).toBe('');
    expect(code).toBe(0);
    const [, received] = /A client received (\d+) events, each exactly once and in order\./.exec(whole.output)!;
    expect(Number(received)).toBeGreaterThanOrEqual(50);
    const [, ...happened] =
      /On the way: (\d+) duplicates, (\d+) redelivered .*, (\d+) out of order, .*\((\d+) events replayed\)/.exec(
        whole.output,
      )!;
    expect(happened.map(Number).every((count) => count > 0)).toBe(true);
    for (const platform of ['WhatsApp', 'Messenger', 'Instagram']) {
      expect(whole.output).toMatch(new RegExp(`/messages {2}message\\.received +${platform} `));
    }
  }, 120_000);

  it('ends with 1 and says what is missing when one event is dropped on purpose', async () => {
    const code = await dropping.ended;

    expect(code).toBe(1);
    expect(dropping.errors).toMatch(/^1 of \d+ events of the log never reached the client: \S+ \S+\.$/m);
  }, 120_000);

  it('leaves nothing behind on Ctrl-C', async () => {
    await until(() => /message\.received/.test(endless.output), 'the demo shows a message');
    expect(readdirSync(endless.folder)).toHaveLength(1);
    expect(await answers(endless.url)).toBe(true);
    endless.interrupt();

    expect(await endless.ended).toBe(0);
    expect(await answers(endless.url)).toBe(false);
    expect(readdirSync(endless.folder)).toEqual([]);
  }, 120_000);

  it('leaves the data behind where that is asked for', async () => {
    const run = demo(['--keep']);
    await until(() => /Starting a server/.test(run.output), 'the server starts');
    run.interrupt();
    await run.ended;
    const [, folder] = /The data is in (\S+);/.exec(run.output)!;

    expect(existsSync(folder!)).toBe(true);
  });

  it('answers a wrong option with one sentence', async () => {
    const run = demo(['--frob']);

    expect(await run.ended).toBe(1);
    expect([run.output, run.errors]).toEqual(['', "Unknown option '--frob'. See --help.\n"]);
  });

  it('says when there was not enough time', async () => {
    const run = demo(['--exit-after', '50', '--timeout', '1']);

    expect(await run.ended).toBe(1);
    expect(run.errors).toBe('The time was up after 1 s, while the server was starting (0 of 50 events received).\n');
  });
});
