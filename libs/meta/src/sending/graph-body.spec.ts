import { everySample, samples } from '../../test/contents';
import type { Platform } from '../items';
import type { SendContent, SendKind } from './content';
import { graphBody } from './graph-body';
import { readBody, typingBody } from './receipts';

const ana = { waId: '5511999' };
const psid = { userId: '7788' };
const link = 'https://cdn.example/file';

const header = { type: 'text', text: 'Hello' };
const footer = { text: 'Reply STOP to leave' };
const postback = { type: 'postback', title: 'More', payload: 'more' };
const webUrl = { type: 'web_url', title: 'Open', url: 'https://shop.example' };
const generic = {
  attachment: {
    type: 'template',
    payload: {
      template_type: 'generic',
      elements: [
        {
          title: 'Shirt',
          subtitle: 'Blue',
          image_url: link,
          default_action: { type: 'web_url', url: 'https://shop.example' },
          buttons: [postback, webUrl],
        },
      ],
    },
  },
};

/** What WhatsApp is sent: the type and the member of that name. */
const whatsApp: [SendKind, string, unknown][] = [
  ['text', 'text', { body: 'Hello https://example.com', preview_url: true }],
  [
    'template',
    'template',
    {
      name: 'order_shipped',
      language: { code: 'en_US' },
      components: [
        { type: 'header', parameters: [{ type: 'image', image: { id: '1' } }] },
        {
          type: 'body',
          parameters: [
            { type: 'text', parameter_name: 'customer', text: 'Ana' },
            {
              type: 'currency',
              parameter_name: 'price',
              currency: { fallback_value: '€10', code: 'EUR', amount_1000: 10_000 },
            },
            { type: 'date_time', parameter_name: 'day', date_time: { fallback_value: '1 March' } },
          ],
        },
        { type: 'button', sub_type: 'quick_reply', index: '0', parameters: [{ type: 'payload', payload: 'yes' }] },
        { type: 'button', sub_type: 'copy_code', index: '1', parameters: [{ type: 'coupon_code', coupon_code: 'A1' }] },
        {
          type: 'button',
          sub_type: 'flow',
          index: '2',
          parameters: [{ type: 'action', action: { flow_token: 't', flow_action_data: { a: 1 } } }],
        },
        {
          type: 'button',
          sub_type: 'mpm',
          index: '3',
          parameters: [
            {
              type: 'action',
              action: {
                thumbnail_product_retailer_id: 'sku1',
                sections: [{ title: 'New', product_items: [{ product_retailer_id: 'sku1' }] }],
              },
            },
          ],
        },
        {
          type: 'carousel',
          cards: [
            {
              card_index: 0,
              components: [
                { type: 'header', parameters: [{ type: 'video', video: { link } }] },
                { type: 'body', parameters: [{ type: 'text', text: '5' }] },
                { type: 'button', sub_type: 'url', index: '0', parameters: [{ type: 'text', text: 'x' }] },
              ],
            },
          ],
        },
        {
          type: 'limited_time_offer',
          parameters: [{ type: 'limited_time_offer', limited_time_offer: { expiration_time_ms: 1_772_366_400_000 } }],
        },
      ],
    },
  ],
  ['image', 'image', { id: '1', caption: 'Blue' }],
  ['video', 'video', { link, caption: 'Blue' }],
  ['audio', 'audio', { id: '1' }],
  ['voice', 'audio', { id: '1', voice: true }],
  ['document', 'document', { id: '1', caption: 'Rows', filename: 'a.csv' }],
  ['sticker', 'sticker', { id: '1' }],
  ['location', 'location', { latitude: -23.55, longitude: -46.63, name: 'Office', address: '1 Way' }],
  [
    'contacts',
    'contacts',
    [
      {
        name: {
          formatted_name: 'Dr Bo Li',
          first_name: 'Bo',
          last_name: 'Li',
          middle_name: 'M',
          prefix: 'Dr',
          suffix: 'Jr',
        },
        phones: [{ phone: '+1 555 010 999', type: 'WORK', wa_id: '1555010999' }],
        emails: [{ email: 'bo@example.com', type: 'WORK' }],
        urls: [{ url: 'https://bo.example', type: 'HOME' }],
        addresses: [
          { street: '1 Way', city: 'X', state: 'CA', zip: '94', country: 'USA', country_code: 'us', type: 'HOME' },
        ],
        org: { company: 'Acme', department: 'Sales', title: 'Head' },
        birthday: '1990-12-31',
      },
    ],
  ],
  [
    'buttons',
    'interactive',
    {
      type: 'button',
      header,
      body: { text: 'Yes?' },
      footer,
      action: { buttons: [{ type: 'reply', reply: { id: 'y', title: 'Yes' } }] },
    },
  ],
  [
    'list',
    'interactive',
    {
      type: 'list',
      header,
      body: { text: 'Which?' },
      footer,
      action: { button: 'Choose', sections: [{ title: 'All', rows: [{ id: 'a', title: 'A', description: 'First' }] }] },
    },
  ],
  [
    'cta_url',
    'interactive',
    {
      type: 'cta_url',
      header,
      body: { text: 'See' },
      footer,
      action: { name: 'cta_url', parameters: { display_text: 'Open', url: 'https://shop.example/a?b=c#d' } },
    },
  ],
  [
    'flow',
    'interactive',
    {
      type: 'flow',
      header,
      body: { text: 'Book' },
      footer,
      action: {
        name: 'flow',
        parameters: {
          flow_message_version: '3',
          flow_token: 't',
          flow_id: '7',
          flow_cta: 'Book now',
          mode: 'draft',
          flow_action: 'navigate',
          flow_action_payload: { screen: 'FIRST', data: { name: 'Ana' } },
        },
      },
    },
  ],
  [
    'product',
    'interactive',
    {
      type: 'product',
      body: { text: 'This one' },
      footer,
      action: { catalog_id: '7', product_retailer_id: 'sku1' },
    },
  ],
  [
    'product_list',
    'interactive',
    {
      type: 'product_list',
      header,
      body: { text: 'These' },
      footer,
      action: {
        catalog_id: '7',
        sections: [{ title: 'New', product_items: [{ product_retailer_id: 'sku1' }, { product_retailer_id: 'sku2' }] }],
      },
    },
  ],
  [
    'location_request',
    'interactive',
    { type: 'location_request_message', body: { text: 'Where are you?' }, action: { name: 'send_location' } },
  ],
  ['reaction', 'reaction', { message_id: 'wamid.1', emoji: '👍🏽' }],
];

/** The `message` that Messenger and Instagram are sent. */
const messages: ['messenger' | 'instagram', SendKind, unknown][] = [
  ['messenger', 'text', { text: 'Hello' }],
  ['messenger', 'image', { attachment: { type: 'image', payload: { url: link } } }],
  ['messenger', 'video', { attachment: { type: 'video', payload: { attachment_id: '1' } } }],
  ['messenger', 'audio', { attachment: { type: 'audio', payload: { attachment_id: '1' } } }],
  ['messenger', 'document', { attachment: { type: 'file', payload: { url: link } } }],
  [
    'messenger',
    'quick_replies',
    {
      text: 'Which?',
      quick_replies: [
        { content_type: 'text', title: 'Red', payload: 'red', image_url: link },
        { content_type: 'user_email' },
        { content_type: 'user_phone_number' },
      ],
    },
  ],
  [
    'messenger',
    'buttons',
    {
      attachment: {
        type: 'template',
        payload: {
          template_type: 'button',
          text: 'Yes?',
          buttons: [postback, webUrl, { type: 'phone_number', title: 'Call', payload: '+15551234567' }],
        },
      },
    },
  ],
  ['messenger', 'generic_template', generic],
  [
    'messenger',
    'media_template',
    {
      attachment: {
        type: 'template',
        payload: {
          template_type: 'media',
          elements: [{ media_type: 'video', attachment_id: '1', buttons: [postback, webUrl] }],
        },
      },
    },
  ],
  ['instagram', 'text', { text: 'Hello' }],
  ['instagram', 'image', { attachment: { type: 'image', payload: { url: link } } }],
  ['instagram', 'video', { attachment: { type: 'video', payload: { url: link } } }],
  ['instagram', 'audio', { attachment: { type: 'audio', payload: { url: link } } }],
  ['instagram', 'document', { attachment: { type: 'file', payload: { url: link } } }],
  [
    'instagram',
    'quick_replies',
    { text: 'Which?', quick_replies: [{ content_type: 'text', title: 'Red', payload: 'red' }] },
  ],
  [
    'instagram',
    'buttons',
    {
      attachment: {
        type: 'template',
        payload: { template_type: 'button', text: 'Yes?', buttons: [postback, webUrl] },
      },
    },
  ],
  ['instagram', 'generic_template', generic],
];

describe('the body WhatsApp is sent', () => {
  it.each(whatsApp)('%s', (kind, type, payload) => {
    expect(graphBody('whatsapp', ana, samples.whatsapp[kind]!)).toEqual({
      edge: 'messages',
      body: { messaging_product: 'whatsapp', recipient_type: 'individual', to: '5511999', type, [type]: payload },
    });
  });

  it('is known for every kind', () => {
    expect(whatsApp.map(([kind]) => kind)).toEqual(Object.keys(samples.whatsapp));
  });

  it('names a user id as recipient only where the number is hidden, and a group as such', () => {
    const hello: SendContent = { type: 'text', text: 'Hello' };
    const recipientOf = (to: object) => {
      const { messaging_product: _, type: __, text: ___, ...rest } = graphBody('whatsapp', to, hello).body;
      return rest;
    };
    expect(recipientOf({ userId: 'BR.77', waId: '5511999' })).toEqual({ recipient_type: 'individual', to: '5511999' });
    expect(recipientOf({ userId: 'BR.77' })).toEqual({ recipient_type: 'individual', recipient: 'BR.77' });
    expect(recipientOf({ groupId: 'G1' })).toEqual({ recipient_type: 'group', to: 'G1' });
    expect(() => recipientOf({})).toThrow('needs the id of who it goes to');
  });

  it('carries our id and the message it answers; a reaction answers nothing', () => {
    const options = { callbackData: 'our-id', replyTo: 'wamid.Q', metadata: 'never' };
    expect(graphBody('whatsapp', ana, { type: 'text', text: 'Hello' }, options).body).toEqual({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: '5511999',
      type: 'text',
      text: { body: 'Hello' },
      context: { message_id: 'wamid.Q' },
      biz_opaque_callback_data: 'our-id',
    });
    expect(graphBody('whatsapp', ana, samples.whatsapp.reaction!, options).body).not.toHaveProperty('context');
  });

  it('takes a reaction back with an empty emoji', () => {
    const { reaction } = graphBody('whatsapp', ana, { type: 'reaction', messageId: 'w', emoji: '' }).body;
    expect(reaction).toEqual({ message_id: 'w', emoji: '' });
  });

  it('gives a contact card a first name where only its formatted name is known', () => {
    const { contacts } = graphBody('whatsapp', ana, {
      type: 'contacts',
      contacts: [{ name: { formattedName: 'Bo' } }],
    }).body;
    expect(contacts).toEqual([{ name: { formatted_name: 'Bo', first_name: 'Bo' } }]);
  });

  it('opens the screen that is named, or lets the flow decide', () => {
    const flow = { type: 'flow', text: 'a', button: 'b', flowName: 'booking' } as const;
    const parametersOf = (content: SendContent) =>
      (graphBody('whatsapp', ana, content).body.interactive as { action: { parameters: object } }).action.parameters;
    expect(parametersOf({ ...flow, screen: 'A' })).toMatchObject({
      flow_action: 'navigate',
      flow_action_payload: { screen: 'A' },
    });
    expect(parametersOf(flow)).toEqual({ flow_message_version: '3', flow_name: 'booking', flow_cta: 'b' });
  });
});

describe('the body Messenger and Instagram are sent', () => {
  it.each(messages)('%s %s', (platform, kind, message) => {
    expect(graphBody(platform, psid, samples[platform][kind]!)).toEqual({
      edge: 'messages',
      body: { recipient: { id: '7788' }, messaging_type: 'RESPONSE', message },
    });
  });

  it('carries our id on Messenger, where the echo brings it back, and never on Instagram', () => {
    const options = { metadata: 'our-id', callbackData: 'never', replyTo: 'm_Q' };
    const hello: SendContent = { type: 'text', text: 'Hello' };
    expect(graphBody('messenger', psid, hello, options).body).toEqual({
      recipient: { id: '7788' },
      messaging_type: 'RESPONSE',
      message: { text: 'Hello', metadata: 'our-id' },
      reply_to: { mid: 'm_Q' },
    });
    expect(graphBody('instagram', psid, hello, options).body.message).toEqual({ text: 'Hello' });
  });

  it.each(['messenger', 'instagram'] as const)('tags an answer by a person outside the 24 hours (%s)', (platform) => {
    expect(graphBody(platform, psid, { type: 'text', text: 'Hello' }, { humanAgent: true }).body).toMatchObject({
      messaging_type: 'MESSAGE_TAG',
      tag: 'HUMAN_AGENT',
    });
  });

  it('reacts with the emoji on Messenger, with love on Instagram, and takes both back', () => {
    const reactTo = (platform: Platform, emoji: string) =>
      graphBody(platform, psid, { type: 'reaction', messageId: 'm_1', emoji }, { metadata: 'x' }).body;
    expect(reactTo('messenger', '😊')).toEqual({
      recipient: { id: '7788' },
      sender_action: 'react',
      payload: { message_id: 'm_1', reaction: '😊' },
    });
    expect(reactTo('instagram', '❤️')).toMatchObject({ payload: { message_id: 'm_1', reaction: 'love' } });
    expect(reactTo('instagram', '')).toEqual({
      recipient: { id: '7788' },
      sender_action: 'unreact',
      payload: { message_id: 'm_1' },
    });
  });

  it('answers a comment privately by its id, whoever wrote it', () => {
    expect(
      graphBody('messenger', {}, samples.messenger.private_reply!, { metadata: 'our-id', humanAgent: true }),
    ).toEqual({
      edge: 'messages',
      body: { recipient: { comment_id: '1_2' }, message: { text: 'Hello', metadata: 'our-id' } },
    });
    expect(graphBody('messenger', {}, { type: 'private_reply', postId: '1_3', text: 'Hi' }).body.recipient).toEqual({
      post_id: '1_3',
    });
    expect(graphBody('instagram', {}, samples.instagram.private_reply!).body).toEqual({
      recipient: { comment_id: '179' },
      message: { text: 'Hello' },
    });
  });

  it('answers a comment publicly beneath it', () => {
    const body = { message: 'Thank you' };
    expect(graphBody('messenger', {}, samples.messenger.public_reply!)).toEqual({
      node: '1_2',
      edge: 'comments',
      body,
    });
    expect(graphBody('instagram', {}, samples.instagram.public_reply!)).toEqual({ node: '179', edge: 'replies', body });
  });

  it('lets a quick reply without a payload come back with its title', () => {
    const content: SendContent = { type: 'quick_replies', text: 'a', quickReplies: [{ type: 'text', title: 'Red' }] };
    expect(graphBody('instagram', psid, content).body.message).toMatchObject({
      quick_replies: [{ content_type: 'text', title: 'Red', payload: 'Red' }],
    });
  });

  it('refuses what it does not have instead of sending something else', () => {
    expect(() => graphBody('instagram', psid, samples.whatsapp.list!)).toThrow('have no list');
    expect(() => graphBody('whatsapp', ana, samples.messenger.private_reply!)).toThrow('has no private_reply');
    expect(() => graphBody('whatsapp', ana, samples.messenger.buttons!)).toThrow("WhatsApp's buttons have no url");
  });
});

it.each(everySample)('no body of %s %s holds what is only ours', (platform, _kind, content) => {
  const body = JSON.stringify(graphBody(platform, { ...ana, ...psid }, content));
  expect(body).not.toMatch(/mimeType|mime_type|"size"|animated|[a-z][A-Z][a-z]+":/);
});

describe('read and typing', () => {
  it('marks a WhatsApp message read, and shows typing with the same request', () => {
    const read = { messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.1' };
    expect(readBody('whatsapp', ana, 'wamid.1')).toEqual({ edge: 'messages', body: read });
    expect(typingBody('whatsapp', ana, true, 'wamid.1')).toEqual({
      edge: 'messages',
      body: { ...read, typing_indicator: { type: 'text' } },
    });
    expect(typingBody('whatsapp', ana, false, 'wamid.1')).toBeUndefined();
    expect(typingBody('whatsapp', ana, true)).toBeUndefined();
  });

  it.each(['messenger', 'instagram'] as const)('is an action of the sender on %s', (platform) => {
    const action = (sender_action: string) => ({
      edge: 'messages',
      body: { recipient: { id: '7788' }, sender_action },
    });
    expect(readBody(platform, psid, 'm_1')).toEqual(action('mark_seen'));
    expect(typingBody(platform, psid, true)).toEqual(action('typing_on'));
    expect(typingBody(platform, psid, false)).toEqual(action('typing_off'));
  });
});
