/** One message of a kind: what is posted, what Meta must be sent of it, and what an agent sees. */
export interface SentKind {
  /** Where one kind is here more than once. */
  as?: string;
  content: { type: string; [member: string]: unknown };
  /** In Meta's request, beside recipient and names. */
  request: object;
  /** The simulator's word for what the customer received. */
  received: string;
  /** Meta's word for it, in the history. */
  type: string;
  /** Part of `content` in the history. */
  shown: object;
  preview: string;
}

const link = 'https://files.example.com/tulips';
const file = { link };
const buttons = [{ type: 'reply', id: 'yes', title: 'Yes, please' }];

function whatsAppFile(type: string, more: Record<string, unknown>, seen: { wire?: string; preview: string }): SentKind {
  const { wire = type, preview } = seen;
  const { voice, ...said } = more;
  return {
    content: { type, media: file, ...said },
    request: { type: wire, [wire]: { link, ...more } },
    received: voice ? 'voice' : type,
    type: wire,
    shown: { attachments: [{ type: wire, url: link, ...said }] },
    preview,
  };
}

function interactive(content: SentKind['content'], form: string, request: object, preview: string): SentKind {
  return {
    content,
    request: { type: 'interactive', interactive: { type: form, ...request } },
    received: `interactive/${form}`,
    type: 'interactive',
    shown: { structured: { type: form } },
    preview,
  };
}

const body = { text: 'Which one?' };

const whatsapp: SentKind[] = [
  {
    content: { type: 'text', text: 'See https://example.com', previewUrl: true },
    request: { type: 'text', text: { body: 'See https://example.com', preview_url: true } },
    received: 'text',
    type: 'text',
    shown: { text: 'See https://example.com' },
    preview: 'See https://example.com',
  },
  {
    as: 'template, by place',
    content: {
      type: 'template',
      name: 'order_sent',
      language: 'en_US',
      components: [
        { type: 'header', parameters: [{ type: 'image', media: file }] },
        {
          type: 'body',
          parameters: [
            { type: 'text', text: 'Ana' },
            { type: 'currency', fallback: '12 €', code: 'EUR', amount1000: 12_000 },
          ],
        },
        { type: 'button', subType: 'url', index: 0, parameters: [{ type: 'text', text: '1042' }] },
      ],
    },
    request: {
      type: 'template',
      template: {
        name: 'order_sent',
        language: { code: 'en_US' },
        components: [
          { type: 'header', parameters: [{ type: 'image', image: { link } }] },
          {
            type: 'body',
            parameters: [
              { type: 'text', text: 'Ana' },
              { type: 'currency', currency: { fallback_value: '12 €', code: 'EUR', amount_1000: 12_000 } },
            ],
          },
          { type: 'button', sub_type: 'url', index: '0', parameters: [{ type: 'text', text: '1042' }] },
        ],
      },
    },
    received: 'template',
    type: 'template',
    shown: { structured: { name: 'order_sent' } },
    preview: 'Hello Ana, your order of 12 € is on its way.',
  },
  {
    as: 'template, by name',
    content: {
      type: 'template',
      name: 'welcome',
      language: 'en_US',
      components: [{ type: 'body', parameters: [{ type: 'text', text: 'Ana', name: 'first_name' }] }],
    },
    request: {
      template: {
        components: [{ type: 'body', parameters: [{ type: 'text', text: 'Ana', parameter_name: 'first_name' }] }],
      },
    },
    received: 'template',
    type: 'template',
    shown: { structured: { name: 'welcome' } },
    preview: 'Welcome Ana!',
  },
  whatsAppFile('image', { caption: 'In bloom' }, { preview: 'In bloom' }),
  whatsAppFile('video', {}, { preview: '[video]' }),
  whatsAppFile('audio', {}, { preview: '[audio]' }),
  whatsAppFile('voice', { voice: true }, { wire: 'audio', preview: '[voice]' }),
  whatsAppFile('document', { filename: 'prices.pdf' }, { preview: 'prices.pdf' }),
  whatsAppFile('sticker', {}, { preview: '[sticker]' }),
  {
    content: { type: 'location', latitude: 43.37, longitude: -8.4, name: 'Clay & Table' },
    request: { type: 'location', location: { latitude: 43.37, longitude: -8.4, name: 'Clay & Table' } },
    received: 'location',
    type: 'location',
    shown: { attachments: [{ type: 'location', latitude: 43.37, longitude: -8.4, title: 'Clay & Table' }] },
    preview: 'Clay & Table',
  },
  {
    content: { type: 'contacts', contacts: [{ name: { formattedName: 'Ana Paz' }, phones: [{ phone: '+34600' }] }] },
    request: { type: 'contacts', contacts: [{ name: { formatted_name: 'Ana Paz' }, phones: [{ phone: '+34600' }] }] },
    received: 'contacts',
    type: 'contacts',
    shown: { structured: [{ name: { formatted_name: 'Ana Paz' } }] },
    preview: 'Ana Paz',
  },
  interactive(
    { type: 'buttons', text: 'Which one?', header: { type: 'image', media: file }, footer: 'Today', buttons },
    'button',
    {
      header: { type: 'image', image: { link } },
      body,
      footer: { text: 'Today' },
      action: { buttons: [{ type: 'reply', reply: { id: 'yes', title: 'Yes, please' } }] },
    },
    'Which one?',
  ),
  interactive(
    {
      type: 'list',
      text: 'Which one?',
      button: 'Choose',
      sections: [{ rows: [{ id: 'red', title: 'Red', description: 'Twelve' }] }],
    },
    'list',
    {
      body,
      action: { button: 'Choose', sections: [{ rows: [{ id: 'red', title: 'Red', description: 'Twelve' }] }] },
    },
    'Which one?',
  ),
  interactive(
    { type: 'cta_url', text: 'Which one?', button: 'Look', url: link },
    'cta_url',
    { body, action: { name: 'cta_url', parameters: { display_text: 'Look', url: link } } },
    'Which one?',
  ),
  interactive(
    { type: 'flow', text: 'Which one?', button: 'Book', flowId: '77', flowToken: 't', screen: 'DAY', data: { n: 1 } },
    'flow',
    {
      body,
      action: {
        name: 'flow',
        parameters: {
          flow_message_version: '3',
          flow_id: '77',
          flow_token: 't',
          flow_cta: 'Book',
          flow_action: 'navigate',
          flow_action_payload: { screen: 'DAY', data: { n: 1 } },
        },
      },
    },
    'Which one?',
  ),
  interactive(
    { type: 'product', catalogId: '5', productRetailerId: 'tulip' },
    'product',
    { action: { catalog_id: '5', product_retailer_id: 'tulip' } },
    '[product]',
  ),
  interactive(
    {
      type: 'product_list',
      header: { type: 'text', text: 'Spring' },
      text: 'Which one?',
      catalogId: '5',
      sections: [{ title: 'Tulips', productRetailerIds: ['tulip'] }],
    },
    'product_list',
    {
      header: { type: 'text', text: 'Spring' },
      body,
      action: {
        catalog_id: '5',
        sections: [{ title: 'Tulips', product_items: [{ product_retailer_id: 'tulip' }] }],
      },
    },
    'Which one?',
  ),
  interactive(
    { type: 'location_request', text: 'Which one?' },
    'location_request_message',
    { body, action: { name: 'send_location' } },
    'Which one?',
  ),
];

function attachment(type: string, wire = type): SentKind {
  return {
    content: { type, media: file },
    request: { message: { attachment: { type: wire, payload: { url: link } } } },
    received: wire,
    type: wire,
    shown: { attachments: [{ type: wire, url: link }] },
    preview: `[${type}]`,
  };
}

function cards(content: SentKind['content'], payload: object, more: { shown?: object; preview: string }): SentKind {
  const { template_type: form } = payload as { template_type: string };
  return {
    content,
    request: { message: { attachment: { type: 'template', payload } } },
    received: `template/${form}`,
    type: 'template',
    shown: { attachments: [{ type: 'template' }], structured: { template_type: form }, ...more.shown },
    preview: more.preview,
  };
}

const postback = { type: 'postback', title: 'Yes, please', payload: 'yes' };

const messaging: SentKind[] = [
  {
    content: { type: 'text', text: 'Your tulips are ready' },
    request: { messaging_type: 'RESPONSE', message: { text: 'Your tulips are ready' } },
    received: 'text',
    type: 'text',
    shown: { text: 'Your tulips are ready' },
    preview: 'Your tulips are ready',
  },
  attachment('image'),
  attachment('video'),
  attachment('audio'),
  attachment('document', 'file'),
  {
    content: {
      type: 'quick_replies',
      text: 'Which one?',
      quickReplies: [
        { type: 'text', title: 'Red', payload: 'red' },
        { type: 'text', title: 'White' },
      ],
    },
    request: {
      message: {
        text: 'Which one?',
        quick_replies: [
          { content_type: 'text', title: 'Red', payload: 'red' },
          { content_type: 'text', title: 'White', payload: 'White' },
        ],
      },
    },
    received: 'text',
    type: 'text',
    shown: { text: 'Which one?' },
    preview: 'Which one?',
  },
  cards(
    {
      type: 'buttons',
      text: 'Which one?',
      buttons: [...buttons, { type: 'url', title: 'Look', url: link }],
    },
    { template_type: 'button', text: 'Which one?', buttons: [postback, { type: 'web_url', title: 'Look', url: link }] },
    { shown: { text: 'Which one?' }, preview: 'Which one?' },
  ),
  cards(
    {
      type: 'generic_template',
      elements: [
        { title: 'Red', subtitle: 'Twelve', imageUrl: link, url: link, buttons },
        { title: 'White', buttons },
      ],
    },
    {
      template_type: 'generic',
      elements: [
        {
          title: 'Red',
          subtitle: 'Twelve',
          image_url: link,
          default_action: { type: 'web_url', url: link },
          buttons: [postback],
        },
        { title: 'White', buttons: [postback] },
      ],
    },
    { preview: 'Red, White' },
  ),
  {
    content: { type: 'private_reply', commentId: '{comment}', text: 'We wrote to you' },
    request: { recipient: { comment_id: '{comment}' }, message: { text: 'We wrote to you' } },
    received: 'text',
    type: 'text',
    shown: { text: 'We wrote to you' },
    preview: 'We wrote to you',
  },
  {
    content: { type: 'public_reply', commentId: '{comment}', text: 'Thank you!' },
    request: { message: 'Thank you!' },
    received: 'comment_reply',
    type: 'comment',
    shown: { text: 'Thank you!' },
    preview: 'Thank you!',
  },
];

const facebookVideo = 'https://www.facebook.com/clay/videos/42';

/** Every kind that docs/sending.md lists for the platform, but for reactions, which are no messages. */
export const sentKinds = {
  whatsapp,
  messenger: [
    ...messaging,
    cards(
      { type: 'media_template', mediaType: 'video', media: { link: facebookVideo }, buttons },
      {
        template_type: 'media',
        elements: [{ media_type: 'video', url: facebookVideo, buttons: [postback] }],
      },
      { preview: '[video]' },
    ),
  ],
  instagram: messaging,
};

/** The templates that `sentKinds` sends, as they were created. */
export const templates = [
  {
    name: 'order_sent',
    components: [
      { type: 'HEADER', format: 'IMAGE' },
      { type: 'BODY', text: 'Hello {{1}}, your order of {{2}} is on its way.' },
      { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Track', url: 'https://example.com/{{1}}' }] },
    ],
  },
  {
    name: 'welcome',
    parameterFormat: 'NAMED',
    components: [{ type: 'BODY', text: 'Welcome {{first_name}}!' }],
  },
];
