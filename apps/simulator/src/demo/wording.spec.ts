import type { EventEnvelope, EventPayloads } from '@switchboard/contracts';
import { Wording } from './wording';

const conversation = {
  id: 'c1',
  platform: 'whatsapp',
  contact: { id: '0192-ab12', name: 'Zoë Bennett', username: null, phone: '447700900123' },
} as EventPayloads['conversation.created']['conversation'];
const message = { conversationId: 'c1', platform: 'whatsapp', type: 'text', content: { text: 'Hi!' } };

const event = (type: keyof EventPayloads, data: unknown) => ({ type, data }) as EventEnvelope;

describe('an event in a few words', () => {
  it('says who wrote what', () => {
    const said = new Wording().words(event('message.received', { message, conversation }));

    expect(said).toEqual({ platform: 'WhatsApp', who: 'Zoë Bennett', what: 'Hi!' });
  });

  it.each([
    [{ type: 'image', content: { attachments: [{ type: 'image', caption: 'This one?' }] } }, '[image] This one?'],
    [{ type: 'document', content: { attachments: [{ type: 'document', filename: 'a.pdf' }] } }, '[document] a.pdf'],
    [{ type: 'postback', content: { reply: { title: 'Get started' } } }, '[postback] Get started'],
    [{ type: 'order', content: {} }, '[order]'],
  ])('says what kind of message it is where it is not text', (given, what) => {
    const data = { message: { ...message, ...given }, conversation };

    expect(new Wording().words(event('message.received', data)).what).toBe(what);
  });

  it('names a customer whose name the platform does not tell', () => {
    const contact = { id: '0192-ab12', name: null, username: null, phone: null };
    const { who } = new Wording().words(event('conversation.created', { conversation: { ...conversation, contact } }));

    expect(who).toBe('customer ab12');
  });

  it('remembers names for events that bring only an id', () => {
    const wording = new Wording();
    const read = { conversationId: 'c1', platform: 'whatsapp', changed: 2, messageIds: [], watermark: null };
    expect(wording.words(event('message.read', read)).who).toBe('somebody');
    wording.words(event('conversation.created', { conversation }));

    expect(wording.words(event('message.read', read))).toEqual({
      platform: 'WhatsApp',
      who: 'Zoë Bennett',
      what: '2 messages',
    });
  });

  it.each<[keyof EventPayloads, unknown, string]>([
    [
      'message.failed',
      { conversationId: null, changed: 1, watermark: null, errors: [{ title: 'Expired' }] },
      'Expired',
    ],
    ['message.reacted', { conversationId: null, emoji: '🎉', by: 'customer' }, '🎉'],
    ['message.reacted', { conversationId: null, emoji: null, by: 'customer' }, 'took the reaction back'],
    ['message.deleted', { conversationId: 'c9', by: 'customer' }, 'deleted by the customer'],
    ['unread.changed', { total: 3, byPlatform: { whatsapp: 1, instagram: 2 } }, '3 unread: WhatsApp 1, Instagram 2'],
    ['unread.changed', { total: 0, byPlatform: {} }, '0 unread'],
    [
      'webhook.received',
      { itemId: 'i', field: 'comments', sender: null, content: { text: 'Love it' } },
      'comments Love it',
    ],
    ['webhook.received', { itemId: 'i', field: 'messages', sender: null, content: { text: 'Hi!' } }, 'messages'],
    ['webhook.quarantined', { itemId: 'i', field: 'malformed', reason: 'Not JSON.' }, 'Not JSON.'],
  ])('tells %s %j', (type, data, what) => {
    expect(new Wording().words(event(type, data)).what).toBe(what);
  });
});
