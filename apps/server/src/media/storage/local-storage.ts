import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type ByteRange, MediaMissing, type MediaStorage } from './media-storage';

const unfinished = 'unfinished';

/** Files in a folder. A file is written under a name of its own and renamed once it is whole and on the disk. */
export class LocalStorage implements MediaStorage {
  constructor(private readonly folder: string) {}

  get place(): string {
    return this.folder;
  }

  async write(key: string, source: Readable): Promise<void> {
    const path = join(this.folder, key);
    const temporary = join(this.folder, unfinished, randomUUID());
    try {
      await mkdir(dirname(temporary), { recursive: true, mode: 0o700 });
      await pipeline(source, createWriteStream(temporary, { flags: 'wx', mode: 0o600, flush: true }));
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await rename(temporary, path);
      await syncFolder(dirname(path));
    } catch (error) {
      source.destroy();
      await rm(temporary, { force: true });
      throw error;
    }
  }

  async read(key: string, range?: ByteRange): Promise<Readable> {
    const path = join(this.folder, key);
    try {
      const file = await open(path);
      return file.createReadStream({ ...range });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new MediaMissing(key);
      throw error;
    }
  }

  async delete(keys: readonly string[]): Promise<void> {
    for (const key of keys) await rm(join(this.folder, key), { force: true });
  }

  async tidy(olderThanMs: number): Promise<number> {
    const folder = join(this.folder, unfinished);
    const names = await readdir(folder).catch(() => []);
    let removed = 0;
    for (const name of names) {
      const path = join(folder, name);
      const found = await stat(path).catch(() => undefined);
      if (!found || Date.now() - found.mtimeMs < olderThanMs) continue;
      await rm(path, { force: true });
      removed += 1;
    }
    return removed;
  }
}

/** A rename is on the disk once its folder is. Not every system can: then the system's own time must do. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder).catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
