import { whatsappChat } from '../cast';
import { statuses } from '../item';
import * as whatsapp from './whatsapp';
import { audioContent } from './whatsapp-content';

const shown = { waId: '4915123456789', userId: 'DE.13491208655302741918', phone: 'shown' } as const;
const at = Date.UTC(2026, 9, 1, 9, 0, 0, 999);
const seconds = String(Math.floor(at / 1000));

describe('WhatsApp messages', () => {
  const chat = whatsappChat({ customer: shown });

  it('carry who, when and what', () => {
    const item = whatsapp.text(chat, 'Hallo 👋', { id: 'wamid.A', at });

    expect(item).toMatchObject({
      platform: 'whatsapp',
      accountId: chat.account.id,
      kind: 'text',
      messageId: 'wamid.A',
      customer: { userId: shown.userId, waId: shown.waId },
      sentAt: at,
      effect: { kind: 'message', direction: 'inbound', type: 'text', text: 'Hallo 👋' },
    });
    expect(item.element).toMatchObject({
      from: shown.waId,
      from_user_id: shown.userId,
      id: 'wamid.A',
      timestamp: seconds,
      type: 'text',
      text: { body: 'Hallo 👋' },
    });
  });

  it.each([
    ['image', whatsapp.image(chat, 'red?'), 'image', { mime_type: 'image/jpeg', caption: 'red?' }],
    ['video', whatsapp.video(chat), 'video', { mime_type: 'video/mp4' }],
    ['document', whatsapp.document(chat, 'bill.pdf'), 'document', { filename: 'bill.pdf' }],
    ['audio', whatsapp.audio(chat), 'audio', { voice: false }],
    ['voice', whatsapp.voice(chat), 'audio', { voice: true }],
    ['sticker', whatsapp.sticker(chat), 'sticker', { animated: false }],
  ])('%s names its media and where to fetch it', (kind, item, type, body) => {
    const media = item.element[type] as Record<string, string>;

    expect(item).toMatchObject({ kind, element: { type, [type]: body } });
    expect(media.id).toMatch(/^\d{15}$/);
    expect(Buffer.from(media.sha256 as string, 'base64')).toHaveLength(32);
    expect(media.url).toContain(`mid=${media.id}`);
  });

  it.each([
    [
      'location',
      whatsapp.location(chat, { latitude: 48.1, longitude: 11.5, name: 'Café' }),
      { location: { latitude: 48.1, longitude: 11.5, name: 'Café' } },
    ],
    [
      'contacts',
      whatsapp.contacts(chat, [{ name: 'Zoë van Dyk', phone: '31612345678' }]),
      {
        contacts: [
          {
            name: { first_name: 'Zoë', last_name: 'van Dyk', formatted_name: 'Zoë van Dyk' },
            phones: [{ phone: '+31612345678', wa_id: '31612345678', type: 'CELL' }],
          },
        ],
      },
    ],
    [
      'button_reply',
      whatsapp.buttonReply(chat, 'yes', 'Yes'),
      { type: 'interactive', interactive: { type: 'button_reply', button_reply: { id: 'yes', title: 'Yes' } } },
    ],
    [
      'list_reply',
      whatsapp.listReply(chat, { id: 'r1', title: 'Mug', description: '18 EUR' }),
      { interactive: { type: 'list_reply', list_reply: { id: 'r1', title: 'Mug', description: '18 EUR' } } },
    ],
    [
      'button',
      whatsapp.templateButton(chat, 'STOP', 'No more'),
      { type: 'button', button: { payload: 'STOP', text: 'No more' } },
    ],
    [
      'order',
      whatsapp.order(chat, 'C1', [{ retailerId: 'MUG', quantity: 2, price: 18.5, currency: 'EUR' }], 'gift'),
      {
        order: {
          catalog_id: 'C1',
          text: 'gift',
          product_items: [{ product_retailer_id: 'MUG', quantity: 2, item_price: 18.5, currency: 'EUR' }],
        },
      },
    ],
  ])('%s has Meta’s form', (kind, item, element) => {
    expect(item).toMatchObject({ kind, element, effect: { kind: 'message', direction: 'inbound' } });
  });

  it('keep the words under a photo apart from text', () => {
    const { effect } = whatsapp.image(chat, 'red?');

    expect(effect).toEqual({ kind: 'message', direction: 'inbound', type: 'image', caption: 'red?' });
  });

  it('tell what they answer, that they were forwarded, and the advertisement they came from', () => {
    const reply = whatsapp.text(chat, 'this one', { replyTo: 'wamid.B', forwarded: true, fromAd: true });

    expect(reply.element.context).toEqual({
      from: chat.account.displayPhoneNumber,
      id: 'wamid.B',
      forwarded: true,
    });
    expect(reply.element.referral).toMatchObject({ source_type: 'ad', ctwa_clid: expect.any(String) });
    expect(whatsapp.text(chat, 'plain').element).not.toHaveProperty('context');
  });

  it('have ids that decode to the customer’s number and differ', () => {
    const [one, other] = [whatsapp.text(chat, 'a'), whatsapp.text(chat, 'a')];
    const record = Buffer.from((one.messageId as string).slice('wamid.'.length), 'base64').toString('latin1');

    expect(one.messageId).toMatch(/^wamid\.HBg/);
    expect(record).toContain(shown.waId);
    expect(one.messageId).not.toBe(other.messageId);
    expect(one.id).not.toBe(other.id);
  });
});

describe('WhatsApp customers', () => {
  it('with a hidden number are named by user id and username alone', () => {
    const chat = whatsappChat({ customer: { ...shown, username: 'clay.table', phone: 'hidden' } });
    const item = whatsapp.text(chat, 'hi');

    expect(item.customer).toEqual({ userId: shown.userId });
    expect(item.element).not.toHaveProperty('from');
    expect(item.element.from_user_id).toBe(shown.userId);
    expect(item.place).toMatchObject({
      contact: { profile: { name: chat.customer.name, username: '@clay.table' }, user_id: shown.userId },
    });
    expect(JSON.stringify([item, whatsapp.status(chat, 'wamid.A', 'read')])).not.toContain(shown.waId);
  });

  it('of older webhooks are named by number alone', () => {
    const item = whatsapp.text(whatsappChat({ customer: { ...shown, userId: undefined } }), 'hi');

    expect(item.customer).toEqual({ waId: shown.waId });
    expect(item.element).not.toHaveProperty('from_user_id');
  });

  it('may be named now with a number, now without', () => {
    const chat = whatsappChat({ customer: { ...shown, phone: 'sometimes' } });
    const numbers = Array.from({ length: 40 }, () => whatsapp.text(chat, 'hi').customer.waId);

    expect(new Set(numbers)).toEqual(new Set([shown.waId, undefined]));
  });
});

describe('WhatsApp reactions and deletions', () => {
  const chat = whatsappChat({ customer: shown });

  it('speak of the message they change', () => {
    const given = whatsapp.reaction(chat, 'wamid.A', '👍🏽');
    const taken = whatsapp.reaction(chat, 'wamid.A');
    const revoked = whatsapp.revoke(chat, 'wamid.A');

    expect(given.element.reaction).toEqual({ message_id: 'wamid.A', emoji: '👍🏽' });
    expect(taken.element.reaction).toEqual({ message_id: 'wamid.A', emoji: '' });
    expect(taken).toMatchObject({ kind: 'reaction_removed', effect: { kind: 'reaction', emoji: undefined } });
    expect(revoked.element.revoke).toEqual({ original_message_id: 'wamid.A' });
    expect(revoked.effect).toEqual({ kind: 'deletion', by: 'customer' });
    expect([given, taken, revoked].map((item) => item.messageId)).toEqual(['wamid.A', 'wamid.A', 'wamid.A']);
    expect(new Set([given, taken, revoked].map((item) => item.id)).size).toBe(3);
  });
});

describe('WhatsApp echoes', () => {
  const chat = whatsappChat({ customer: shown });

  it('come from the business, under their own field', () => {
    const item = whatsapp.echo(chat, 'On its way');

    expect(item).toMatchObject({
      kind: 'echo_text',
      effect: { kind: 'message', direction: 'outbound', text: 'On its way' },
      place: { field: 'smb_message_echoes', list: 'message_echoes' },
      element: { from: chat.account.displayPhoneNumber, to: shown.waId, to_user_id: shown.userId },
    });
    expect(whatsapp.echo(chat, audioContent(chat.random, true)).element.audio).toMatchObject({ voice: true });
  });

  it('can be taken back by the business', () => {
    const item = whatsapp.echoRevoke(chat, 'wamid.E');

    expect(item).toMatchObject({ messageId: 'wamid.E', effect: { kind: 'deletion', by: 'business' } });
    expect(item.element).toMatchObject({ type: 'revoke', revoke: { original_message_id: 'wamid.E' } });
  });
});

describe('WhatsApp statuses', () => {
  const chat = whatsappChat({ customer: shown });

  it.each(statuses)('%s is one fact for each message and recipient', (reached) => {
    const item = whatsapp.status(chat, 'wamid.A', reached);

    expect(item).toMatchObject({ kind: reached, messageId: 'wamid.A', effect: { kind: 'status', status: reached } });
    expect(item.element).toMatchObject({
      id: 'wamid.A',
      status: reached,
      recipient_id: shown.waId,
      recipient_user_id: shown.userId,
    });
    expect(item.id).toBe(whatsapp.status(chat, 'wamid.A', reached).id);
    expect(item.id).not.toBe(whatsapp.status(chat, 'wamid.B', reached).id);
  });

  it('failed tells why, the others what they cost', () => {
    const error = { code: 131047, title: 'Re-engagement message', details: 'More than 24 hours have passed' };
    const failed = whatsapp.status(chat, 'wamid.A', 'failed', { error });

    expect(failed.element.errors).toEqual([
      expect.objectContaining({ code: 131047, error_data: { details: error.details } }),
    ]);
    expect(failed.element).not.toHaveProperty('pricing');
    expect(whatsapp.status(chat, 'wamid.A', 'read').element.pricing).toMatchObject({ pricing_model: 'PMP' });
  });

  it('carry the sender’s callback data and, in the older form, the conversation', () => {
    const item = whatsapp.status(chat, 'wamid.A', 'sent', { callbackData: 'msg-1', olderForm: true });

    expect(item.element).toMatchObject({
      biz_opaque_callback_data: 'msg-1',
      conversation: { origin: { type: 'service' }, expiration_timestamp: expect.stringMatching(/^\d+$/) },
      pricing: { pricing_model: 'CBP' },
    });
  });
});
