import type { Readable } from 'node:stream';

/** Injection token of the store of media files. */
export const MEDIA_STORAGE = Symbol('MEDIA_STORAGE');

/** Bytes of a file, both ends included. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * Keeps files by key. Keys are made here, of ids only: never of a file's name. Nothing is ever held whole in memory.
 */
export interface MediaStorage {
  /** Where files go, for the log. */
  readonly place: string;
  /** Resolves once the file is kept for good. Fails with the source, and then keeps nothing; a file of the same key is replaced at once. */
  write(key: string, source: Readable): Promise<void>;
  /** @throws MediaMissing */
  read(key: string, range?: ByteRange): Promise<Readable>;
  /** Those that are not there are no error. */
  delete(keys: readonly string[]): Promise<void>;
  /** Deletes what writes that were cut off by a crash have left for longer than `olderThanMs`. */
  tidy(olderThanMs: number): Promise<number>;
}

/** The database knows of a file that the store does not have. */
export class MediaMissing extends Error {
  readonly code = 'media_missing';
  constructor(key: string) {
    super(`The media store has no ${key}.`);
  }
}

/** One folder a workspace, and in it 256, so that no folder grows too long to be listed. */
export function storageKey({ workspaceId, id }: { workspaceId: string; id: string }): string {
  return `${workspaceId}/${id.slice(-2)}/${id}`;
}
