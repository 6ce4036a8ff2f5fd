import { parseArgs } from 'node:util';
import { number, UsageError } from '../cli/options';

export interface DemoOptions {
  help: boolean;
  /** Ends once a client has received so many events; without it the demo plays until Ctrl-C. */
  exitAfter?: number;
  /** Forgets one received event on purpose: the check must find out. */
  dropOne: boolean;
  /** Webhooks a second. */
  rate: number;
  seed: number;
  /** 0: a free one. */
  port: number;
  /** Leaves the data folder behind. */
  keep: boolean;
  /** Only with `exitAfter`: how long all of it may take. */
  timeoutMs: number;
}

const readable = 2;
const brisk = 15;
/** A day with customers of many languages, most of them written from left to right as terminals like it. */
const firstDay = 109;

export const help = `Plays a shop's day on WhatsApp, Messenger and Instagram against a server of its own, and prints the events as a client
receives them. Nothing else is needed, and nothing is left behind.

Usage: npm run demo -- [options]

  --exit-after <events>   end once a client has received so many, each exactly once and in order, checked against what
                          was delivered: exit code 0, or 1 with what went wrong
  --drop-one              self-test of that check: one event is forgotten on purpose, so it must end with 1
  --timeout <seconds>     with --exit-after: give up after so long (default 60 and 1 for every 5 events)
  --rate <n>              webhooks a second (default ${readable}; with --exit-after ${brisk})
  --seed <n>              another day; the same number plays the same one again (default ${firstDay})
  --port <n>              listen here (default: a free port)
  --keep                  leave the data folder behind and say where it is
  --help                  this text`;

/** Reads the command line. Throws UsageError. */
export function parseDemo(args: string[]): DemoOptions {
  const values = valuesOf(args);
  const exitAfter = number('exit-after', values['exit-after'], { integer: true, least: 1, most: 100_000 });
  const timeout = number('timeout', values.timeout, { least: 1 });
  if (exitAfter === undefined && values['drop-one']) throw new UsageError('--drop-one needs --exit-after.');
  if (exitAfter === undefined && timeout !== undefined) throw new UsageError('--timeout needs --exit-after.');
  return {
    help: values.help ?? false,
    exitAfter,
    dropOne: values['drop-one'] ?? false,
    rate: number('rate', values.rate, { least: 0.1, most: 200 }) ?? (exitAfter === undefined ? readable : brisk),
    seed: number('seed', values.seed, { integer: true }) ?? firstDay,
    port: number('port', values.port, { integer: true, most: 65_535 }) ?? 0,
    keep: values.keep ?? false,
    timeoutMs: 1000 * (timeout ?? 60 + (exitAfter ?? 0) / 5),
  };
}

function valuesOf(args: string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args,
      options: {
        ...{ 'exit-after': text, timeout: text, rate: text, seed: text, port: text },
        ...{ 'drop-one': flag, keep: flag, help: flag },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('. ')[0]}. See --help.`);
  }
}
