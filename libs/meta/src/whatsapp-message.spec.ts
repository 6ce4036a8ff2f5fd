import { at, effectOf, fromAna, now, numberId, only, reasonOf, seconds, whatsApp } from '../test/bodies';
import type { MessageContent } from './items';

const ana = { userId: 'BR.77', waId: '5511999', name: 'Ana', username: 'ana.b' };
const media = { id: '4711', mime_type: 'image/jpeg', sha256: 'q/7=', url: 'https://lookaside.example/1' };
const mediaTold = { id: '4711', mimeType: 'image/jpeg', sha256: 'q/7=', url: 'https://lookaside.example/1' };
const errors = [{ code: 131_051, title: 'Unsupported', message: 'Type', error_data: { details: 'Not supported' } }];
const errorsTold = [{ code: 131_051, title: 'Unsupported', message: 'Type', details: 'Not supported' }];
const card = [{ name: { formatted_name: 'Bo' }, phones: [{ phone: '+1 555' }] }];
const order = { catalog_id: '7', text: 'no onions', product_items: [{ product_retailer_id: 'B', quantity: 2 }] };
const form = { name: 'flow', body: 'Sent', response_json: '{"rating":"4"}' };

describe('a WhatsApp message', () => {
  it('becomes an inbound message of its customer', () => {
    const item = only(
      fromAna({ type: 'text', text: { body: 'Is it in stock?' }, context: { from: '1', id: 'wamid.Q' } }),
    );
    expect(item).toEqual({
      path: 'entry[0].changes[0].value.messages[0]',
      platform: 'whatsapp',
      accountId: numberId,
      businessAccountId: '102290129340398',
      field: 'messages',
      dedupKey: 'message:wamid.A1',
      occurredAt: at,
      sender: { id: 'BR.77', username: 'ana.b' },
      content: { messageId: 'wamid.A1', type: 'text', text: 'Is it in stock?' },
      effect: {
        kind: 'message',
        direction: 'inbound',
        messageId: 'wamid.A1',
        customer: ana,
        type: 'text',
        content: { text: 'Is it in stock?' },
        sentAt: at,
        replyToMessageId: 'wamid.Q',
      },
      raw: expect.objectContaining({ metadata: expect.objectContaining({ phone_number_id: numberId }) }),
    });
  });

  it.each<[string, Record<string, unknown>, MessageContent]>([
    [
      'image',
      { image: { ...media, caption: 'Blue' } },
      { attachments: [{ type: 'image', ...mediaTold, caption: 'Blue' }] },
    ],
    ['video', { video: media }, { attachments: [{ type: 'video', ...mediaTold }] }],
    ['audio', { audio: { ...media, voice: true } }, { attachments: [{ type: 'audio', ...mediaTold, voice: true }] }],
    [
      'document',
      { document: { id: 4711, filename: 'a.pdf' } },
      { attachments: [{ type: 'document', id: '4711', filename: 'a.pdf' }] },
    ],
    ['sticker', { sticker: { ...media, animated: true } }, { attachments: [{ type: 'sticker', ...mediaTold }] }],
    [
      'location',
      { location: { latitude: 37.5, longitude: '-122.25', name: 'HQ', address: '1 Way', url: 'https://maps.example' } },
      {
        attachments: [
          {
            type: 'location',
            latitude: 37.5,
            longitude: -122.25,
            title: 'HQ',
            caption: '1 Way',
            url: 'https://maps.example',
          },
        ],
      },
    ],
    ['contacts', { contacts: card, origin: 'contact_request' }, { structured: card }],
    [
      'interactive',
      { interactive: { type: 'button_reply', button_reply: { id: 'yes', title: 'Yes!' } } },
      { text: 'Yes!', reply: { payload: 'yes', title: 'Yes!' } },
    ],
    [
      'interactive',
      { interactive: { type: 'list_reply', list_reply: { id: 3, title: 'Three', description: 'of them' } } },
      { text: 'Three', reply: { payload: '3', title: 'Three', description: 'of them' } },
    ],
    [
      'interactive',
      { interactive: { type: 'nfm_reply', nfm_reply: form } },
      { text: 'Sent', reply: { title: 'flow' }, structured: form },
    ],
    [
      'interactive',
      { interactive: { type: 'call_permission_reply', call_permission_reply: { response: 'accept' } } },
      { structured: { type: 'call_permission_reply', call_permission_reply: { response: 'accept' } } },
    ],
    ['interactive', {}, {}],
    [
      'button',
      { button: { payload: 'P', text: 'Tell me more' } },
      { text: 'Tell me more', reply: { payload: 'P', title: 'Tell me more' } },
    ],
    ['order', { order }, { text: 'no onions', structured: order }],
    ['unsupported', { errors, unsupported: { type: 'poll' } }, { structured: { type: 'poll' }, errors: errorsTold }],
    [
      'text',
      { text: { body: 'Hi' }, referral: { source_id: 'ad1', ctwa_clid: 'c' } },
      { text: 'Hi', referral: { source_id: 'ad1', ctwa_clid: 'c' } },
    ],
    ['text', { text: 'wrongly typed' }, {}],
  ])('of type %s says what it says: %j', (type, body, content) => {
    expect(effectOf(fromAna({ type, ...body }), 'message')).toMatchObject({ type, direction: 'inbound' });
    expect(effectOf(fromAna({ type, ...body }), 'message').content).toEqual(content);
  });

  it('is known by its body where the type is left out, and `unknown` is the old word for `unsupported`', () => {
    expect(effectOf(fromAna({ image: media }), 'message').type).toBe('image');
    expect(effectOf(fromAna({ type: 'unknown', unknown: {}, errors }), 'message')).toMatchObject({
      type: 'unsupported',
      content: { errors: errorsTold },
    });
  });

  it('of a group names the group and the member who wrote', () => {
    const effect = effectOf(fromAna({ type: 'text', text: { body: 'hi' }, group_id: 'g.1' }), 'message');
    expect(effect).toMatchObject({ groupId: 'g.1', customer: ana });
  });

  it.each<[string, Record<string, unknown>]>([
    ['left out', { timestamp: undefined }],
    ['not a number', { timestamp: 'soon' }],
    ['from before Meta', { timestamp: '12' }],
  ])('whose time is %s takes that of its entry, else of its arrival', (_, without) => {
    const message = { from: '55', id: 'wamid.1', type: 'text', text: { body: 'x' }, ...without };
    expect(effectOf(whatsApp({ messages: [message] }, 'messages', { time: seconds + 9 }), 'message').sentAt).toBe(
      at + 9_000,
    );
    const item = only(whatsApp({ messages: [message] }));
    expect(item.occurredAt).toBeUndefined();
    expect(item.effect).toMatchObject({ sentAt: now });
  });

  it.each<[Record<string, unknown>, string]>([
    [{ type: 'text', id: undefined }, 'missing id'],
    [{ type: 'image', id: null }, 'missing id'],
    [{ type: 'reaction', reaction: { emoji: '👍' } }, 'missing reaction.message_id'],
    [{ type: 'reaction' }, 'missing reaction.message_id'],
    [{ type: 'revoke', revoke: {} }, 'missing revoke.original_message_id'],
  ])('%j cannot be read: %s', (message, reason) => {
    expect(reasonOf(fromAna(message))).toBe(reason);
  });

  it.each(['text', 'reaction', 'revoke'])('of type %s without a customer cannot be read', (type) => {
    const body = { reaction: { message_id: 'wamid.0' }, revoke: { original_message_id: 'wamid.0' } };
    expect(reasonOf(whatsApp({ messages: [{ id: 'wamid.1', type, ...body }] }))).toBe('missing from and from_user_id');
    expect(
      reasonOf(whatsApp({ message_echoes: [{ from: '1', id: 'wamid.1', type, ...body }] }, 'smb_message_echoes')),
    ).toBe('missing to and to_user_id');
  });
});

describe('a WhatsApp reaction', () => {
  const reaction = { message_id: 'wamid.Q', emoji: '👍🏻' };

  it('is no message', () => {
    const item = only(fromAna({ type: 'reaction', reaction }));
    expect(item).toMatchObject({
      field: 'message_reactions',
      content: { messageId: 'wamid.Q', action: 'react', emoji: '👍🏻' },
    });
    expect(item.effect).toEqual({
      kind: 'reaction',
      messageId: 'wamid.Q',
      customer: ana,
      by: 'customer',
      emoji: '👍🏻',
      at,
    });
  });

  it.each([{ message_id: 'wamid.Q' }, { message_id: 'wamid.Q', emoji: '' }])('is taken back by %j', (removal) => {
    const effect = effectOf(fromAna({ type: 'reaction', reaction: removal }), 'reaction');
    expect(effect.emoji).toBeUndefined();
    expect(effect.messageId).toBe('wamid.Q');
  });

  it('is another fact for each message, person, emoji, time and id', () => {
    const keys = [
      {},
      { id: 'wamid.A2' },
      { from: '5512', from_user_id: 'BR.78' },
      { timestamp: String(seconds + 1) },
      { reaction: { message_id: 'wamid.R', emoji: '👍🏻' } },
      { reaction: { message_id: 'wamid.Q', emoji: '❤️' } },
      { reaction: { message_id: 'wamid.Q' } },
    ].map((difference) => only(fromAna({ type: 'reaction', reaction, ...difference })).dedupKey);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('what a customer takes back or changes', () => {
  it('deletes the message it names', () => {
    const item = only(fromAna({ type: 'revoke', revoke: { original_message_id: 'wamid.Q' } }));
    expect(item).toMatchObject({ field: 'messages', dedupKey: 'deleted:wamid.Q' });
    expect(item.effect).toEqual({ kind: 'deletion', messageId: 'wamid.Q', customer: ana, by: 'customer', at });
  });

  it('edits the message it names', () => {
    const message = { type: 'image', image: { id: '4711', caption: 'New' } };
    const item = only(fromAna({ type: 'edit', edit: { original_message_id: 'wamid.Q', message } }));
    expect(item).toMatchObject({ field: 'message_edits', dedupKey: 'edit:wamid.A1' });
    expect(item.effect).toEqual({
      kind: 'edit',
      messageId: 'wamid.Q',
      customer: ana,
      by: 'customer',
      revision: 0,
      type: 'image',
      content: { attachments: [{ type: 'image', id: '4711', caption: 'New' }] },
      at,
    });
    expect(item.content).toMatchObject({ messageId: 'wamid.Q', type: 'image', attachments: [{ caption: 'New' }] });
  });

  it.each<[Record<string, unknown>, Record<string, unknown>, string?]>([
    [
      { type: 'system', system: { type: 'user_changed_number', body: 'Ana changed', wa_id: '5512' } },
      { type: 'system', systemType: 'user_changed_number', text: 'Ana changed', waId: '5512' },
      'identity_change',
    ],
    [
      { type: 'system', system: { type: 'user_changed_number', new_wa_id: '5513' } },
      { waId: '5513' },
      'identity_change',
    ],
    [
      { type: 'system', system: { type: 'user_changed_user_id', user_id: 'BR.9' } },
      { userId: 'BR.9' },
      'identity_change',
    ],
    [{ type: 'request_welcome' }, { type: 'request_welcome' }, 'welcome_request'],
    [{ type: 'system', system: { type: 'user_grew_wings' } }, { systemType: 'user_grew_wings' }],
    [{ type: 'hologram', hologram: { id: 1 } }, { type: 'hologram' }],
    [{ type: undefined }, { messageId: 'wamid.A1' }],
  ])('%j is told under its own id', (message, content, kind = 'notice') => {
    const item = only(fromAna(message));
    expect(item).toMatchObject({
      field: 'messages',
      dedupKey: 'message:wamid.A1',
      occurredAt: at,
      sender: { id: 'BR.77' },
      content,
    });
    expect(item.effect.kind).toBe(kind);
  });
});

describe('the echo of a message sent from the phone of the business', () => {
  const sent = { from: '15550783881', to: '5511999', to_user_id: 'BR.77', id: 'wamid.E' };
  const echo = (message: Record<string, unknown>) =>
    fromAna({ ...sent, ...message }, 'message_echoes', 'smb_message_echoes');

  it('is an outbound message to its recipient', () => {
    const item = only(echo({ type: 'text', text: { body: 'Yes, it is' } }));
    expect(item).toMatchObject({
      path: 'entry[0].changes[0].value.message_echoes[0]',
      field: 'message_echoes',
      dedupKey: 'echo:wamid.E',
      sender: { id: '15550783881' },
    });
    expect(item.effect).toMatchObject({
      kind: 'message',
      direction: 'outbound',
      customer: ana,
      content: { text: 'Yes, it is' },
    });
  });

  it('may delete, react and edit as well', () => {
    const revoked = only(echo({ type: 'revoke', revoke: { original_message_id: 'wamid.Q' } }));
    expect(revoked).toMatchObject({
      field: 'message_echoes',
      effect: { kind: 'deletion', by: 'business', customer: ana },
    });
    const reacted = effectOf(echo({ type: 'reaction', reaction: { message_id: 'wamid.Q', emoji: '🙏' } }), 'reaction');
    expect(reacted).toMatchObject({ by: 'business', customer: ana, emoji: '🙏' });
    const edited = only(
      echo({ type: 'edit', edit: { original_message_id: 'wamid.Q', message: { type: 'text', text: { body: 'B' } } } }),
    );
    expect(edited).toMatchObject({
      field: 'message_edits',
      dedupKey: 'edit:wamid.E',
      content: { messageId: 'wamid.Q', text: 'B' },
    });
  });
});
