import type { ContentOf, Platform, SendContent, SendKind } from '../src';

/** `n` characters; what they are does not matter. */
export const long = (n: number): string => 'x'.repeat(n);

/** `n` elements, each made from its place. */
export const many = <T>(n: number, make: (index: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

const link = 'https://cdn.example/file';
const header = { type: 'text', text: 'Hello' } as const;
const footer = 'Reply STOP to leave';

type Samples = { readonly [P in Platform]: { readonly [K in SendKind]?: ContentOf<K> } };

const card = {
  name: { formattedName: 'Dr Bo Li', firstName: 'Bo', lastName: 'Li', middleName: 'M', prefix: 'Dr', suffix: 'Jr' },
  phones: [{ phone: '+1 555 010 999', type: 'WORK', waId: '1555010999' }],
  emails: [{ email: 'bo@example.com', type: 'WORK' }],
  urls: [{ url: 'https://bo.example', type: 'HOME' }],
  addresses: [{ street: '1 Way', city: 'X', state: 'CA', zip: '94', country: 'USA', countryCode: 'us', type: 'HOME' }],
  org: { company: 'Acme', department: 'Sales', title: 'Head' },
  birthday: '1990-12-31',
};

const cardButtons = [
  { type: 'reply' as const, id: 'more', title: 'More' },
  { type: 'url' as const, url: 'https://shop.example', title: 'Open' },
];
const elements = [
  { title: 'Shirt', subtitle: 'Blue', imageUrl: link, url: 'https://shop.example', buttons: cardButtons },
];

/** Every kind of every platform, with every member it may have. */
export const samples: Samples = {
  whatsapp: {
    text: { type: 'text', text: 'Hello https://example.com', previewUrl: true },
    template: {
      type: 'template',
      name: 'order_shipped',
      language: 'en_US',
      components: [
        { type: 'header', parameters: [{ type: 'image', media: { id: '1' } }] },
        {
          type: 'body',
          parameters: [
            { type: 'text', text: 'Ana', name: 'customer' },
            { type: 'currency', fallback: '€10', code: 'EUR', amount1000: 10_000, name: 'price' },
            { type: 'date_time', fallback: '1 March', name: 'day' },
          ],
        },
        { type: 'button', subType: 'quick_reply', index: 0, parameters: [{ type: 'payload', payload: 'yes' }] },
        { type: 'button', subType: 'copy_code', index: 1, parameters: [{ type: 'coupon_code', couponCode: 'A1' }] },
        {
          type: 'button',
          subType: 'flow',
          index: 2,
          parameters: [{ type: 'action', flowToken: 't', flowActionData: { a: 1 } }],
        },
        {
          type: 'button',
          subType: 'mpm',
          index: 3,
          parameters: [
            {
              type: 'action',
              thumbnailProductRetailerId: 'sku1',
              sections: [{ title: 'New', productRetailerIds: ['sku1'] }],
            },
          ],
        },
        {
          type: 'carousel',
          cards: [
            {
              components: [
                { type: 'header', parameters: [{ type: 'video', media: { link } }] },
                { type: 'body', parameters: [{ type: 'text', text: '5' }] },
                { type: 'button', subType: 'url', index: 0, parameters: [{ type: 'text', text: 'x' }] },
              ],
            },
          ],
        },
        { type: 'limited_time_offer', expiresAt: 1_772_366_400_000 },
      ],
    },
    image: { type: 'image', media: { id: '1', mimeType: 'image/png', size: 5 }, caption: 'Blue' },
    video: { type: 'video', media: { link, mimeType: 'video/mp4', size: 5 }, caption: 'Blue' },
    audio: { type: 'audio', media: { id: '1', mimeType: 'audio/mpeg', size: 5 } },
    voice: { type: 'voice', media: { id: '1', mimeType: 'audio/ogg; codecs=opus', size: 5 } },
    document: { type: 'document', media: { id: '1', mimeType: 'text/csv' }, caption: 'Rows', filename: 'a.csv' },
    sticker: { type: 'sticker', media: { id: '1', mimeType: 'image/webp', size: 5, animated: true } },
    location: { type: 'location', latitude: -23.55, longitude: -46.63, name: 'Office', address: '1 Way' },
    contacts: { type: 'contacts', contacts: [card] },
    buttons: { type: 'buttons', text: 'Yes?', header, footer, buttons: [{ type: 'reply', id: 'y', title: 'Yes' }] },
    list: {
      type: 'list',
      text: 'Which?',
      header,
      footer,
      button: 'Choose',
      sections: [{ title: 'All', rows: [{ id: 'a', title: 'A', description: 'First' }] }],
    },
    cta_url: { type: 'cta_url', text: 'See', header, footer, button: 'Open', url: 'https://shop.example/a?b=c#d' },
    flow: {
      type: 'flow',
      text: 'Book',
      header,
      footer,
      button: 'Book now',
      flowId: '7',
      flowToken: 't',
      mode: 'draft',
      action: 'navigate',
      screen: 'FIRST',
      data: { name: 'Ana' },
    },
    product: { type: 'product', text: 'This one', footer, catalogId: '7', productRetailerId: 'sku1' },
    product_list: {
      type: 'product_list',
      header,
      text: 'These',
      footer,
      catalogId: '7',
      sections: [{ title: 'New', productRetailerIds: ['sku1', 'sku2'] }],
    },
    location_request: { type: 'location_request', text: 'Where are you?' },
    reaction: { type: 'reaction', messageId: 'wamid.1', emoji: '👍🏽' },
  },
  messenger: {
    text: { type: 'text', text: 'Hello' },
    image: { type: 'image', media: { link, mimeType: 'image/webp', size: 5 } },
    video: { type: 'video', media: { id: '1', mimeType: 'video/mp4', size: 5 } },
    audio: { type: 'audio', media: { id: '1', mimeType: 'audio/mp3', size: 5 } },
    document: { type: 'document', media: { link, mimeType: 'application/zip', size: 5 } },
    quick_replies: {
      type: 'quick_replies',
      text: 'Which?',
      quickReplies: [
        { type: 'text', title: 'Red', payload: 'red', imageUrl: link },
        { type: 'user_email' },
        { type: 'user_phone_number' },
      ],
    },
    buttons: {
      type: 'buttons',
      text: 'Yes?',
      buttons: [...cardButtons, { type: 'phone', phone: '+15551234567', title: 'Call' }],
    },
    generic_template: { type: 'generic_template', elements },
    media_template: {
      type: 'media_template',
      mediaType: 'video',
      media: { id: '1', mimeType: 'video/mp4', size: 5 },
      buttons: cardButtons,
    },
    reaction: { type: 'reaction', messageId: 'm_1', emoji: '😊' },
    private_reply: { type: 'private_reply', commentId: '1_2', text: 'Hello' },
    public_reply: { type: 'public_reply', commentId: '1_2', text: 'Thank you' },
  },
  instagram: {
    text: { type: 'text', text: 'Hello' },
    image: { type: 'image', media: { link, mimeType: 'image/jpeg', size: 5 } },
    video: { type: 'video', media: { link, mimeType: 'video/quicktime', size: 5 } },
    audio: { type: 'audio', media: { link, mimeType: 'audio/wav', size: 5 } },
    document: { type: 'document', media: { link, mimeType: 'application/pdf', size: 5 } },
    quick_replies: {
      type: 'quick_replies',
      text: 'Which?',
      quickReplies: [{ type: 'text', title: 'Red', payload: 'red' }],
    },
    buttons: { type: 'buttons', text: 'Yes?', buttons: cardButtons },
    generic_template: { type: 'generic_template', elements },
    reaction: { type: 'reaction', messageId: 'aWdf1', emoji: '❤️' },
    private_reply: { type: 'private_reply', commentId: '179', text: 'Hello' },
    public_reply: { type: 'public_reply', commentId: '179', text: 'Thank you' },
  },
};

export const platforms = ['whatsapp', 'messenger', 'instagram'] as const;

/** Every sample as a row: platform, kind, content. */
export const everySample: [Platform, SendKind, SendContent][] = platforms.flatMap((platform) =>
  Object.values(samples[platform]).map((content): [Platform, SendKind, SendContent] => [
    platform,
    content.type,
    content,
  ]),
);

/** A copy in which the value at a place (`buttons[0].title`) is another; `undefined` takes it away. */
export function replaced(content: unknown, place: string, value: unknown): unknown {
  const steps = place.split(/[.[\]]+/).filter((step) => step !== '');
  const copy = structuredClone(content);
  let at = copy as Record<string, unknown>;
  for (const step of steps.slice(0, -1)) at = at[step] as Record<string, unknown>;
  if (value === undefined) delete at[steps.at(-1)!];
  else at[steps.at(-1)!] = value;
  return copy;
}
