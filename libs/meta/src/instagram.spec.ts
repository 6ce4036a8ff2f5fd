import { at, change, only, pageId, seconds } from '../test/bodies';

const comment = {
  id: '178',
  text: 'Where can I buy it?',
  parent_id: '177',
  from: { id: '55', username: 'bea', self_ig_scoped_id: '1' },
  media: { id: '90', media_product_type: 'REELS', ad_id: '3', ad_title: 'Spring', original_media_id: '89' },
};

describe('a change of an Instagram account', () => {
  it('tells a comment in full', () => {
    expect(only(change('instagram', 'comments', comment))).toEqual({
      path: 'entry[0].changes[0]',
      platform: 'instagram',
      accountId: pageId,
      field: 'comments',
      dedupKey: 'comment:178::',
      occurredAt: at,
      sender: { id: '55', username: 'bea' },
      content: {
        text: 'Where can I buy it?',
        commentId: '178',
        parentId: '177',
        mediaId: '90',
        mediaProductType: 'REELS',
        adId: '3',
        adTitle: 'Spring',
        originalMediaId: '89',
      },
      effect: {
        kind: 'comment',
        commentId: '178',
        verb: 'add',
        parentId: '177',
        media: { id: '90', productType: 'REELS', adId: '3', adTitle: 'Spring', originalMediaId: '89' },
        text: 'Where can I buy it?',
        from: { id: '55', username: 'bea' },
        own: false,
        live: false,
        at,
      },
      raw: { field: 'comments', value: comment },
    });
  });

  it('tells a live comment, and one whose id is called comment_id', () => {
    const live = only(change('instagram', 'live_comments', { comment_id: 178, text: 'hi', created_time: seconds - 2 }));
    expect(live).toMatchObject({
      field: 'live_comments',
      content: { commentId: '178', text: 'hi' },
      occurredAt: at - 2_000,
    });
    expect(live.dedupKey).toBe(`live_comment:178::${at - 2_000}`);
    expect(live.sender).toBeUndefined();
  });

  it('does not take one comment for another', () => {
    const keys = [
      comment,
      { ...comment, id: '179' },
      { ...comment, verb: 'remove' },
      { ...comment, edited_time: seconds },
      { text: 'a' },
      { text: 'b' },
    ].map((value) => only(change('instagram', 'comments', value)).dedupKey);
    keys.push(only(change('instagram', 'live_comments', comment)).dedupKey);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('tells a mention by media and comment', () => {
    const item = only(change('instagram', 'mentions', { media_id: '90', comment_id: '178' }));
    expect(item).toMatchObject({ field: 'mentions', content: { mediaId: '90', commentId: '178' } });
    expect(item.dedupKey).not.toBe(only(change('instagram', 'mentions', { media_id: '90' })).dedupKey);
  });

  it.each<[string, unknown, unknown, string?]>([
    [
      'story_insights',
      { media_id: '90', reach: 44, replies: -1 },
      { media_id: '90', reach: 44, replies: -1 },
      'story_insights',
    ],
    ['something_new', { nested: {} }, undefined],
    ['comments', null, {}],
  ])('tells %s', (field, value, content, kind = 'notice') => {
    expect(only(change('instagram', field, value))).toMatchObject({ field, effect: { kind } });
    expect(only(change('instagram', field, value)).content).toEqual(content);
  });
});
