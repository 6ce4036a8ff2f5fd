import { parseArgs } from 'node:util';
import { defaultAccounts } from '../cast';
import { type Account, type Platform, platforms } from '../item';
import type { SimulatorOptions } from '../simulator';

/** A mistake in the command line, told in one sentence. */
export class UsageError extends Error {}

export interface Command {
  help: boolean;
  quiet: boolean;
  allowRemote: boolean;
  options: SimulatorOptions & { seed: number };
}

export const help = `Usage: npm run simulator -- --url <address> --secret <app secret> [options]
       npm run simulator -- graph [options]   answers the Graph API, see graph --help

Stands in for Meta: sends a shop's day of signed webhooks to a receiver.

  --url <address>            receiver, e.g. http://127.0.0.1:3000/webhooks/meta
  --secret <secret>          app secret that signs the bodies
  --instagram-secret <s>     secret for Instagram, where its app has its own
  --platforms <list>         whatsapp,messenger,instagram (default: all)
  --accounts <list>          whatsapp:<phone number id>@<business account id>,messenger:<page id>,instagram:<account id>
                             (default: one of each, named below)
  --count <items>            end after so many items
  --duration <seconds>       end after so long (default without --count: until Ctrl-C)
  --rate <n>                 POSTs a second, open loop; 0 = as fast as they are answered (default 10)
  --connections <n>          connections kept open (default 64)
  --batch <n>                items in a POST, 1 to 1000 (default 1)
  --customers <n>            different customers (default 50)
  --seed <n>                 repeats a run exactly (default: drawn, and printed)
  --reorder <n>              how many items an item may be held back behind (default 0)
  --duplicates <p>           probability that a body is sent twice (default 0)
  --bad-signatures <p>       probability of a forged body beside a genuine one (default 0)
  --malformed <p>            probability of a signed body that is no JSON (default 0)
  --huge <p>                 probability of an extra body of nearly 3 MB (default 0)
  --attempts <n>             how often a body is sent before it is given up (default 12)
  --allow-remote             allow a receiver outside this machine and its private network
  --quiet                    no progress lines
  --help                     this text

Default accounts: ${defaultAccounts.map(nameOf).join(',')}
Ends with 0 when the receiver has acknowledged every item and refused every forgery, else with 1.`;

function nameOf(account: Account): string {
  const { platform, id } = account;
  return `${platform}:${id}${platform === 'whatsapp' ? `@${account.businessAccountId}` : ''}`;
}

/** Reads the command line. `drawSeed` gives the seed when none is set. Throws UsageError. */
export function parseCommand(args: string[], drawSeed: () => number): Command {
  const values = valuesOf(args);
  const { help = false, quiet = false, 'allow-remote': allowRemote = false } = values;
  const seed = number('seed', values.seed, { integer: true }) ?? drawSeed();
  const rate = number('rate', values.rate) ?? 10;
  const duration = number('duration', values.duration);
  const secret = values.secret ?? '';
  if (!help && secret === '') throw new UsageError('Set --secret to the app secret that the receiver knows.');
  return {
    ...{ help, quiet, allowRemote },
    options: {
      url: help ? 'http://127.0.0.1' : address(values.url),
      secret: { whatsapp: secret, messenger: secret, instagram: values['instagram-secret'] ?? secret },
      accounts: accountsOf(values.accounts, values.platforms),
      seed,
      rate: rate === 0 ? undefined : rate,
      durationMs: duration === undefined ? undefined : duration * 1000,
      count: number('count', values.count, { integer: true, least: 1 }),
      connections: number('connections', values.connections, { integer: true, least: 1 }),
      batch: number('batch', values.batch, { integer: true, least: 1, most: 1000 }),
      customers: number('customers', values.customers, { integer: true, least: 1 }),
      attempts: number('attempts', values.attempts, { integer: true, least: 1 }),
      reorder: number('reorder', values.reorder, { integer: true }),
      duplicates: number('duplicates', values.duplicates, { most: 1 }),
      badSignatures: number('bad-signatures', values['bad-signatures'], { most: 1 }),
      malformed: number('malformed', values.malformed, { most: 1 }),
      huge: number('huge', values.huge, { most: 1 }),
    },
  };
}

function valuesOf(args: string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args,
      options: {
        ...{ url: text, secret: text, 'instagram-secret': text, platforms: text, accounts: text },
        ...{ count: text, duration: text, rate: text, connections: text, batch: text, customers: text, seed: text },
        ...{ reorder: text, duplicates: text, 'bad-signatures': text, malformed: text, huge: text, attempts: text },
        ...{ 'allow-remote': flag, quiet: flag, help: flag },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('. ')[0]}. See --help.`);
  }
}

export function number(
  name: string,
  given: string | undefined,
  { integer = false, least = 0, most = Number.MAX_SAFE_INTEGER } = {},
): number | undefined {
  if (given === undefined) return undefined;
  const value = given.trim() === '' ? Number.NaN : Number(given);
  if (Number.isFinite(value) && value >= least && value <= most && (!integer || Number.isInteger(value))) return value;
  const kind = integer ? 'a whole number' : 'a number';
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  throw new UsageError(`--${name} must be ${kind} ${range}.`);
}

export function address(given: string | undefined, option = 'url'): URL {
  const url = given !== undefined && URL.canParse(given) ? new URL(given) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw new UsageError(`Set --${option} to the receiver, such as http://127.0.0.1:3000/webhooks/meta.`);
}

function accountsOf(given: string | undefined, wanted: string | undefined): Account[] {
  const chosen = wanted === undefined ? platforms : wanted.split(',').map(platformOf);
  const all = given === undefined ? defaultAccounts : given.split(',').map(accountOf);
  const accounts = all.filter((account) => chosen.includes(account.platform));
  if (accounts.length === 0) throw new UsageError('None of --accounts is on one of --platforms.');
  return accounts;
}

function platformOf(name: string): Platform {
  const platform = platforms.find((platform) => platform === name.trim());
  if (platform) return platform;
  throw new UsageError(`--platforms knows ${platforms.join(', ')}, not "${name}".`);
}

export function accountOf(given: string): Account {
  const [, platform, id, , businessAccountId] = /^(\w+):(\d+)(@(\d+))?$/.exec(given.trim()) ?? [];
  if (platform === 'whatsapp' && id && businessAccountId) {
    return { platform, id, businessAccountId, displayPhoneNumber: `1555${id.slice(-7).padStart(7, '0')}` };
  }
  if ((platform === 'messenger' || platform === 'instagram') && id && !businessAccountId) return { platform, id };
  throw new UsageError(
    `--accounts holds "${given}"; write whatsapp:<id>@<business account id>, messenger:<id> or instagram:<id>.`,
  );
}
