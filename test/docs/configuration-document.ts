import { type Setting, settings } from '@switchboard/config';
import { table } from './table';

const preamble = `# Configuration

Switchboard reads environment variables, and beneath them an \`.env\` file in the folder it is started in. None is needed: without any, everything runs embedded in one process. What is wrong is told at start, all of it at once, a sentence for each variable, and the process ends with exit code 1.

Durations are written \`250ms\`, \`10s\`, \`15m\`, \`12h\` or \`7d\`. Lists are separated by commas. What is marked secret never appears in a log line or an error.

This file is made from the code: \`npm run docs\`.
`;

const epilogue = `
## What goes together

- \`REDIS_URL\` needs \`DATABASE_URL\`, and then \`JWT_SECRET\` and \`ENCRYPTION_KEY\` must be set, to the same values in every process.
- Without \`REDIS_URL\` a process has all roles: \`ROLES\` may leave one out only where other processes can take it.
- \`META_APP_ID\`, \`META_APP_SECRETS\` and \`META_VERIFY_TOKEN\` are set together or not at all.
- Behind a proxy set \`TRUST_PROXY\`, or every client has the proxy's address; see [operations](operations.md).
`;

/** docs/configuration.md as it must be. The table's columns are as wide as the formatter wants them. */
export function configurationDocument(): string {
  const all: Setting<unknown>[] = Object.values(settings);
  const rows = all.map((setting) => [`\`${setting.name}\``, defaultOf(setting), descriptionOf(setting)]);
  return `${preamble}\n${table(['variable', 'default', ''], rows)}${epilogue}`;
}

function defaultOf({ default: value }: Setting<unknown>): string {
  if (value === undefined) return '–';
  return value === '' ? 'empty' : `\`${value}\``;
}

function descriptionOf({ description, secret }: Setting<unknown>): string {
  return `${description.replaceAll('|', '\\|')}${secret ? ' Secret.' : ''}`;
}
