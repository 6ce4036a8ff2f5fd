import { SecretBox, SecretUnreadable } from './secret-box';

const boxOf = (key: number, ...old: number[]) =>
  new SecretBox({ encryptionKey: Buffer.alloc(32, key), encryptionKeysOld: old.map((one) => Buffer.alloc(32, one)) });
const box = boxOf(1);

describe('a sealed secret', () => {
  it('opens to what it was, and shows nothing of it', () => {
    const sealed = box.seal('app secret ✓');
    expect(sealed).not.toContain('app secret');
    expect(box.open(sealed)).toBe('app secret ✓');
  });

  it('is never sealed the same way twice', () => {
    expect(box.seal('x')).not.toBe(box.seal('x'));
  });

  it('that was altered does not open', () => {
    const parts = box.seal('app secret').split('.');
    parts[4] = Buffer.from('something else').toString('base64url');
    expect(() => box.open(parts.join('.'))).toThrow(SecretUnreadable);
  });

  it('of another key says which key is wanted, and not the secret', () => {
    const other = boxOf(2);
    expect(() => other.open(box.seal('app secret'))).toThrow(/ENCRYPTION_KEY/);
  });

  it('of a former key opens while that is named, and is sealed with the new one', () => {
    const rotating = boxOf(2, 3, 1);
    const sealed = rotating.seal(rotating.open(box.seal('app secret')));
    expect(sealed.startsWith(rotating.prefix)).toBe(true);
    expect(boxOf(2).open(sealed)).toBe('app secret');
    expect(() => box.open(sealed)).toThrow(SecretUnreadable);
  });

  it.each(['', 'v1', 'v2.a.b.c.d', 'nonsense'])('is not %j', (text) => {
    expect(() => box.open(text)).toThrow(SecretUnreadable);
  });
});
