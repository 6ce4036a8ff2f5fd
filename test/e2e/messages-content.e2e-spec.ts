import { instagram, messenger, type SimulatedItem, whatsapp } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { type Body, openTwoShops, type Shop, strangerSawNothing } from './support/shop';

afterEach(closeSockets);

const url = expect.stringMatching(/^https:/);
const file = { id: expect.stringMatching(/^\d+$/), url, sha256: expect.any(String) };

/** What Meta has said of a message: `media`, our own copies of its files, has tests of its own. */
function asMetaSays(message: Body): Body {
  const attachments = message.content.attachments?.map(({ media: _, ...attachment }: Body) => attachment);
  return { ...message, content: { ...message.content, ...(attachments ? { attachments } : {}) } };
}

/** Receives the items and checks that socket and list show them alike: each as [type, content]. */
async function shows(shop: Shop, stranger: Shop, expected: [SimulatedItem, string, Body][]): Promise<Body[]> {
  await shop.receives(expected.map(([item]) => item));
  await strangerSawNothing(shop, stranger);
  const { messages } = await shop.onlyConversation();
  const shown = new Map<string, Body>(messages.map((message) => [message.platformMessageId, asMetaSays(message)]));
  for (const [item, type, content] of expected) {
    const { type: shownType, content: shownContent } = shown.get(item.messageId!);
    expect({ kind: item.kind, type: shownType, content: shownContent }).toEqual({ kind: item.kind, type, content });
  }
  const told = shop.told('messages').filter(({ type }) => type === 'message.received');
  expect(told.map(({ data }) => data.message)).toEqual(expected.map(([item]) => shown.get(item.messageId!)));
  expect(shop.told('webhooks').map(({ data }) => data.content.type)).toEqual(expected.map(([, type]) => type));
  return messages;
}

describe('every kind of attachment can be shown', () => {
  it('on WhatsApp', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const chat = shop.chat();
    const spot = {
      latitude: 48.85,
      longitude: 2.35,
      name: 'Atelier',
      address: '1 rue du Port',
      url: 'https://a.example',
    };
    const card = { name: 'Ana Diaz', phone: '34600111222' };
    const line = { retailerId: 'SKU-7', quantity: 2, price: 19.5, currency: 'EUR' };
    const attachment = (type: string, more: Body) => ({ attachments: [{ type, ...file, ...more }] });
    await shows(shop, stranger, [
      [
        whatsapp.image(chat, 'The torn one'),
        'image',
        attachment('image', { mimeType: 'image/jpeg', caption: 'The torn one' }),
      ],
      [whatsapp.video(chat), 'video', attachment('video', { mimeType: 'video/mp4' })],
      [
        whatsapp.document(chat, 'invoice.pdf'),
        'document',
        attachment('document', { mimeType: 'application/pdf', filename: 'invoice.pdf' }),
      ],
      [whatsapp.audio(chat), 'audio', attachment('audio', { mimeType: 'audio/mpeg' })],
      [whatsapp.voice(chat), 'audio', attachment('audio', { mimeType: 'audio/ogg; codecs=opus', voice: true })],
      [whatsapp.sticker(chat), 'sticker', attachment('sticker', { mimeType: 'image/webp' })],
      [
        whatsapp.location(chat, spot),
        'location',
        {
          attachments: [
            {
              type: 'location',
              latitude: 48.85,
              longitude: 2.35,
              title: spot.name,
              caption: spot.address,
              url: spot.url,
            },
          ],
        },
      ],
      [
        whatsapp.contacts(chat, [card]),
        'contacts',
        { structured: [expect.objectContaining({ phones: [expect.objectContaining({ wa_id: card.phone })] })] },
      ],
      [
        whatsapp.order(chat, 'cat-1', [line], 'Gift wrap, please'),
        'order',
        { text: 'Gift wrap, please', structured: expect.objectContaining({ catalog_id: 'cat-1' }) },
      ],
    ]);
    const previews = shop.told('messages').filter(({ type }) => type === 'message.received');
    expect(previews.at(-1)!.data.conversation.lastMessage.preview).toBe('Gift wrap, please');
  });

  it('on Messenger', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    const chat = shop.chat();
    const attachment = (type: string, more: Body = { url }) => ({ attachments: [{ type, ...more }] });
    const template = { template_type: 'generic', elements: [{ title: 'Blue jacket' }] };
    await shows(shop, stranger, [
      [messenger.image(chat, 'Look'), 'image', { text: 'Look', ...attachment('image') }],
      [messenger.video(chat), 'video', attachment('video')],
      [messenger.audio(chat), 'audio', attachment('audio')],
      [messenger.file(chat, 'sizes.pdf'), 'file', attachment('file')],
      [messenger.sticker(chat), 'image', attachment('image')],
      [messenger.location(chat, 52.5, 13.4), 'location', attachment('location', { latitude: 52.5, longitude: 13.4 })],
      [messenger.attachment(chat, 'reel', { url: 'https://fb.example/r' }), 'reel', attachment('reel')],
      [messenger.attachment(chat, 'sticker', { url: 'https://fb.example/s' }), 'sticker', attachment('sticker')],
      [
        messenger.attachment(chat, 'template', template),
        'template',
        { ...attachment('template', {}), structured: template },
      ],
      [messenger.attachment(chat, 'fallback', null), 'fallback', attachment('fallback', {})],
    ]);
  });

  it('on Instagram', async () => {
    const { shop, stranger } = await openTwoShops('instagram');
    const chat = shop.chat();
    const attachment = (type: string, more: Body = { url }) => ({ attachments: [{ type, ...more }] });
    await shows(shop, stranger, [
      [instagram.image(chat, 'Look'), 'image', { text: 'Look', ...attachment('image') }],
      [instagram.video(chat), 'video', attachment('video')],
      [instagram.audio(chat), 'audio', attachment('audio')],
      [instagram.reel(chat, 'Autumn'), 'ig_reel', attachment('ig_reel', { url, title: 'Autumn' })],
      [instagram.storyMention(chat), 'story_mention', attachment('story_mention')],
      [instagram.attachment(chat, 'file', { url: 'https://ig.example/f' }), 'file', attachment('file')],
      [instagram.attachment(chat, 'ig_post', { url: 'https://ig.example/p' }), 'ig_post', attachment('ig_post')],
      [instagram.attachment(chat, 'like_heart', null), 'like_heart', attachment('like_heart', {})],
      [instagram.attachment(chat, 'unsupported_type', null), 'unsupported', attachment('unsupported_type', {})],
      [
        instagram.storyReply(chat, 'Love this'),
        'text',
        { text: 'Love this', story: { id: expect.stringMatching(/^\d+$/), url } },
      ],
    ]);
  });
});

describe('what a customer taps instead of typing says what was meant', () => {
  it('on WhatsApp: template buttons, reply buttons, rows of a list, forms', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const chat = shop.chat();
    const row = { id: 'slot-2', title: 'Tuesday', description: '10 to 12' };
    const form = { name: 'address', body: 'Sent', response_json: '{"street":"1 Main St"}' };
    const interactive = { kind: 'form', type: 'interactive', body: { type: 'nfm_reply', nfm_reply: form } };
    const messages = await shows(shop, stranger, [
      [
        whatsapp.templateButton(chat, 'confirm:17', 'Confirm'),
        'button',
        { text: 'Confirm', reply: { payload: 'confirm:17', title: 'Confirm' } },
      ],
      [
        whatsapp.buttonReply(chat, 'yes', 'Yes'),
        'interactive',
        { text: 'Yes', reply: { payload: 'yes', title: 'Yes' } },
      ],
      [
        whatsapp.listReply(chat, row),
        'interactive',
        { text: 'Tuesday', reply: { payload: 'slot-2', title: 'Tuesday', description: '10 to 12' } },
      ],
      [
        whatsapp.message(chat, interactive),
        'interactive',
        { text: 'Sent', reply: { title: 'address' }, structured: form },
      ],
    ]);
    expect(messages.every(({ direction }) => direction === 'inbound')).toBe(true);
  });

  it.each([
    ['Messenger', 'messenger'],
    ['Instagram', 'instagram'],
  ] as const)('on %s: postbacks and quick replies', async (_, platform) => {
    const { shop, stranger } = await openTwoShops(platform);
    const chat = shop.chat();
    const { postback, quickReply } = messenger;
    await shows(shop, stranger, [
      [
        postback(chat, 'Opening hours', 'HOURS'),
        'postback',
        { text: 'Opening hours', reply: { payload: 'HOURS', title: 'Opening hours' } },
      ],
      [quickReply(chat, 'Red', 'COLOUR_RED'), 'text', { text: 'Red', reply: { payload: 'COLOUR_RED', title: 'Red' } }],
    ]);
    expect(shop.told('webhooks').map(({ data }) => data.field)).toEqual(['message_postbacks', 'messages']);
    expect((await shop.onlyConversation()).conversation.unreadCount).toBe(2);
  });
});
