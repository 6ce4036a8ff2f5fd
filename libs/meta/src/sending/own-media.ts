import { asObject } from '../reading';
import { type MediaKind, type MediaSource, mediaKinds, type SendContent } from './content';

/** A file of ours that content names. */
export interface OwnMedia {
  mediaId: string;
  kind: MediaKind;
}

/** Deeper than any content: a file in a template's carousel is the eighth level. */
const deepest = 12;

/** The files of ours that content names: its own, a header's, a template's. Takes any JSON and never throws. */
export function ownMedia(content: unknown): OwnMedia[] {
  const found: OwnMedia[] = [];
  walk(content, deepest, (source, kind) => {
    if (typeof source.mediaId === 'string') found.push({ mediaId: source.mediaId, kind });
    return source;
  });
  return found;
}

/** Content with each file of ours as `replacement` has it. What is no content, and files that are not ours, stay as they are. */
export function replaceMedia<T extends SendContent | unknown>(
  content: T,
  replacement: (media: OwnMedia, source: MediaSource) => MediaSource,
): T {
  return walk(content, deepest, (source, kind) => {
    if (typeof source.mediaId !== 'string') return source;
    return replacement({ mediaId: source.mediaId, kind }, source as MediaSource) as Record<string, unknown>;
  }) as T;
}

type Visit = (source: Record<string, unknown>, kind: MediaKind) => Record<string, unknown>;

function walk(value: unknown, depth: number, visit: Visit): unknown {
  if (depth === 0) return value;
  if (Array.isArray(value)) return value.map((element) => walk(element, depth - 1, visit));
  const object = asObject(value);
  if (object === undefined) return value;
  const kind = kindOf(object);
  return Object.fromEntries(
    Object.entries(object).map(([name, member]) => {
      const source = name === 'media' && kind !== undefined ? asObject(member) : undefined;
      return [name, source === undefined ? walk(member, depth - 1, visit) : visit(source, kind!)];
    }),
  );
}

/** A file stands beside the word for what it is. */
function kindOf({ type, mediaType }: Record<string, unknown>): MediaKind | undefined {
  return mediaKinds.find((kind) => kind === type) ?? mediaKinds.find((kind) => kind === mediaType);
}
