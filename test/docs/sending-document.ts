import { type Platform, platforms, type Shape, sendable } from '@switchboard/meta';
import { table } from './table';

/** Between these two lines docs/sending.md is made from the code. */
export const begin = '<!-- made from the code: npm run docs -->';
export const end = '<!-- end -->';

const names: Record<Platform, string> = { whatsapp: 'WhatsApp', messenger: 'Messenger', instagram: 'Instagram' };

/** The tables of docs/sending.md: which platform takes which kind, and the limits of each member. */
export function sendingTables(): string {
  const kinds = [...new Set(platforms.flatMap((platform) => Object.keys(sendable[platform])))];
  const overview = table(
    ['kind', ...platforms.map((platform) => names[platform])],
    kinds.map((kind) => [`\`${kind}\``, ...platforms.map((platform) => (shapeOf(platform, kind) ? 'yes' : '–'))]),
  );
  return `${overview}${kinds.map(kindTable).join('')}`;
}

/** The document with its tables as the code has them. */
export function withTables(written: string): string {
  const [before, rest = ''] = written.split(begin);
  const [, after = ''] = rest.split(end);
  return `${before}${begin}\n\n${sendingTables()}\n${end}${after}`;
}

function kindTable(kind: string): string {
  const having = platforms.filter((platform) => shapeOf(platform, kind));
  const limits = having.map((platform) => limitsOf(shapeOf(platform, kind)!));
  const members = [...new Set(limits.flatMap((own) => [...own.keys()]))];
  const rows = members.map((member) => [
    `\`${member || kind}\``,
    ...limits.map((own) => (own.get(member) ?? '–').replaceAll('|', '\\|')),
  ]);
  return `\n### ${kind}\n\n${table(['member', ...having.map((platform) => names[platform])], rows)}`;
}

function shapeOf(platform: Platform, kind: string): Shape | undefined {
  return (sendable[platform] as Record<string, Shape>)[kind];
}

/** Each member with its limits; what consists of parts already told is told once. */
function limitsOf(shape: Shape, member = '', told = new Set<unknown>(), limits = new Map<string, string>()) {
  const { says, parts } = shape;
  if (says !== '') limits.set(member, shape.optional ? `optional; ${says}` : says);
  if (parts === undefined || told.has(parts)) return limits;
  told.add(parts);
  for (const [name, part] of Object.entries(parts)) limitsOf(part, placeOf(member, name), told, limits);
  return limits;
}

function placeOf(member: string, name: string): string {
  if (name === '[]') return `${member}[]`;
  if (name.startsWith('(')) return `${member} ${name}`;
  return member === '' ? name : `${member}.${name}`;
}
