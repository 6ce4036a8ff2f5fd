import 'reflect-metadata';
import { ConfigurationError, loadConfig } from '@switchboard/config';

const impatienceMs = 1000;

async function main(): Promise<void> {
  const config = loadConfig();
  // Loading the server takes seconds, which a wrong setting need not wait for.
  const { startServer } = await import('./server.js');
  const server = await startServer(config);
  let stoppingSince: number | undefined;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stoppingSince !== undefined) {
        // A later signal is somebody who does not want to wait; npm only repeats the terminal's own at once.
        if (Date.now() - stoppingSince > impatienceMs) process.exit(1);
        return;
      }
      stoppingSince = Date.now();
      void server.stop(signal).then((clean) => process.exit(clean ? 0 : 1));
    });
  }
}

async function problem(error: unknown): Promise<string> {
  if (error instanceof ConfigurationError) return error.message;
  const { startProblem } = await import('./start-problem.js');
  return startProblem(error) ?? `Switchboard could not start: ${(error as Error)?.stack ?? String(error)}`;
}

main().catch(async (error: unknown) => {
  process.stderr.write(`${await problem(error)}\n`);
  process.exit(1);
});
