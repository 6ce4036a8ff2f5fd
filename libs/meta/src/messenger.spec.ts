import { at, change, only, pageId, seconds } from '../test/bodies';

const feed = (value: Record<string, unknown>, time = seconds) => {
  const body = change('page', 'feed', value);
  return { ...body, entry: [{ ...(body.entry as Record<string, unknown>[])[0], time }] };
};
const comment = {
  item: 'comment',
  verb: 'add',
  comment_id: '1_2',
  post_id: '9_1',
  parent_id: '9_1',
  created_time: seconds - 60,
  message: 'Nice!',
  from: { id: '5', name: 'Bea' },
};

describe('a change of a Facebook page', () => {
  it('tells a comment', () => {
    expect(only(feed(comment))).toEqual({
      path: 'entry[0].changes[0]',
      platform: 'messenger',
      accountId: pageId,
      field: 'feed',
      dedupKey: `comment:1_2:add:${at - 60_000}`,
      occurredAt: at - 60_000,
      sender: { id: '5' },
      content: {
        item: 'comment',
        verb: 'add',
        text: 'Nice!',
        authorName: 'Bea',
        postId: '9_1',
        commentId: '1_2',
        parentId: '9_1',
      },
      effect: {
        kind: 'comment',
        commentId: '1_2',
        verb: 'add',
        postId: '9_1',
        text: 'Nice!',
        from: { id: '5', name: 'Bea' },
        own: false,
        live: false,
        at: at - 60_000,
      },
      raw: { field: 'feed', value: comment },
    });
  });

  it.each<[Record<string, unknown>, Record<string, unknown>]>([
    [
      { item: 'reaction', verb: 'add', reaction_type: 'wow', from: { id: 5 } },
      { content: { reaction: 'wow' }, sender: { id: '5' }, effect: { kind: 'post_reaction', reaction: 'wow' } },
    ],
    [
      { item: 'photo', verb: 'add', photo_id: 7, link: 'https://x', sender_id: 8, sender_name: 'Joe' },
      {
        content: { photoId: '7', link: 'https://x', authorName: 'Joe' },
        sender: { id: '8' },
        effect: { kind: 'post' },
      },
    ],
    [
      { item: 'post', verb: 'hide', created_time: seconds - 9_999 },
      { occurredAt: at, effect: { kind: 'post', verb: 'hide' } },
    ],
    [
      { item: 'status', verb: 'edited', edited_time: seconds - 5 },
      { occurredAt: at - 5_000, effect: { kind: 'post', verb: 'edit' } },
    ],
    [
      { item: 'mention', verb: 'add', post_id: '5_1', message: 'Thanks, Shop' },
      { content: { text: 'Thanks, Shop' }, effect: { kind: 'mention', postId: '5_1', text: 'Thanks, Shop' } },
    ],
    [{}, { content: {}, sender: undefined, effect: { kind: 'notice' } }],
  ])('tells %j', (value, told) => {
    expect(only(feed(value))).toMatchObject({ field: 'feed', ...told });
  });

  it('is the same fact when told again, and another one when it happens again', () => {
    const key = (value: Record<string, unknown>, time?: number) => only(feed({ ...comment, ...value }, time)).dedupKey;
    expect(key({})).toBe(key({}, seconds + 60));
    expect(key({ verb: 'remove' })).toBe(key({ verb: 'remove' }, seconds + 60));
    const edited = { verb: 'edited', edited_time: seconds };
    expect(key(edited)).toBe(key(edited, seconds + 60));
    const different = [
      key({}),
      key({ verb: 'remove' }),
      key(edited),
      key({ ...edited, edited_time: seconds + 1 }),
      key({ verb: 'hide' }),
      key({ verb: 'hide' }, seconds + 60),
      key({ verb: 'edited' }),
      key({ verb: 'edited' }, seconds + 60),
      key({ comment_id: '1_3' }),
      key({ item: 'reaction', reaction_type: 'like' }),
      key({ item: 'reaction', reaction_type: 'love' }),
    ];
    expect(new Set(different).size).toBe(different.length);
  });

  it.each<[string, string, Record<string, unknown>, Record<string, unknown>]>([
    ['mention', 'mentions', { post_id: '9_1', item: 'post', verb: 'add' }, { content: { postId: '9_1' } }],
    [
      'ratings',
      'ratings',
      { rating: 3, review_text: 'ok', reviewer_id: 4 },
      { content: { rating: 3 }, sender: { id: '4' } },
    ],
    [
      'leadgen',
      'leadgen',
      { leadgen_id: 1, created_time: seconds - 1 },
      { content: { leadgen_id: 1 }, occurredAt: at - 1_000 },
    ],
    ['something_new', 'something_new', { a: 1 }, { content: { a: 1 } }],
  ])('%s is told under %s', (field, canonical, value, told) => {
    expect(only(change('page', field, value))).toMatchObject({ field: canonical, ...told });
  });

  it.each([undefined, null, 'on', 7])('may have the value %j', (value) => {
    expect(only(change('page', 'parking', value))).toMatchObject({
      field: 'parking',
      content: undefined,
      occurredAt: at,
    });
  });

  it('may have no name', () => {
    expect(only({ object: 'page', entry: [{ id: pageId, changes: [{}] }] }).field).toBe('unknown');
  });
});
