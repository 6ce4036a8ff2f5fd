import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { S3Server } from '../../../../../test/support/s3-server';
import { LocalStorage } from './local-storage';
import { type Expected, measured } from './measured';
import { MediaMissing, type MediaStorage, storageKey } from './media-storage';
import { S3Storage } from './s3-storage';

const accessKeyId = 'AKIATEST';
const s3 = new S3Server(accessKeyId);
const folder = mkdtempSync(join(tmpdir(), 'switchboard-media-'));
let stores: Record<string, { storage: MediaStorage; kept: () => number }>;

beforeAll(async () => {
  const endpoint = await s3.listen();
  const bucket = { bucket: 'media', endpoint, region: 'eu-central-1', pathStyle: true };
  const files = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;
  stores = {
    folder: { storage: new LocalStorage(folder), kept: files },
    bucket: {
      storage: new S3Storage({ ...bucket, accessKeyId, secretAccessKey: 'secret' }),
      kept: () => s3.objects.size + s3.openUploads.size,
    },
  };
});

afterAll(async () => {
  await s3.close();
  rmSync(folder, { recursive: true, force: true });
});

const key = (id: string) => storageKey({ workspaceId: 'w1', id });
const mega = 1024 * 1024;

/** A file of any size that was never whole in memory, and how far it was read. */
function endless(until = Number.POSITIVE_INFINITY): Readable & { given: number } {
  const chunk = Buffer.alloc(64 * 1024, 'clay');
  const stream = Object.assign(
    new Readable({
      read() {
        stream.given += chunk.length;
        this.push(stream.given > until ? null : chunk);
      },
    }),
    { given: 0 },
  );
  return stream;
}

describe.each(['folder', 'bucket'])('media files in a %s', (name) => {
  const store = (id: string, source: Readable, expected: Partial<Expected> = {}) =>
    measured(source, { limit: 20 * mega, ...expected }, (body) => stores[name]!.storage.write(key(id), body));
  const read = async (id: string, range?: { start: number; end: number }) =>
    buffer(await stores[name]!.storage.read(key(id), range));

  it('come back as they were, measured on the way', async () => {
    const bytes = randomBytes(1000);
    const { size, sha256, head } = await store('small', Readable.from([bytes.subarray(0, 10), bytes.subarray(10)]));
    expect({ size, sha256 }).toEqual({ size: 1000, sha256: createHash('sha256').update(bytes).digest() });
    expect(head.equals(bytes)).toBe(true);
    expect((await read('small')).equals(bytes)).toBe(true);
    expect((await read('small', { start: 10, end: 19 })).equals(bytes.subarray(10, 20))).toBe(true);
  });

  it('may be larger than a part', async () => {
    const bytes = randomBytes(12 * mega + 5);
    const { size } = await store('large', Readable.from([bytes.subarray(0, 7 * mega), bytes.subarray(7 * mega)]));
    expect(size).toBe(bytes.length);
    expect((await read('large')).equals(bytes)).toBe(true);
  });

  it('are replaced as a whole', async () => {
    await store('again', Readable.from([Buffer.from('first')]));
    await store('again', Readable.from([Buffer.from('second')]));
    expect((await read('again')).toString()).toBe('second');
  });

  it.each([
    ['is larger than allowed', () => endless(), { limit: 11 * mega }, 'too_large'],
    ['is not what was promised', () => endless(12 * mega), { sha256: Buffer.alloc(32) }, 'wrong_sha256'],
    ['is small and not what was promised', () => endless(mega), { sha256: Buffer.alloc(32) }, 'wrong_sha256'],
    ['is empty', () => Readable.from([]), {}, 'empty'],
  ])('leave nothing behind where one %s', async (_, source, expected, code) => {
    const before = stores[name]!.kept();
    const file = source() as Readable & { given?: number };
    await expect(store('refused', file, expected)).rejects.toMatchObject({ code });
    expect(stores[name]!.kept()).toBe(before);
    await expect(read('refused')).rejects.toThrow(MediaMissing);
    expect(file.destroyed).toBe(true);
    // Not read to its end, which it has not.
    if (code === 'too_large') expect(file.given!).toBeLessThan(13 * mega);
  });

  it('leave nothing behind where the source breaks', async () => {
    const before = stores[name]!.kept();
    const broken = async function* () {
      yield Buffer.alloc(6 * mega);
      throw new Error('the line went dead');
    };
    await expect(store('broken', Readable.from(broken()))).rejects.toThrow('the line went dead');
    expect(stores[name]!.kept()).toBe(before);
  });

  it('are gone once deleted, and what is not there can be deleted too', async () => {
    await store('one', Readable.from([Buffer.from('1')]));
    await store('two', Readable.from([Buffer.from('2')]));
    await stores[name]!.storage.delete([key('one'), key('never')]);
    await expect(read('one')).rejects.toThrow(MediaMissing);
    expect((await read('two')).toString()).toBe('2');
  });
});

it('what a crash has left of a write is tidied up once it is old, and nothing else', async () => {
  const { storage, kept } = stores.folder!;
  const before = kept();
  for (const name of ['old', 'new']) writeFileSync(join(folder, 'unfinished', name), 'half a file');
  const longAgo = new Date(Date.now() - 3_600_000);
  utimesSync(join(folder, 'unfinished', 'old'), longAgo, longAgo);
  expect(await storage.tidy(1_800_000)).toBe(1);
  expect(kept()).toBe(before + 1);
});
