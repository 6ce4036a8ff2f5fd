import { createHash } from 'node:crypto';
import { pipeline, type Readable, Transform, type TransformCallback } from 'node:stream';

/** What a file turned out to be. */
export interface Measure {
  /** Bytes. */
  size: number;
  sha256: Buffer;
  /** Its first bytes, to tell what kind of file it is. */
  head: Buffer;
}

/** A file is not kept: it is larger than allowed, not what was promised, or empty. */
export class MediaRefused extends Error {
  constructor(
    readonly code: 'too_large' | 'wrong_sha256' | 'empty',
    message: string,
  ) {
    super(message);
  }
}

export interface Expected {
  /** Bytes; what is larger is not read on. */
  limit: number;
  sha256?: Buffer | undefined;
}

/** Enough for file-type to tell any kind that it knows by its first bytes. */
const headLength = 4100;

/** Lets a file pass through, measures it, and fails it before its end where it must not be kept. */
export class Meter extends Transform {
  private readonly hash = createHash('sha256');
  private readonly head: Buffer[] = [];
  private passed = 0;
  private measured?: Measure;

  constructor(private readonly expected: Expected) {
    super();
  }

  /** Once it has all passed. */
  get measure(): Measure {
    if (!this.measured) throw new Error('The file has not passed yet.');
    return this.measured;
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    const { limit } = this.expected;
    if (this.passed < headLength) this.head.push(chunk.subarray(0, headLength - this.passed));
    this.passed += chunk.length;
    if (this.passed > limit) done(tooLarge(limit));
    else {
      this.hash.update(chunk);
      done(null, chunk);
    }
  }

  override _flush(done: TransformCallback): void {
    const sha256 = this.hash.digest();
    const { sha256: expected } = this.expected;
    this.measured = { size: this.passed, sha256, head: Buffer.concat(this.head) };
    if (this.passed === 0) done(new MediaRefused('empty', 'The file is empty.'));
    else if (expected && !expected.equals(sha256)) {
      done(new MediaRefused('wrong_sha256', 'The file is not the one that Meta spoke of: its sha256 differs.'));
    } else done();
  }
}

export function tooLarge(limit: number): MediaRefused {
  return new MediaRefused(
    'too_large',
    `The file is larger than the ${limit} bytes that this instance takes (MEDIA_MAX_BYTES).`,
  );
}

/** Streams a file through a meter to `write`. Whichever of the three fails, all end, with the error of the first. */
export async function measured(
  source: Readable,
  expected: Expected,
  write: (body: Readable) => Promise<void>,
): Promise<Measure> {
  const meter = new Meter(expected);
  let failure: Error | undefined;
  meter.once('error', (error) => {
    failure = error;
  });
  // What fails in it is told by the writer, who reads from the meter.
  pipeline(source, meter, () => undefined);
  try {
    await write(meter);
    return meter.measure;
  } catch (error) {
    meter.destroy();
    throw failure ?? error;
  }
}
