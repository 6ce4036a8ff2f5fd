import { createHash } from 'node:crypto';
import { fetchableMedia, readSha256 } from './fetchable';

const cdn = 'https://scontent.xx.fbcdn.net/v/1.jpg';
const remotes = (...attachments: object[]) =>
  fetchableMedia({ attachments: attachments as never }).map(({ position, remote }) => [position, remote]);

describe('the files of a message', () => {
  it('are what WhatsApp names by id and Messenger and Instagram by URL, in their places', () => {
    expect(
      remotes(
        { type: 'location', url: cdn },
        { type: 'image', id: '1', url: cdn },
        { type: 'file', url: cdn },
        { type: 'audio', id: '2' },
      ),
    ).toEqual([
      [1, { id: '1', url: cdn }],
      [2, { url: cdn }],
      [3, { id: '2' }],
    ]);
  });

  it('are no links, stories, templates, or shares that lead to a page', () => {
    expect(
      remotes(
        ...['fallback', 'template', 'location', 'story_mention', 'unknown'].map((type) => ({ type, url: cdn })),
        { type: 'reel', url: 'https://www.facebook.com/reel/1' },
        { type: 'ig_post', url: 'not a url' },
        { type: 'image' },
      ),
    ).toEqual([]);
    expect(remotes({ type: 'ig_reel', url: cdn })).toEqual([[0, { url: cdn }]]);
    expect(fetchableMedia({ text: 'Hello' })).toEqual([]);
  });

  it('have a sha256 however Meta writes it', () => {
    const hash = createHash('sha256').update('x').digest();
    expect(readSha256(hash.toString('hex'))).toEqual(hash);
    expect(readSha256(hash.toString('base64'))).toEqual(hash);
    for (const other of ['', 'abc', 7, undefined, hash.toString('hex').slice(1)]) expect(readSha256(other)).toBeNull();
  });

  it('have names that the database takes', () => {
    const [file] = fetchableMedia({ attachments: [{ type: 'document', id: '1', filename: `a\0b${'c'.repeat(900)}` }] });
    expect(file!.filename).toHaveLength(500);
  });
});
