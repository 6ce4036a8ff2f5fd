import { at, effectOf, instagram, only, page, pageId, psid } from '../test/bodies';
import type { MessageContent } from './items';

const customer = { userId: psid };
const echoed = { sender: { id: pageId }, recipient: { id: psid } };
const url = 'https://cdn.example/1';

describe.each([
  ['Messenger', page, 'messenger'],
  ['Instagram', instagram, 'instagram'],
] as const)('%s', (_, body, platform) => {
  it('makes a message an inbound one of its sender', () => {
    const message = { mid: 'm_1', text: 'hello', reply_to: { mid: 'm_0' } };
    expect(only(body({ message }))).toEqual({
      path: 'entry[0].messaging[0]',
      platform,
      accountId: pageId,
      field: 'messages',
      dedupKey: 'message:m_1',
      occurredAt: at,
      sender: { id: psid },
      content: { messageId: 'm_1', type: 'text', text: 'hello' },
      effect: {
        kind: 'message',
        direction: 'inbound',
        messageId: 'm_1',
        customer,
        type: 'text',
        content: { text: 'hello' },
        sentAt: at,
        replyToMessageId: 'm_0',
      },
      raw: { sender: { id: psid }, recipient: { id: pageId }, timestamp: at, message },
    });
  });

  it.each<[string, Record<string, unknown>, MessageContent]>([
    [
      'image',
      { attachments: [{ type: 'image', payload: { url, sticker_id: 3 } }] },
      { attachments: [{ type: 'image', url }] },
    ],
    [
      'video',
      { text: 'look', attachments: [{ type: 'video', payload: { url } }] },
      { text: 'look', attachments: [{ type: 'video', url }] },
    ],
    ['audio', { attachments: [{ type: 'audio', payload: { url } }] }, { attachments: [{ type: 'audio', url }] }],
    ['file', { attachments: [{ type: 'file', payload: { url } }] }, { attachments: [{ type: 'file', url }] }],
    [
      'reel',
      { attachments: [{ type: 'reel', payload: { url, title: 'R', reel_video_id: '9' } }] },
      { attachments: [{ type: 'reel', url, title: 'R' }] },
    ],
    ['ig_reel', { attachments: [{ type: 'ig_reel', payload: { url } }] }, { attachments: [{ type: 'ig_reel', url }] }],
    ['ig_post', { attachments: [{ type: 'ig_post', payload: { url } }] }, { attachments: [{ type: 'ig_post', url }] }],
    [
      'story_mention',
      { attachments: [{ type: 'story_mention', payload: { url } }] },
      { attachments: [{ type: 'story_mention', url }] },
    ],
    ['like_heart', { attachments: [{ type: 'like_heart' }] }, { attachments: [{ type: 'like_heart' }] }],
    ['sticker', { attachments: [{ type: 'sticker', payload: { url } }] }, { attachments: [{ type: 'sticker', url }] }],
    [
      'location',
      { attachments: [{ type: 'location', payload: { coordinates: { lat: 12.5, long: -43.25 } } }] },
      { attachments: [{ type: 'location', latitude: 12.5, longitude: -43.25 }] },
    ],
    [
      'template',
      { attachments: [{ type: 'template', payload: { product: { elements: [{ id: '1' }] } } }] },
      { attachments: [{ type: 'template' }], structured: { product: { elements: [{ id: '1' }] } } },
    ],
    [
      'fallback',
      { attachments: [{ type: 'fallback', title: 'Link', url, payload: null }] },
      { attachments: [{ type: 'fallback', title: 'Link', url }] },
    ],
    [
      'text',
      { text: url, attachments: [{ type: 'fallback', payload: 'BLOB' }] },
      { text: url, attachments: [{ type: 'fallback' }] },
    ],
    [
      'unsupported',
      { attachments: [{ type: 'unsupported_type', payload: { url } }] },
      { attachments: [{ type: 'unsupported_type', url }] },
    ],
    ['unsupported', { is_unsupported: true }, {}],
    ['unsupported', {}, {}],
    ['unknown', { attachments: [{ payload: {} }, null, 'x'] }, { attachments: [{ type: 'unknown' }] }],
    [
      'text',
      { text: 'Red', quick_reply: { payload: 'RED' } },
      { text: 'Red', reply: { payload: 'RED', title: 'Red' } },
    ],
    ['quick_reply', { quick_reply: { payload: 'RED' } }, { reply: { payload: 'RED' } }],
    ['text', { text: 'nice', reply_to: { story: { id: 5, url } } }, { text: 'nice', story: { id: '5', url } }],
    ['story_reply', { reply_to: { story: { id: '5' } } }, { story: { id: '5' } }],
    ['text', { text: 'hi', referral: { ref: 'R', ad_id: '1' } }, { text: 'hi', referral: { ref: 'R', ad_id: '1' } }],
    ['text', { text: 'hi', attachments: 'none', quick_reply: 7, reply_to: null }, { text: 'hi' }],
  ])('reads a message of type %s: %j', (type, message, content) => {
    const effect = effectOf(body({ message: { mid: 'm_1', ...message } }), 'message');
    expect(effect.type).toBe(type);
    expect(effect.content).toEqual(content);
  });

  it('makes an echo an outbound message to its recipient', () => {
    const message = { mid: 'm_2', text: 'Yes', is_echo: true, app_id: 1_517_776_481, metadata: 'ours-1' };
    const item = only(body({ ...echoed, message }));
    expect(item).toMatchObject({
      field: 'message_echoes',
      dedupKey: 'echo:m_2',
      accountId: pageId,
      sender: { id: pageId },
    });
    expect(item.effect).toMatchObject({
      direction: 'outbound',
      customer,
      echo: { appId: '1517776481', metadata: 'ours-1' },
    });
  });

  it('takes what its own account sent for an echo, marked or not', () => {
    const item = only(body({ ...echoed, message: { mid: 'm_2', text: 'Yes' } }));
    expect(item.effect).toMatchObject({ direction: 'outbound', customer });
  });

  it('makes no customer of its own account', () => {
    const self = { sender: { id: pageId }, recipient: { id: pageId } };
    const item = only(body({ ...self, message: { mid: 'm_3', text: 'note', is_self: true, is_echo: true } }));
    expect(item).toMatchObject({ field: 'message_echoes', effect: { kind: 'notice' }, content: { text: 'note' } });
  });

  it.each([
    ['customer', {}, {}, 'messages'],
    ['business', echoed, { is_echo: true }, 'message_echoes'],
  ])('reads what the %s takes back, under a key of its own', (by, parties, mark, field) => {
    const item = only(body({ ...parties, message: { mid: 'm_1', is_deleted: true, ...mark } }));
    expect(item).toMatchObject({ field, dedupKey: 'deleted:m_1' });
    expect(item.effect).toEqual({ kind: 'deletion', messageId: 'm_1', customer, by, at });
  });

  it('makes a postback an inbound message', () => {
    const postback = { mid: 'm_5', title: 'Start', payload: 'START', referral: { ref: 'x' } };
    const item = only(body({ postback }));
    expect(item).toMatchObject({ field: 'message_postbacks', dedupKey: 'postback:m_5', sender: { id: psid } });
    expect(item.effect).toEqual({
      kind: 'message',
      direction: 'inbound',
      messageId: 'm_5',
      customer,
      type: 'postback',
      content: { text: 'Start', reply: { title: 'Start', payload: 'START' }, referral: { ref: 'x' } },
      sentAt: at,
      referral: { ref: 'x' },
    });
  });

  it('knows an older postback without an id by sender, time and payload', () => {
    const keys = [{}, { timestamp: at + 1 }, { sender: { id: '5' } }, { postback: { payload: 'B' } }].map(
      (difference) => {
        const item = only(body({ postback: { payload: 'A' }, ...difference }));
        return [item.dedupKey, item.effect.kind === 'message' && item.effect.messageId];
      },
    );
    expect(new Set(keys.map(([key]) => key)).size).toBe(4);
    expect(new Set(keys.map(([, messageId]) => messageId)).size).toBe(4);
    expect(keys[0]).toEqual([`postback:${psid}:${at}:A`, expect.stringMatching(/^postback:sha256:[0-9a-f]{64}$/)]);
  });
});
