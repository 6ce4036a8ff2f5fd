import fc from 'fast-check';
import { mentionRead, readMention } from './mention';

const nowhere = { commentId: null, mediaId: null, postId: null };

describe('the words of a mention', () => {
  it('are asked of the Instagram account that was mentioned', () => {
    expect(mentionRead('instagram', '1784', { ...nowhere, commentId: '17', mediaId: '18' })).toEqual({
      path: '1784',
      fields: 'mentioned_comment.comment_id(17){id,text,timestamp,username,media{id,permalink}}',
    });
    expect(mentionRead('instagram', '1784', { ...nowhere, mediaId: '18' })).toEqual({
      path: '1784',
      fields: 'mentioned_media.media_id(18){id,caption,media_type,permalink,timestamp,username}',
    });
  });

  it('are asked of the post or comment itself where a page was mentioned', () => {
    const fields = 'message,from,created_time,permalink_url';
    expect(mentionRead('messenger', '9', { ...nowhere, postId: '5_1' })).toEqual({ path: '5_1', fields });
    expect(mentionRead('messenger', '9', { ...nowhere, postId: '5_1', commentId: '1_2' })?.path).toBe('1_2');
  });

  it.each(['1){id},x.y(2', '../me', '', 'x'.repeat(201)])('are not asked for where the id is none: %j', (id) => {
    for (const platform of ['instagram', 'messenger'] as const) {
      expect(mentionRead(platform, '9', { ...nowhere, commentId: id })).toBeUndefined();
    }
  });

  it('come of a comment, with the media it is under', () => {
    const media = { id: '18', permalink: 'https://www.instagram.com/p/x/' };
    const comment = { id: '17', text: 'Look, shop', timestamp: '2026-10-01T09:00:00+0000', username: 'ada.l', media };
    expect(readMention('instagram', { id: '1784', mentioned_comment: comment })).toEqual({
      text: 'Look, shop',
      author: { id: null, name: null, username: 'ada.l' },
      mediaId: '18',
      mediaType: null,
      permalink: 'https://www.instagram.com/p/x/',
      writtenAt: Date.UTC(2026, 9, 1, 9),
    });
  });

  it('come of a caption', () => {
    const media = { id: '18', caption: 'With shop', media_type: 'IMAGE', permalink: 'javascript:0', username: 'ada.l' };
    expect(readMention('instagram', { mentioned_media: media })).toEqual({
      text: 'With shop',
      author: { id: null, name: null, username: 'ada.l' },
      ...{ mediaId: '18', mediaType: 'IMAGE', permalink: null, writtenAt: null },
    });
  });

  it('come of a post, with its author where Meta names one', () => {
    const post = { id: '5_1', message: 'Thanks, Shop', from: { id: 5, name: 'Bea' }, permalink_url: 'https://f.b/5' };
    expect(readMention('messenger', post)).toMatchObject({
      text: 'Thanks, Shop',
      author: { id: '5', name: 'Bea', username: null },
      permalink: 'https://f.b/5',
    });
    expect(readMention('messenger', { id: '5_1' })).toMatchObject({ text: null, author: { id: null } });
  });

  it('are read of whatever is answered', () => {
    fc.assert(
      fc.property(fc.anything(), fc.constantFrom('messenger' as const, 'instagram' as const), (body, platform) => {
        expect(() => readMention(platform, body)).not.toThrow();
      }),
    );
    expect(readMention('instagram', { id: '1784' })).toBeUndefined();
  });
});
