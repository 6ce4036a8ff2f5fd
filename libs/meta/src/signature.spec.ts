import { sign, signingKey, verifySignature } from './signature';

// The vector of Meta's escaping: the backslashes are part of the signed bytes.
const body = Buffer.from(
  String.raw`{"object":"page","entry":[{"id":"1","time":1700000000000,"messaging":[{"sender":{"id":"2"},"recipient":{"id":"1"},"timestamp":1700000000000,"message":{"mid":"m_1","text":"caf\u00e9 \/ ok"}}]}]}`,
);
const secret = 'test_app_secret';
const digest = '67840810179fb1b3522e3afe9ef7044dcdc7d4b122457a02742e581dc0a78eda';
const header = `sha256=${digest}`;
const keys = [signingKey(secret)];

describe('the signature of a webhook', () => {
  it('is that of the known vector', () => {
    expect(body).toHaveLength(193);
    expect(sign(body, secret)).toBe(header);
    expect(verifySignature(body, header, keys)).toBe(0);
  });

  it('tells which of several secrets signed, so that one can be rotated', () => {
    const rotating = [signingKey('next'), { app: 'mine', ...signingKey(secret) }, signingKey('other')];
    expect(verifySignature(body, header, rotating)).toBe(1);
    expect(verifySignature(body, sign(body, 'other'), rotating)).toBe(2);
    expect(verifySignature(body, sign(body, 'stranger'), rotating)).toBe(-1);
    expect(verifySignature(body, header, [])).toBe(-1);
  });

  it('is over the bytes as they came, not over what they mean', () => {
    const reserialised = Buffer.from(JSON.stringify(JSON.parse(body.toString())));
    expect(verifySignature(reserialised, header, keys)).toBe(-1);
  });

  it('fails when a single bit of a 3 MB body changes', () => {
    const large = Buffer.alloc(3 * 1024 * 1024, 'x');
    const signed = sign(large, secret);
    expect(verifySignature(large, signed, keys)).toBe(0);
    large[large.length - 1]! ^= 1;
    expect(verifySignature(large, signed, keys)).toBe(-1);
  });

  it('accepts an empty body', () => {
    expect(verifySignature(Buffer.alloc(0), sign(Buffer.alloc(0), secret), keys)).toBe(0);
  });

  it.each<[string, unknown]>([
    ['missing', undefined],
    ['null', null],
    ['empty', ''],
    ['without its prefix', digest],
    ['with an uppercase prefix', `SHA256=${digest}`],
    ['of the old algorithm', `sha1=${digest.slice(0, 40)}`],
    ['cut short', header.slice(0, -1)],
    ['too long', `${header}0`],
    ['with a line end', `${header}\n`],
    ['not hexadecimal', `sha256=${'z'.repeat(64)}`],
    // The low byte of U+0161 is the letter a.
    ['with a letter that only looks right in Latin-1', header.replace('a', '\u0161')],
    ['with an emoji', `sha256=${'😀'.repeat(32)}`],
    ['sent twice', [header, header]],
    ['an object', { toString: () => header }],
    ['of another body', sign(Buffer.from('other'), secret)],
  ])('refuses a header that is %s', (_, value) => {
    expect(verifySignature(body, value, keys)).toBe(-1);
  });

  it('refuses an empty secret, with which anyone could sign', () => {
    expect(() => signingKey('')).toThrow('app secret is empty');
    expect(() => sign(body, '')).toThrow('app secret is empty');
  });
});
