import { everySample, samples } from '../../test/contents';
import type { MessageContent, Platform } from '../items';
import type { ContentOf, SendContent } from './content';
import { graphBody } from './graph-body';
import { sentContentOf, sentPreviewOf, sentTypeOf } from './sent-message';

const definition = {
  components: [
    { type: 'HEADER', format: 'IMAGE' },
    { type: 'BODY', text: 'Hi {{customer}}, it is {{price}} until {{day}}.' },
    { type: 'FOOTER', text: 'Acme' },
  ],
};
const link = 'https://cdn.example/file';

/** What Meta was sent under `interactive` or `template`. */
function wire(content: SendContent): unknown {
  const { body } = graphBody('whatsapp', { waId: '1' }, content);
  return body[body.type as string];
}

function payloadOf(platform: Platform, content: SendContent): unknown {
  const { message } = graphBody(platform, { userId: '1' }, content).body;
  return (message as { attachment: { payload: unknown } }).attachment.payload;
}

const { whatsapp, messenger, instagram } = samples;

describe('a sent message in the history', () => {
  it.each<[Platform, SendContent, string, MessageContent]>([
    ['whatsapp', whatsapp.text!, 'text', { text: 'Hello https://example.com' }],
    ['messenger', messenger.text!, 'text', { text: 'Hello' }],
    [
      'whatsapp',
      whatsapp.image!,
      'image',
      { attachments: [{ type: 'image', id: '1', mimeType: 'image/png', caption: 'Blue' }] },
    ],
    [
      'whatsapp',
      whatsapp.video!,
      'video',
      { attachments: [{ type: 'video', url: link, mimeType: 'video/mp4', caption: 'Blue' }] },
    ],
    [
      'whatsapp',
      whatsapp.voice!,
      'audio',
      { attachments: [{ type: 'audio', id: '1', mimeType: 'audio/ogg; codecs=opus' }] },
    ],
    [
      'whatsapp',
      whatsapp.document!,
      'document',
      { attachments: [{ type: 'document', id: '1', mimeType: 'text/csv', caption: 'Rows', filename: 'a.csv' }] },
    ],
    [
      'messenger',
      messenger.document!,
      'file',
      { attachments: [{ type: 'file', url: link, mimeType: 'application/zip' }] },
    ],
    [
      'instagram',
      instagram.document!,
      'file',
      { attachments: [{ type: 'file', url: link, mimeType: 'application/pdf' }] },
    ],
    ['whatsapp', whatsapp.sticker!, 'sticker', { attachments: [{ type: 'sticker', id: '1', mimeType: 'image/webp' }] }],
    [
      'whatsapp',
      whatsapp.location!,
      'location',
      {
        attachments: [{ type: 'location', latitude: -23.55, longitude: -46.63, title: 'Office', caption: '1 Way' }],
      },
    ],
    ['whatsapp', whatsapp.contacts!, 'contacts', { structured: wire(whatsapp.contacts!) }],
    ['whatsapp', whatsapp.buttons!, 'interactive', { text: 'Yes?', structured: wire(whatsapp.buttons!) }],
    ['whatsapp', whatsapp.list!, 'interactive', { text: 'Which?', structured: wire(whatsapp.list!) }],
    ['whatsapp', whatsapp.product!, 'interactive', { text: 'This one', structured: wire(whatsapp.product!) }],
    [
      'whatsapp',
      whatsapp.template!,
      'template',
      { text: 'Hi Ana, it is €10 until 1 March.\nAcme', structured: wire(whatsapp.template!) },
    ],
    ['whatsapp', whatsapp.reaction!, 'reaction', {}],
    [
      'messenger',
      messenger.buttons!,
      'template',
      { text: 'Yes?', attachments: [{ type: 'template' }], structured: payloadOf('messenger', messenger.buttons!) },
    ],
    [
      'instagram',
      instagram.generic_template!,
      'template',
      { attachments: [{ type: 'template' }], structured: payloadOf('instagram', instagram.generic_template!) },
    ],
    ['instagram', instagram.private_reply!, 'text', { text: 'Hello' }],
    ['messenger', messenger.public_reply!, 'comment', { text: 'Thank you' }],
  ])('of %s %j is a %s', (platform, content, type, expected) => {
    expect(sentTypeOf(platform, content)).toBe(type);
    expect(sentContentOf(platform, content, definition)).toEqual(expected);
  });

  it('holds the quick replies that were offered', () => {
    expect(sentTypeOf('messenger', messenger.quick_replies!)).toBe('text');
    expect(sentContentOf('messenger', messenger.quick_replies!)).toMatchObject({
      text: 'Which?',
      structured: { quick_replies: [{ title: 'Red' }, { content_type: 'user_email' }, {}] },
    });
  });

  it('tells a template by its parameters alone where its text is not known', () => {
    expect(sentContentOf('whatsapp', whatsapp.template!).text).toBeUndefined();
    expect(sentContentOf('whatsapp', whatsapp.template!).structured).toMatchObject({ name: 'order_shipped' });
  });

  it.each(everySample)('of %s %s has a type, and only a reaction says nothing', (platform, kind, content) => {
    expect(sentTypeOf(platform, content)).not.toBe('');
    expect(Object.keys(sentContentOf(platform, content)).length === 0).toBe(kind === 'reaction');
  });
});

describe('its preview', () => {
  it.each<[SendContent, string]>([
    [whatsapp.text!, 'Hello https://example.com'],
    [whatsapp.image!, 'Blue'],
    [{ type: 'document', media: { id: '1' }, filename: 'a.csv' } as ContentOf<'document'>, 'a.csv'],
    [whatsapp.voice!, '[voice]'],
    [whatsapp.location!, 'Office'],
    [{ type: 'location', latitude: 1, longitude: 1 }, '[location]'],
    [whatsapp.contacts!, 'Dr Bo Li'],
    [whatsapp.list!, 'Which?'],
    [whatsapp.template!, 'Hi Ana, it is €10 until 1 March. Acme'],
    [{ type: 'product', catalogId: '7', productRetailerId: 'a' }, '[product]'],
    [messenger.generic_template!, 'Shirt'],
    [messenger.media_template!, '[video]'],
    [messenger.quick_replies!, 'Which?'],
    [messenger.reaction!, '😊'],
    [messenger.private_reply!, 'Hello'],
  ])('of %j is %j', (content, preview) => {
    expect(sentPreviewOf(content, definition)).toBe(preview);
  });

  it("is a template's name where its text is not known", () => {
    expect(sentPreviewOf(whatsapp.template!)).toBe('[order_shipped]');
  });
});
