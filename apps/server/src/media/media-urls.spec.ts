import { MediaUrls } from './media-urls';

const settings = { encryptionKey: Buffer.alloc(32, 1), mediaUrlTtl: 3_600_000, publicUrl: 'https://chat.example.com/' };
const urls = new MediaUrls(settings);
const id = '01920000-0000-7000-8000-000000000001';
const now = Date.UTC(2026, 10, 1, 12, 0, 1);

function parts(url: string) {
  const { pathname, searchParams } = new URL(url, 'http://here');
  return { id: pathname.slice('/media/'.length), exp: searchParams.get('exp')!, sig: searchParams.get('sig')! };
}

describe('a signed URL', () => {
  it('is good for its file until it expires', () => {
    const url = urls.of(id, now);
    expect(url).toMatch(/^https:\/\/chat\.example\.com\/media\/01920000/);
    const { exp, sig } = parts(url);
    expect(urls.check(id, exp, sig, now)).toBeGreaterThanOrEqual(3600);
    expect(urls.check(id, exp, sig, now + 3_600_000)).toBeGreaterThan(0);
    expect(urls.check(id, exp, sig, Number(exp) * 1000)).toBe('expired');
  });

  it('stays the same for a while, so that a browser need not load the file again', () => {
    expect(urls.of(id, now + 200_000)).toBe(urls.of(id, now));
    expect(urls.of(id, now + 3_600_000)).not.toBe(urls.of(id, now));
  });

  it('is good for no other file, no later end, and no other instance', () => {
    const { exp, sig } = parts(urls.of(id, now));
    const other = '01920000-0000-7000-8000-000000000002';
    expect(urls.check(other, exp, sig, now)).toBe('forged');
    expect(urls.check(id, String(Number(exp) + 1), sig, now)).toBe('forged');
    expect(new MediaUrls({ ...settings, encryptionKey: Buffer.alloc(32, 2) }).check(id, exp, sig, now)).toBe('forged');
  });

  it.each([
    [undefined, undefined],
    ['', ''],
    ['1e99', 'x'],
    [['1'], ['2']],
    ['99999999999', 'A'.repeat(43)],
  ])('cannot be made up: %j %j', (exp, sig) => {
    expect(urls.check(id, exp, sig, now)).toBe('forged');
  });

  it('is a path of this server where nobody has said how it is reached', () => {
    const { publicUrl: _, ...rest } = settings;
    expect(new MediaUrls({ ...rest, publicUrl: undefined }).of(id, now)).toMatch(/^\/media\//);
  });
});
