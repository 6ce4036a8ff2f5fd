import { createHash, createHmac } from 'node:crypto';
import type { Random } from '../random';

/** A file's bytes, or how many of made-up ones. */
export interface FileSetup {
  bytes?: Buffer;
  /** Without `bytes`: so many made-up ones, never held in memory. */
  size?: number;
  mimeType: string;
  filename?: string;
}

/** A file that WhatsApp or a CDN keeps. */
export interface StoredFile {
  id: string;
  mimeType: string;
  filename?: string;
  size: number;
  /** Phone number id for WhatsApp's media, page or Instagram account id for attachments; absent on the CDN. */
  ownerId?: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
  sha256: Buffer;
  content(): Iterable<Buffer>;
}

const dayMs = 24 * 3_600_000;
/** Uploaded media are kept so long, a customer's shorter. */
export const uploadedLifeMs = 30 * dayMs;
export const inboundLifeMs = 7 * dayMs;
/** Download addresses are good for so long. */
const addressLifeMs = 5 * 60_000;

const chunk = Buffer.alloc(64 * 1024, 'clay and table ');

function* madeUp(size: number): Generator<Buffer> {
  for (let left = size; left > 0; left -= chunk.length) yield left < chunk.length ? chunk.subarray(0, left) : chunk;
}

/** Files and their download addresses. */
export class Files {
  readonly #files = new Map<string, StoredFile>();
  readonly #addressKey: Buffer;

  constructor(
    private readonly now: () => number,
    private readonly random: Random,
  ) {
    this.#addressKey = random.bytes(32);
  }

  add({ bytes, size = 0, mimeType, filename }: FileSetup, lifeMs: number, ownerId?: string): StoredFile {
    const content = () => (bytes === undefined ? madeUp(size) : [bytes]);
    const hash = createHash('sha256');
    for (const part of content()) hash.update(part);
    const file: StoredFile = {
      id: this.random.digits(16),
      mimeType,
      filename,
      size: bytes?.length ?? size,
      ownerId,
      expiresAt: this.now() + lifeMs,
      sha256: hash.digest(),
      content,
    };
    this.#files.set(file.id, file);
    return file;
  }

  get(id: string): StoredFile | undefined {
    const file = this.#files.get(id);
    return file !== undefined && this.now() < file.expiresAt ? file : undefined;
  }

  delete(id: string): void {
    this.#files.delete(id);
  }

  /** A download address, good for five minutes, with the owner's token only. */
  address(origin: string, { id }: StoredFile): string {
    const expiry = Math.floor((this.now() + addressLifeMs) / 1000);
    return `${origin}/whatsapp_business/attachments/?mid=${id}&ext=${expiry}&hash=${this.#hash(id, String(expiry))}`;
  }

  /** The file an address leads to; undefined once it has expired. */
  at(id: string, expiry: string, hash: string): StoredFile | undefined {
    if (hash !== this.#hash(id, expiry) || Number(expiry) * 1000 < this.now()) return undefined;
    return this.get(id);
  }

  #hash(id: string, expiry: string): string {
    return createHmac('sha256', this.#addressKey).update(`${id}|${expiry}`).digest('base64url');
  }
}
