import type { ServerProcess } from '../../support/server-process';
import { type Latency, latencyOf, spreadOf } from '../figures/statistics';
import { isMet, markdown, round } from '../figures/table';
import { Asker } from '../inbox/asking';
import { type ImportResult, importContacts } from '../inbox/import';
import { questions } from '../inbox/questions';
import { seedShops } from '../inbox/seed';
import { type Size, sizes } from '../inbox/shop';
import { VoidRun } from '../measurement';
import type { Bench, RowResult, Target } from './row';

interface Served {
  size: Size;
  databaseUrl: string;
  server: ServerProcess;
  asker: Asker;
  token: string;
}

/** Latencies by question, of each size. */
type Round = Record<string, Latency[]>;

const template = 'inbox';

const warmUps = 20;
const importSeconds = 60;
const importMemory = 1.1;
const littleHeap = '--max-old-space-size=128';

/**
 * Row inbox: what the API's readers wait for, at two sizes that are asked in turn, so that whatever else happens on the machine happens
 * to both; then imports into the larger.
 */
export async function inbox(bench: Bench): Promise<RowResult> {
  const { options, stores, subject, say } = bench;
  const server = await subject.serve(await stores.createDatabase(template));
  await subject.end(server);
  const rounds: Round[] = [];
  const imports: ImportResult[] = [];
  const served: Served[] = [];
  try {
    for (const size of options.smallOnly ? [sizes.small] : [sizes.small, sizes.large]) {
      served.push(await serve(bench, size));
    }
    for (const { asker } of served) {
      for (const question of questions) for (let n = 0; n < warmUps; n += 1) await asker.ask(question, n);
    }
    for (let number = 1; number <= options.rounds; number += 1) {
      say(`row inbox, round ${number} of ${options.rounds}`);
      rounds.push(await ask(served, number, options.asks));
    }
    say('row inbox: imports');
    imports.push(...(await imported(bench, served.at(-1)!)));
  } finally {
    for (const { asker, server } of served) await asker.close().finally(() => subject.end(server));
  }
  const targets = targetsOf(rounds, imports, options.smallOnly);
  const title = 'lists, searches, history and imports over REST';
  return {
    row: 'inbox',
    title,
    figures: [],
    targets,
    rounds: [{ rounds, imports }],
    summary: summaryOf(rounds, imports, targets),
  };
}

async function serve({ stores, subject, say }: Bench, size: Size): Promise<Served> {
  say(`row inbox: two workspaces of ${size.messages} messages, ${size.contacts} contacts and as many conversations`);
  const url = await stores.createDatabase(`inbox_${size.messages}`, template);
  const { shop, owner } = await seedShops(url, size);
  await stores.settle();
  const server = await subject.serve(url);
  const token = subject.tokenOf(owner, 'owner');
  return { size, databaseUrl: url, server, token, asker: new Asker(server.url, token, shop) };
}

/** Every question to every size in turn, again and again: what else happens on the machine happens to all of them. */
async function ask(served: readonly Served[], round: number, asks: number): Promise<Round> {
  const taken = questions.map(() => served.map(() => new Float64Array(asks)));
  for (let n = 0; n < asks; n += 1) {
    for (const [position, question] of questions.entries()) {
      for (const [at, { asker }] of served.entries()) {
        taken[position]![at]![n] = await asker.ask(question, warmUps + round * asks + n);
      }
    }
  }
  return Object.fromEntries(questions.map(({ what }, position) => [what, taken[position]!.map(latencyOf)]));
}

/**
 * All, and all again, which changes nothing. Then by a server with little heap, in which nothing but what is in use has room, a tenth and
 * all: with the usual heap what is garbage stays for as long as there is room, and says nothing of what is held.
 */
async function imported({ subject }: Bench, { server, token, size, databaseUrl }: Served): Promise<ImportResult[]> {
  const first = await importContacts(server, token, 1, size.contacts);
  const again = await importContacts(server, token, 1, size.contacts);
  if (first.created !== first.rows || again.unchanged !== again.rows) {
    throw new VoidRun(`imports: ${first.created} of ${first.rows} new, then ${again.unchanged} unchanged`);
  }
  const lean = await subject.serve(databaseUrl, littleHeap);
  try {
    const tenth = await importContacts(lean, token, 2, size.contacts / 10);
    return [first, again, tenth, await importContacts(lean, token, 3, size.contacts)];
  } finally {
    await subject.end(lean);
  }
}

function targetsOf(rounds: readonly Round[], imports: readonly ImportResult[], smallOnly: boolean): Target[] {
  const [first, again, tenth, lean] = imports as [ImportResult, ImportResult, ImportResult, ImportResult];
  const of = (what: string, value: (latencies: Latency[]) => number) => rounds.map((round) => value(round[what]!));
  return [
    ...questions.flatMap(({ what, bound, flat }): Target[] => [
      { what: `${what}: p95 ms`, values: of(what, (latencies) => latencies.at(-1)!.p95), atMost: bound },
      ...(smallOnly
        ? []
        : [
            {
              what: `${what}: p50 ÷ small`,
              values: of(what, ([small, large]) => large!.p50 / small!.p50),
              ...(flat === undefined ? {} : { atMost: flat }),
            },
          ]),
    ]),
    { what: 'import: seconds', values: [first.seconds], atMost: importSeconds },
    { what: 'import again: seconds', values: [again.seconds], atMost: importSeconds },
    {
      what: 'import, little heap: peak memory ÷ that of a tenth',
      values: [lean.peak / tenth.peak],
      atMost: importMemory,
    },
  ];
}

function summaryOf(rounds: readonly Round[], imports: readonly ImportResult[], targets: readonly Target[]): string {
  const found = (what: string) => targets.find((target) => target.what === what);
  const met = (...asked: (Target | undefined)[]) => (asked.every((target) => !target || isMet(target)) ? 'yes' : 'NO');
  const median = (values: number[]) => round(spreadOf(values).median);
  const rows = questions.map(({ what, bound, flat }) => {
    const ratio = found(`${what}: p50 ÷ small`);
    const at = (position: number, key: keyof Latency) => {
      const values = rounds.flatMap((one) => one[what]![position]?.[key] ?? []);
      return values.length > 0 ? median(values) : '–';
    };
    const shown = ratio ? median(ratio.values) : '–';
    const p95 = found(`${what}: p95 ms`);
    return [
      what,
      at(0, 'p50'),
      at(0, 'p95'),
      at(1, 'p50'),
      at(1, 'p95'),
      shown,
      `p95 ≤ ${bound}${flat === undefined ? '' : `, ratio ≤ ${flat}`}`,
      met(p95, ratio),
    ];
  });
  const head = ['Row inbox: ms', 'small p50', 'p95', 'large p50', 'p95', 'ratio of p50', 'asked', 'met'];
  const megabytes = (bytes: number) => String(Math.round(bytes / 2 ** 20));
  const done = imports.map(({ rows: of, seconds, before, peak, created, unchanged }, at) => [
    `import of ${of}${at < 2 ? '' : ', little heap'}: ${created} new, ${unchanged} unchanged`,
    round(seconds),
    megabytes(before),
    megabytes(peak),
  ]);
  const kept = targets.filter(({ what }) => what.startsWith('import'));
  const imported = kept.map((target) => [target.what, `≤ ${target.atMost}`, median(target.values), met(target)]);
  return [
    markdown(head, rows),
    markdown(['Row inbox: import', 's', 'RSS MB before', 'at most'], done),
    markdown(['Row inbox: target', 'asked', 'median', 'met'], imported),
  ].join('\n\n');
}
