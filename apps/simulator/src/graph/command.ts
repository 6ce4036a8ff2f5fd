import { parseArgs } from 'node:util';
import { defaultAccounts } from '../cast';
import { accountOf, address, number, UsageError } from '../cli/options';
import type { Account } from '../item';
import { GraphSimulator } from './graph';

export const help = `Usage: npm run simulator -- graph [options]

Stands in for graph.facebook.com and graph.instagram.com until Ctrl-C. Tokens are printed at the start.

  --port <n>                 where it listens (default 4010; 0 takes any)
  --host <address>           (default 127.0.0.1)
  --app-id <id>              (default 1088123456789012)
  --app-secret <secret>      checks appsecret_proof and signs webhooks (default test_app_secret)
  --require-proof            refuse calls without appsecret_proof
  --accounts <list>          whatsapp:<phone number id>@<business account id>,messenger:<page id>,instagram:<account id>
                             (default: one of each)
  --webhooks <address>       where statuses and echoes are posted (default: nowhere)
  --late <ms>                statuses come up to so much later
  --twice <p>                probability that a status is posted twice
  --disorder <p>             probability that a message's statuses come in reverse order
  --never <p>                probability that a status never comes
  --rate <n>                 messages a second that WhatsApp takes for a number (default 80)
  --enforce-windows          refuse what needs an open window; without it everyone has just written
  --quiet                    no line for each message
  --help                     this text`;

export interface GraphCommand {
  help: boolean;
  quiet: boolean;
  port: number;
  host: string;
  graph: GraphSimulator;
  /** Each account with its token. */
  tokens: [Account, string][];
}

/** Reads the command line and sets the simulator up. Throws UsageError. */
export function parseGraphCommand(args: string[]): GraphCommand {
  const values = valuesOf(args);
  const secret = values['app-secret'] ?? 'test_app_secret';
  const late = { lateMs: number('late', values.late), twice: number('twice', values.twice, { most: 1 }) };
  const lost = {
    disorder: number('disorder', values.disorder, { most: 1 }),
    never: number('never', values.never, { most: 1 }),
  };
  const graph = new GraphSimulator({
    app: { id: values['app-id'] ?? '1088123456789012', secret, requireProof: values['require-proof'] },
    callbacks:
      values.webhooks === undefined
        ? undefined
        : { url: address(values.webhooks, 'webhooks'), secret, ...late, ...lost },
    keepBodies: false,
  });
  const accounts = values.accounts?.split(',').map(accountOf) ?? defaultAccounts;
  const messagesPerSecond = number('rate', values.rate, { integer: true, least: 1 });
  const windows = values['enforce-windows'] ? 'enforced' : 'open';
  return {
    help: values.help ?? false,
    quiet: values.quiet ?? false,
    port: number('port', values.port, { integer: true, most: 65_535 }) ?? 4_010,
    host: values.host ?? '127.0.0.1',
    graph,
    tokens: accounts.map((account) => [account, setUp(graph, account, { messagesPerSecond, windows })]),
  };
}

function valuesOf(args: string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args,
      options: {
        ...{ port: text, host: text, 'app-id': text, 'app-secret': text, accounts: text, webhooks: text },
        ...{ late: text, twice: text, disorder: text, never: text, rate: text },
        ...{ 'require-proof': flag, 'enforce-windows': flag, quiet: flag, help: flag },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('. ')[0]}. See graph --help.`);
  }
}

interface Setting {
  messagesPerSecond: number | undefined;
  windows: 'enforced' | 'open';
}

function setUp(graph: GraphSimulator, account: Account, { messagesPerSecond, windows }: Setting): string {
  const { id } = account;
  const token = `EAA-simulated-${account.platform}-${id}`;
  switch (account.platform) {
    case 'whatsapp': {
      const { businessAccountId, displayPhoneNumber } = account;
      const templates = [{ name: 'hello_world', category: 'UTILITY' as const }];
      graph.whatsapp({
        businessAccountId,
        phoneNumberId: id,
        displayPhoneNumber,
        token,
        messagesPerSecond,
        windows,
        templates,
      });
      break;
    }
    case 'messenger':
      graph.page({ id, token, windows });
      break;
    case 'instagram':
      graph.instagram({ id, token, login: 'instagram', windows });
  }
  return token;
}

/** Runs until a signal ends it. Resolves to the exit code. */
export async function runGraph({ help: asked, quiet, port, host, graph, tokens }: GraphCommand): Promise<number> {
  if (asked) {
    console.log(help);
    return 0;
  }
  const url = await graph.listen(port, host);
  console.log(`Graph API at ${url}`);
  for (const [{ platform, id }, token] of tokens) console.log(`  ${platform} ${id}  token ${token}`);
  let told = 0;
  const report = setInterval(() => {
    const messages = graph.messages.since(told);
    told += messages.length;
    if (quiet) return;
    for (const { platform, accountId, recipient, kind, id } of messages) {
      console.log(`${platform} ${accountId} → ${recipient}  ${kind}  ${id}`);
    }
  }, 250);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
  });
  clearInterval(report);
  await graph.close();
  const { count } = graph.messages;
  console.log(`${count} sent, ${graph.messages.repeated().length} of them more than once.`);
  return 0;
}
