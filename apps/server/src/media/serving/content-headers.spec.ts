import { contentHeaders } from './content-headers';

const of = (mimeType: string | null, filename: string | null = null) =>
  contentHeaders({ mimeType, filename, sha256: null });

describe('a file that somebody has sent', () => {
  it.each(['image/png', 'video/mp4', 'audio/ogg', 'application/pdf'])('is shown where it is %s', (type) => {
    expect(of(type)).toMatchObject({ 'content-type': type, 'content-disposition': 'inline' });
  });

  it.each(['text/html', 'image/svg+xml', 'application/xhtml+xml', 'text/javascript', 'text/plain', 'IMAGE/PNG', null])(
    'is only ever downloaded where it is %s',
    (type) => {
      expect(of(type)).toMatchObject({
        'content-type': 'application/octet-stream',
        'content-disposition': 'attachment',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
      });
    },
  );

  it.each([
    ['../../etc/passwd', `inline; filename=".._.._etc_passwd"; filename*=UTF-8''..%2F..%2Fetc%2Fpasswd`],
    ['a"\r\nset-cookie: x', `inline; filename="a___set-cookie_ x"; filename*=UTF-8''a%22%0D%0Aset-cookie%3A%20x`],
    ['größe 😀.png', `inline; filename="gr__e __.png"; filename*=UTF-8''gr%C3%B6%C3%9Fe%20%F0%9F%98%80.png`],
    ['half \ud83d.png', `inline; filename="half _.png"; filename*=UTF-8''half%20%EF%BF%BD.png`],
  ])('keeps its name and nothing besides: %j', (name, expected) => {
    expect(of('image/png', name)['content-disposition']).toBe(expected);
  });
});
