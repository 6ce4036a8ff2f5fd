import type { Platform } from '../items';
import { asObject } from '../reading';
import type { MediaKind, MediaSource } from './content';
import { allOf, type ContentProblem, Problems, quoted, typeName } from './problems';
import { kindsOf, sendable } from './sendable';
import type { JsonSchema } from './shape';
import { checkFile, mediaLimits } from './shapes/media';
import { tag } from './structure';

const names: Record<Platform, string> = { whatsapp: 'WhatsApp', messenger: 'Messenger', instagram: 'Instagram' };

const shapes = Object.fromEntries(
  Object.entries(sendable).map(([platform, kinds]) => [
    platform,
    new Map(Object.entries(kinds).map(([kind, shape]) => [kind, tag('type', kind, shape)])),
  ]),
);

/**
 * Why a platform would not take this content; empty where it would. Takes any JSON and never throws: what it lets
 * through is a `SendContent`. At most 50 problems, in the order of the fields.
 */
export function checkContent(platform: Platform, content: unknown): ContentProblem[] {
  const given = asObject(content);
  if (given === undefined) {
    return [{ field: '', rule: 'type', message: `The content must be an object; it is ${typeName(content)}.` }];
  }
  const kind = Object.hasOwn(given, 'type') ? given.type : undefined;
  const shape = typeof kind === 'string' ? shapes[platform]!.get(kind) : undefined;
  const problems = new Problems();
  if (shape !== undefined) shape.check(given, '', problems);
  else problems.add('type', 'kind', noSuchKind(platform, kind));
  return problems.list;
}

/** The problems of a file that is to be sent as `kind`, before it is uploaded; `field` is where it came from. */
export function checkMedia(
  platform: Platform,
  kind: MediaKind,
  file: Pick<MediaSource, 'mimeType' | 'size' | 'animated'>,
  field = 'file',
): ContentProblem[] {
  const limits = mediaLimits(platform, kind);
  const problems = new Problems();
  if (limits === undefined) problems.add(field, 'kind', noSuchKind(platform, kind));
  else checkFile(file, field, limits, problems);
  return problems.list;
}

/** The JSON Schema of everything a platform can be sent, for OpenAPI. */
export function contentSchema(platform: Platform): JsonSchema {
  return {
    oneOf: [...shapes[platform]!.values()].map(({ schema }) => schema),
    discriminator: { propertyName: 'type' },
  };
}

function noSuchKind(platform: Platform, kind: unknown): string {
  const has = `It has ${allOf(kindsOf(platform))}.`;
  if (typeof kind === 'string') return `${names[platform]} has no ${quoted(kind)}. ${has}`;
  return `type must say what is sent; it is ${typeName(kind)}. ${names[platform]}: ${has}`;
}
