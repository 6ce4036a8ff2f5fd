import { at, instagram, now, only, pageId, psid } from '../test/bodies';
import { parseWebhook } from './parse-webhook';

describe('a body that nests without end', () => {
  const deep = JSON.parse('['.repeat(200_000) + ']'.repeat(200_000)) as unknown;

  it.each<[string, unknown]>([
    ['the body', deep],
    ['an entry', { object: 'page', entry: [deep] }],
    ['a branch', { object: 'page', entry: [{ messaging: { deep } }] }],
    ['a change', { object: 'page', entry: [{ changes: [{ field: 'feed', value: { deep } }] }] }],
    ['a message', { object: 'page', entry: [{ messaging: [{ message: { mid: 'm', deep } }] }] }],
    ['a field name', { object: 'page', entry: [{ changed_fields: [deep] }] }],
    [
      'a WhatsApp message',
      {
        object: 'whatsapp_business_account',
        entry: [{ changes: [{ field: 'messages', value: { messages: [{ id: 'x', deep }] } }] }],
      },
    ],
    [
      'a WhatsApp field',
      { object: 'whatsapp_business_account', entry: [{ changes: [{ field: 'new', value: { deep } }] }] },
    ],
  ])('at %s becomes an unreadable part that can be stored', (_, body) => {
    const { items, unreadable } = parseWebhook(body, { now });
    expect(items).toEqual([]);
    expect(unreadable).toHaveLength(1);
    expect(() => JSON.stringify(unreadable)).not.toThrow();
  });

  it('does not take its neighbours with it', () => {
    const message = {
      sender: { id: psid },
      recipient: { id: pageId },
      timestamp: at,
      message: { mid: 'm_1', text: 'a' },
    };
    const { items, unreadable } = parseWebhook({
      object: 'page',
      entry: [{ id: pageId, messaging: [message, { ...message, deep }] }],
    });
    expect(items).toHaveLength(1);
    expect(unreadable[0]).toMatchObject({ reason: 'nested deeper than 100 levels', raw: null });
  });

  it('is no matter at the depths that Meta reaches', () => {
    let nested: unknown = 'end';
    for (let level = 0; level < 90; level++) nested = { nested };
    expect(only(instagram({ optin: { nested } })).effect.kind).toBe('optin');
  });
});
