import {
  at,
  change,
  fromAna,
  now,
  numberId,
  only,
  page,
  pageId,
  parse,
  psid,
  reasonOf,
  seconds,
  wabaId,
  whatsApp,
} from '../test/bodies';
import { parseWebhook } from './parse-webhook';

const comment = { id: '1789', text: 'lovely', from: { id: '55', username: 'bea' }, media: { id: '90' } };

describe('the envelope of a webhook', () => {
  it('gives every element its own item, whatever branch it stands in and whoever else shares the body', () => {
    const body = {
      object: 'page',
      entry: [
        {
          id: pageId,
          time: at,
          messaging: [
            { sender: { id: '1' }, recipient: { id: pageId }, timestamp: at, message: { mid: 'm_1', text: 'a' } },
            { sender: { id: '2' }, recipient: { id: pageId }, timestamp: at, message: { mid: 'm_2', text: 'b' } },
          ],
          standby: [{ sender: { id: '3' }, recipient: { id: pageId }, timestamp: at, message: { mid: 'm_3' } }],
          changes: [{ field: 'leadgen', value: { leadgen_id: '8' } }],
        },
        { id: '999', time: seconds, changed_fields: ['feed', 'messaging_optins'] },
      ],
    };
    const { items, unreadable } = parse(body);
    expect(unreadable).toEqual([]);
    expect(items.map(({ path, field, accountId }) => [path, field, accountId])).toEqual([
      ['entry[0].changes[0]', 'leadgen', pageId],
      ['entry[0].messaging[0]', 'messages', pageId],
      ['entry[0].messaging[1]', 'messages', pageId],
      ['entry[0].standby[0]', 'standby', pageId],
      ['entry[1].changed_fields[0]', 'feed', '999'],
      ['entry[1].changed_fields[1]', 'message_optins', '999'],
    ]);
  });

  it('splits a WhatsApp value into its messages and statuses', () => {
    const messages = [
      { from: '551', id: 'wamid.1', timestamp: `${seconds}`, type: 'text', text: { body: 'a' } },
      { from: '552', id: 'wamid.2', timestamp: `${seconds}`, type: 'text', text: { body: 'b' } },
    ];
    const statuses = [{ id: 'wamid.0', status: 'read', timestamp: `${seconds}`, recipient_id: '551' }];
    const { items } = parse(whatsApp({ messages, statuses }));
    expect(items.map(({ path, field }) => [path, field])).toEqual([
      ['entry[0].changes[0].value.messages[0]', 'messages'],
      ['entry[0].changes[0].value.messages[1]', 'messages'],
      ['entry[0].changes[0].value.statuses[0]', 'statuses'],
    ]);
    expect(
      items.every(({ accountId, businessAccountId }) => accountId === numberId && businessAccountId === wabaId),
    ).toBe(true);
  });

  it('reads a field and value that stand flat in the entry', () => {
    const item = only({
      object: 'instagram',
      entry: [{ id: pageId, time: seconds, field: 'comments', value: comment }],
    });
    expect(item).toMatchObject({
      path: 'entry[0].value',
      field: 'comments',
      dedupKey: 'comment:1789::',
      accountId: pageId,
    });
    expect(item.raw).toEqual({ field: 'comments', value: comment });
  });

  it('reads a flat WhatsApp value like one of a change', () => {
    const value = { metadata: { phone_number_id: numberId }, statuses: [{ id: 'wamid.0', status: 'sent' }] };
    const item = only({ object: 'whatsapp_business_account', entry: [{ id: wabaId, field: 'messages', value }] });
    expect(item).toMatchObject({ path: 'entry[0].value.statuses[0]', effect: { kind: 'status', at: now } });
  });

  it('reads envelopes wrapped in an array', () => {
    const { items, unreadable } = parse([
      page({ message: { mid: 'm_1' } }),
      fromAna({ type: 'text', text: { body: 'hi' } }),
    ]);
    expect(unreadable).toEqual([]);
    expect(items.map(({ path, platform }) => [path, platform])).toEqual([
      ['[0].entry[0].messaging[0]', 'messenger'],
      ['[1].entry[0].changes[0].value.messages[0]', 'whatsapp'],
    ]);
  });

  it.each(['messages', 'messaging_postbacks'])(
    "reads the dashboard's test event, a messaging element in a change of %s",
    (field) => {
      const parties = { sender: { id: psid }, recipient: { id: pageId }, timestamp: String(seconds) };
      const told =
        field === 'messages'
          ? { message: { mid: 'random_mid', text: 'hi' } }
          : { postback: { mid: 'p', payload: 'X' } };
      const item = only(change('instagram', field, { ...parties, ...told }));
      expect(item).toMatchObject({
        path: 'entry[0].changes[0]',
        effect: { kind: 'message', customer: { userId: psid }, sentAt: at },
      });
    },
  );

  it.each([
    ['numbers', 12_345, '12345'],
    ['strings', '12345', '12345'],
  ])('takes account ids that are %s', (_, id, accountId) => {
    expect(only({ object: 'page', entry: [{ id, changes: [{ field: 'feed' }] }] }).accountId).toBe(accountId);
  });

  it.each(['user', 'permissions', 'application', 'payments', 'something_new', undefined])(
    'tells object %s without effect',
    (object) => {
      const { items, unreadable } = parse({
        object,
        entry: [
          {
            id: '0',
            time: seconds,
            changes: [{ field: 'connected', verb: 'granted' }],
            messaging: [{ message: { mid: 'm' } }],
          },
          { id: '0', uid: '0', changed_fields: ['email'] },
        ],
      });
      expect(unreadable).toEqual([]);
      expect(items.map(({ field, effect }) => [field, effect.kind])).toEqual([
        ['connected', 'notice'],
        ['messaging', 'notice'],
        ['email', 'notice'],
      ]);
      expect(items.every(({ platform, accountId }) => platform === undefined && accountId === undefined)).toBe(true);
      expect(items[0]).toMatchObject({
        occurredAt: at,
        content: { verb: 'granted' },
        raw: { field: 'connected', verb: 'granted' },
      });
    },
  );

  it('has nothing to tell of an empty batch', () => {
    for (const body of [
      [],
      { object: 'instagram', entry: [] },
      { object: 'page', entry: [{ id: '1', messaging: [] }] },
    ]) {
      expect(parse(body)).toEqual({ items: [], unreadable: [] });
    }
  });

  it('takes the time of the call where none is given', () => {
    const before = Date.now();
    const { items } = parseWebhook({
      object: 'page',
      entry: [{ id: '1', messaging: [{ sender: { id: '2' }, message: { mid: 'm' } }] }],
    });
    expect(items[0]!.occurredAt).toBeUndefined();
    expect(items[0]!.effect).toMatchObject({ kind: 'message' });
    expect((items[0]!.effect as { sentAt: number }).sentAt).toBeGreaterThanOrEqual(before);
  });
});

describe('what cannot be read', () => {
  it.each<[string, unknown, string]>([
    ['null', null, 'the webhook is not an object'],
    ['text', 'hello', 'the webhook is not an object'],
    ['an empty object', {}, 'missing entry'],
    ['an object without entry', { object: 'page' }, 'missing entry'],
    ['an entry that is an object', { object: 'page', entry: { id: '1' } }, 'entry is not an array'],
    ['an entry that is null', { object: 'page', entry: [null] }, 'the entry is not an object'],
    ['an entry that is a list', { object: 'page', entry: [[]] }, 'the entry is not an object'],
    ['an array in an array', [[{ object: 'page', entry: [] }]], 'the webhook is not an object'],
    [
      'an entry with nothing in it',
      { object: 'page', entry: [{ id: '1', time: 1 }] },
      'missing changes, messaging, standby, changed_fields or field',
    ],
    ['changes that are no list', { object: 'page', entry: [{ changes: {} }] }, 'changes is not an array'],
    ['messaging that is no list', { object: 'page', entry: [{ messaging: 'x' }] }, 'messaging is not an array'],
    ['a change that is text', { object: 'page', entry: [{ changes: ['x'] }] }, 'the changes element is not an object'],
    [
      'a messaging element that is null',
      { object: 'page', entry: [{ messaging: [null] }] },
      'the messaging element is not an object',
    ],
    [
      'a standby element that is a number',
      { object: 'instagram', entry: [{ standby: [4] }] },
      'the standby element is not an object',
    ],
    [
      'a changed field that is no name',
      { object: 'user', entry: [{ changed_fields: [{}] }] },
      'the changed field is not a name',
    ],
    ['messages that are no list', whatsApp({ messages: { id: 'x' } }), 'messages is not an array'],
    ['a message that is a number', whatsApp({ messages: [7] }), 'the messages element is not an object'],
  ])('%s is kept with its reason', (_, body, reason) => {
    expect(reasonOf(body)).toBe(reason);
  });

  it('does not touch its neighbours', () => {
    const good = { sender: { id: psid }, recipient: { id: pageId }, timestamp: at, message: { mid: 'm_1', text: 'a' } };
    const bad = { ...good, message: { text: 'no id' } };
    const { items, unreadable } = parse({
      object: 'page',
      entry: [{ id: pageId, messaging: [good, bad, null, good] }],
    });
    expect(items.map(({ path }) => path)).toEqual(['entry[0].messaging[0]', 'entry[0].messaging[3]']);
    expect(unreadable).toEqual([
      {
        path: 'entry[0].messaging[1]',
        reason: 'missing message.mid',
        raw: bad,
        platform: 'messenger',
        accountId: pageId,
      },
      {
        path: 'entry[0].messaging[2]',
        reason: 'the messaging element is not an object',
        raw: null,
        platform: 'messenger',
        accountId: pageId,
      },
    ]);
  });

  it('names its place', () => {
    expect(parse('x').unreadable[0]).toMatchObject({ path: '$', raw: 'x' });
    expect(parse(['x']).unreadable[0]).toMatchObject({ path: '[0]', raw: 'x' });
    expect(parse({ object: 'page', entry: 1 }).unreadable[0]).toMatchObject({ path: '$', platform: 'messenger' });
    expect(parse(whatsApp({ statuses: 1 })).unreadable[0]).toMatchObject({
      path: 'entry[0].changes[0].value.statuses',
      platform: 'whatsapp',
      accountId: numberId,
      raw: 1,
    });
  });
});
