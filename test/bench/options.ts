import { parseArgs } from 'node:util';
import type { RowName } from './rows/row';

export interface Options {
  rows: RowName[];
  rounds: number;
  /** Webhooks a second in row 3, and while warming up. */
  rate: number;
  users: number;
  workspaces: number;
  split: boolean;
  subjectOnly: boolean;
  profile: boolean;
  /** V8 goes on optimising for long: after 5 s a webhook still cost a fifth more CPU than after 30 s. */
  warmUpSeconds: number;
  /** Row 1: as fast as it goes, so warm sooner. */
  intakeWarmUpSeconds: number;
  intakeSeconds: number;
  stepSeconds: number;
  steadySeconds: number;
  /** Row 2: how often the last step is halved. */
  refinements: number;
  /** Row 4: webhooks a second, each for everybody. */
  fanOutRate: number;
  /** Row 4: clients of the room. */
  room: number;
  /** Rows 5 and 6: connections, the lower and the higher count. */
  connections: readonly [number, number];
  /** Rows 5 and 6: how long connections are left alone, and then measured; pings come every 25 s. */
  idleSeconds: number;
  /** Row 7: clients that return, and after how long. */
  stormClients: number;
  awaySeconds: number;
  /** Row hold: how long, and webhooks a second. */
  holdSeconds: number;
  holdRate: number;
  /** Row hold: workspaces, of five users each. */
  holdWorkspaces: number;
  /** Row inbox: only the small size, to see that it works. */
  smallOnly: boolean;
  /** Row inbox: how often each question is asked in a round. */
  asks: number;
  /** Row flows: executions that wait at once. */
  flowsWaiting: number;
}

export const usage = `npm run bench [-- rows… options]
  1 2 3 4 5 6 7 hold inbox flows   rows to measure (default: 1 2 3)
  --quick           one short round, to see that it works; the figures mean little (inbox: the small size alone)
  --rounds <n>      rounds, each with every system (default 5)
  --seconds <n>     length of a measurement of rows 3 and 4 (default 20)
  --rate <n>        webhooks a second in rows 3 and 7 (default 1000)
  --connections <n> connections of rows 5 and 6 (default 10000; the lower count is a tenth)
  --hold <n>        seconds of row hold (default 600), at --hold-rate <n> webhooks a second (default 1000)
  --split           Switchboard as three processes (api, worker, gateway) instead of one
  --workspaces <n>  share the 1,000 users out over n workspaces (default 1000); rows 2 and 3, Switchboard alone
  --subject-only    leave the baselines out
  --profile         write CPU profiles of Switchboard's processes`;

const rowNames: readonly RowName[] = [1, 2, 3, 4, 5, 6, 7, 'hold', 'inbox', 'flows'];

/** @throws an error in words for a person. */
export function readOptions(args: string[]): Options {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      rate: { type: 'string', default: '1000' },
      connections: { type: 'string' },
      hold: { type: 'string' },
      'hold-rate': { type: 'string', default: '1000' },
      split: { type: 'boolean', default: false },
      workspaces: { type: 'string', default: '1000' },
      'subject-only': { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
    },
  });
  const { quick } = values;
  const users = 1000;
  const workspaces = wholeNumber('--workspaces', values.workspaces, 1, users);
  const connections = wholeNumber('--connections', values.connections ?? (quick ? '1000' : '10000'), 10, 100_000);
  const rows = positionals.length > 0 ? positionals.map(rowOf) : ([1, 2, 3] as const);
  if (workspaces < users && rows.includes(1)) throw new Error('--workspaces concerns rows 2 and 3: name them.');
  return {
    rows: rowNames.filter((row) => (rows as readonly RowName[]).includes(row)),
    rounds: wholeNumber('--rounds', values.rounds ?? (quick ? '1' : '5'), 1, 100),
    rate: wholeNumber('--rate', values.rate, 1, 100_000),
    users,
    workspaces,
    split: values.split,
    subjectOnly: values['subject-only'] || workspaces < users,
    profile: values.profile,
    warmUpSeconds: quick ? 2 : 15,
    intakeWarmUpSeconds: quick ? 1 : 4,
    intakeSeconds: quick ? 2 : 5,
    stepSeconds: quick ? 2 : 8,
    steadySeconds: wholeNumber('--seconds', values.seconds ?? (quick ? '4' : '20'), 1, 3600),
    refinements: quick ? 0 : 2,
    fanOutRate: 30,
    room: 1000,
    connections: [Math.ceil(connections / 10), connections],
    idleSeconds: quick ? 5 : 50,
    stormClients: quick ? 500 : 2000,
    awaySeconds: quick ? 8 : 30,
    holdSeconds: wholeNumber('--hold', values.hold ?? (quick ? '10' : '600'), 5, 86_400),
    holdRate: wholeNumber('--hold-rate', values['hold-rate'], 1, 100_000),
    holdWorkspaces: quick ? 100 : 2000,
    smallOnly: quick,
    asks: quick ? 10 : 40,
    flowsWaiting: quick ? 5000 : 100_000,
  };
}

function rowOf(text: string): RowName {
  const row = rowNames.find((name) => String(name) === text);
  if (row === undefined) throw new Error(`There is no row ${text}; there are ${rowNames.join(', ')}.`);
  return row;
}

function wholeNumber(what: string, text: string, min: number, max: number): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < min || number > max) {
    throw new Error(`${what} must be a whole number from ${min} to ${max}.`);
  }
  return number;
}
