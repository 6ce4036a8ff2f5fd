import { randomInt } from 'node:crypto';
import { defaultAccounts } from './cast';
import { type Command, help, parseCommand, UsageError } from './cli/options';
import { checkReceiver } from './cli/reach';
import { allRefused, passed, progressLine, registration, summary } from './cli/report';
import { parseGraphCommand, runGraph } from './graph/command';
import { Simulator } from './simulator';

async function run({ options, quiet, allowRemote }: Command): Promise<number> {
  await checkReceiver(new URL(options.url), allowRemote);
  if (!quiet) console.log(registration(new URL(options.url), options.accounts ?? defaultAccounts));
  const simulator = new Simulator(options);
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  const progress = setInterval(() => {
    if (!quiet) console.log(progressLine(Math.round(seconds()), simulator.counts));
    if (allRefused(simulator.counts)) void simulator.stop();
  }, 1000);
  let interrupted = false;
  process.on('SIGINT', () => {
    // The first Ctrl-C waits for what is under way, the second does not.
    if (interrupted) void simulator.stop();
    else simulator.finish();
    interrupted = true;
  });
  simulator.start();
  await simulator.planned;
  await simulator.drain();
  clearInterval(progress);
  console.log(summary(simulator, options.seed, seconds()));
  return passed(simulator.ledger) ? 0 : 1;
}

async function main(): Promise<number> {
  if (process.argv[2] === 'graph') return runGraph(parseGraphCommand(process.argv.slice(3)));
  const command = parseCommand(process.argv.slice(2), () => randomInt(2 ** 32));
  if (!command.help) return run(command);
  console.log(help);
  return 0;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof UsageError ? error.message : error);
    process.exitCode = 1;
  },
);
