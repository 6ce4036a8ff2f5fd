import { UsageError } from '../cli/options';
import { Demo, DemoFailed } from './demo';
import { type DemoOptions, help, parseDemo } from './options';
import { Screen } from './screen';
import { ServerEnded } from './server-process';

/** Errors whose message tells all there is to know. */
const explained = [UsageError, DemoFailed, ServerEnded];

async function play(options: DemoOptions): Promise<number> {
  const screen = new Screen(process.stdout);
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // The second signal is somebody who does not want to wait.
      if (interrupted.signal.aborted) process.exit(130);
      interrupted.abort();
    });
  }
  // Whoever was reading has gone, as in `npm run demo | head`.
  process.stdout.on('error', () => interrupted.abort());
  screen.title("Switchboard: a shop's day on WhatsApp, Messenger and Instagram. Ctrl-C ends it and deletes its data.");
  const demo = new Demo(options, screen);
  try {
    await demo.run(interrupted.signal);
  } finally {
    await screen.step('Stopping', demo.close());
  }
  if (!interrupted.signal.aborted) return 0;
  screen.print(`${demo.count} events were received.`);
  if (options.exitAfter === undefined) return 0;
  throw new DemoFailed(`Interrupted before ${options.exitAfter} events were received and checked.`);
}

async function main(): Promise<number> {
  const options = parseDemo(process.argv.slice(2));
  if (!options.help) return play(options);
  console.log(help);
  return 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const known = explained.some((kind) => error instanceof kind);
    console.error(known ? (error as Error).message : error);
    process.exit(1);
  },
);
