import type { Readable } from 'node:stream';
import { DeleteObjectsCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { type ByteRange, MediaMissing, type MediaStorage } from './media-storage';

export interface S3Settings {
  bucket: string;
  endpoint?: string | undefined;
  region: string;
  accessKeyId?: string | undefined;
  secretAccessKey?: string | undefined;
  pathStyle: boolean;
}

/** S3's smallest part. An upload holds two of them: one that fills while the other is sent. */
const partSize = 5 * 1024 * 1024;
const partsAtOnce = 2;
/** S3 deletes no more at once. */
const deletedAtOnce = 1000;

/**
 * Files in a bucket of S3 or a store that speaks its protocol. An object is there once its upload is completed and not before, so there is
 * nothing to rename; an upload that fails is aborted.
 */
export class S3Storage implements MediaStorage {
  private readonly client: S3Client;
  private readonly bucket: string;
  readonly place: string;

  constructor({ bucket, endpoint, region, accessKeyId, secretAccessKey, pathStyle }: S3Settings) {
    this.bucket = bucket;
    this.place = `bucket ${bucket}${endpoint ? ` of ${new URL(endpoint).host}` : ''}`;
    this.client = new S3Client({
      region,
      forcePathStyle: pathStyle,
      ...(endpoint ? { endpoint } : {}),
      ...(accessKeyId && secretAccessKey ? { credentials: { accessKeyId, secretAccessKey } } : {}),
      // Checksums in trailers are AWS's own; other stores refuse them.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
  }

  async write(key: string, source: Readable): Promise<void> {
    const params = { Bucket: this.bucket, Key: key, Body: source };
    const upload = new Upload({ client: this.client, params, partSize, queueSize: partsAtOnce });
    try {
      await upload.done();
    } catch (error) {
      source.destroy();
      throw error;
    }
  }

  async read(key: string, range?: ByteRange): Promise<Readable> {
    const Range = range && `bytes=${range.start}-${range.end}`;
    try {
      const { Body } = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key, Range }));
      return Body as Readable;
    } catch (error) {
      if ((error as Error).name === 'NoSuchKey') throw new MediaMissing(key);
      throw error;
    }
  }

  async delete(keys: readonly string[]): Promise<void> {
    for (let from = 0; from < keys.length; from += deletedAtOnce) {
      const Objects = keys.slice(from, from + deletedAtOnce).map((Key) => ({ Key }));
      const { Errors = [] } = await this.client.send(
        new DeleteObjectsCommand({ Bucket: this.bucket, Delete: { Objects, Quiet: true } }),
      );
      const [first] = Errors;
      if (first) throw new Error(`${Errors.length} media files could not be deleted: ${first.Code} ${first.Message}`);
    }
  }

  /** What a crash leaves of a multipart upload is for the bucket's own lifecycle rule: see docs/media.md. */
  async tidy(): Promise<number> {
    return 0;
  }
}
