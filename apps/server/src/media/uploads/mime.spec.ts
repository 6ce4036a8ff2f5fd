import { agreedType, isAnimated, sniff } from './mime';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n');
const html = Buffer.from('<!doctype html><script>alert(1)</script>');
const ogg = Buffer.concat([Buffer.from('OggS\0\x02'), Buffer.alloc(22), Buffer.from('OpusHead'), Buffer.alloc(40)]);
const mp4 = Buffer.concat([
  Buffer.from([0, 0, 0, 24]),
  Buffer.from('ftypisom\0\0\x02\0isomiso2mp41'),
  Buffer.alloc(64),
]);
const docx = Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(26), Buffer.from('word/document.xml')]);
const doc = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(500)]);
const webp = (flags: number) =>
  Buffer.concat([Buffer.from('RIFF\x40\0\0\0WEBPVP8X\x0a\0\0\0'), Buffer.from([flags]), Buffer.alloc(60)]);

describe('the type of an uploaded file', () => {
  it.each([
    ['a picture', png, 'image/png', 'image/png'],
    ['parameters and capitals', png, 'Image/PNG; name=x', 'image/png'],
    ['nothing', png, undefined, 'image/png'],
    ['any file', pdf, 'application/octet-stream', 'application/pdf'],
    ['no type at all', pdf, 'nonsense', 'application/pdf'],
    [
      'a document in a container',
      docx,
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'same',
    ],
    ['an old document', doc, 'application/msword', 'same'],
    ['a voice message', ogg, 'audio/ogg; codecs=opus', 'audio/ogg'],
    ['sound in a video container', mp4, 'audio/mp4', 'same'],
    ['a text', Buffer.from('a,b\n1,2\n'), 'text/csv', 'same'],
    ['a page, which is served as a download', html, 'text/html', 'same'],
    ['something unknown', Buffer.from([1, 2, 3]), 'application/x-something', 'same'],
  ])('said to be %s is believed where its first bytes agree', async (_, head, declared, expected) => {
    expect(agreedType(declared, await sniff(head), head)).toBe(expected === 'same' ? declared : expected);
  });

  it.each([
    ['a page', html, 'image/png'],
    ['a page', html, 'application/pdf'],
    ['a picture', png, 'image/jpeg'],
    ['a picture', png, 'text/plain'],
    ['a picture', png, 'application/pdf'],
    ['a document', pdf, 'audio/mpeg'],
    ['a container', docx, 'image/webp'],
    ['bytes', Buffer.from([1, 0, 2, 0]), 'text/plain'],
    ['nothing known', Buffer.from([1, 2, 3]), 'video/mp4'],
  ])('is refused where %s is said to be something else', async (_, head, declared) => {
    expect(agreedType(declared, await sniff(head), head)).toBeUndefined();
  });

  it('tells stickers that move from those that do not', () => {
    expect([
      isAnimated('image/webp', webp(2)),
      isAnimated('image/webp', webp(0)),
      isAnimated('image/png', png),
    ]).toEqual([true, false, undefined]);
  });
});
