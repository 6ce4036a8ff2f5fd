import { at, change, numberId, only, parse, seconds, wabaId, whatsApp } from '../test/bodies';

const account = (field: string, value: unknown) => ({
  object: 'whatsapp_business_account',
  entry: [{ id: wabaId, time: seconds, changes: [{ field, value }] }],
});

describe('a field of a WhatsApp account', () => {
  it.each<[string, Record<string, unknown>, unknown, string]>([
    [
      'message_template_status_update',
      { event: 'APPROVED', message_template_id: 7, reason: null },
      { event: 'APPROVED', message_template_id: 7 },
      'template',
    ],
    ['message_template_quality_update', { new_quality_score: 'GREEN' }, { new_quality_score: 'GREEN' }, 'template'],
    ['template_category_update', { new_category: 'MARKETING' }, { new_category: 'MARKETING' }, 'template'],
    ['account_alerts', { entity_type: 'WABA', alert_info: {} }, { entity_type: 'WABA' }, 'account'],
    ['phone_number_quality_update', { event: 'FLAGGED' }, { event: 'FLAGGED' }, 'phone_number'],
    [
      'business_capability_update',
      { max_phone_numbers_per_business: 2 },
      { max_phone_numbers_per_business: 2 },
      'account',
    ],
    ['security', { event: 'PIN_CHANGED' }, { event: 'PIN_CHANGED' }, 'account'],
    ['something_new', { list: [1] }, undefined, 'notice'],
  ])('%s is told whole', (field, value, content, kind) => {
    const item = only(account(field, value));
    expect(item).toEqual({
      path: 'entry[0].changes[0]',
      platform: 'whatsapp',
      businessAccountId: wabaId,
      field,
      dedupKey: expect.stringMatching(/^sha256:/),
      occurredAt: at,
      content,
      effect: expect.objectContaining({ kind }),
      raw: { field, value },
    });
  });

  it('belongs to the account it tells of, where the entry is the portfolio of a partner', () => {
    const value = { event: 'PARTNER_ADDED', waba_info: { waba_id: '777', owner_business_id: '1' } };
    expect(only(account('account_update', value)).businessAccountId).toBe('777');
    expect(only(account('account_update', { event: 'ACCOUNT_DELETED' })).businessAccountId).toBe(wabaId);
  });

  it('is another fact on another day, of another account and with other words', () => {
    const said = { event: 'ACCOUNT_VIOLATION' };
    const body = account('account_update', said);
    const keys = [
      body,
      { ...body, entry: [{ ...body.entry[0]!, time: seconds + 86_400 }] },
      { ...body, entry: [{ ...body.entry[0]!, id: '1' }] },
      account('account_update', { event: 'ACCOUNT_DELETED' }),
      account('account_review_update', said),
    ].map((each) => only(each).dedupKey);
    expect(new Set(keys).size).toBe(keys.length);
    expect(only(account('account_update', said)).dedupKey).toBe(keys[0]);
  });

  it.each([undefined, null, 'text', []])('with the value %j is told all the same', (value) => {
    expect(only(account('flows', value)).effect.kind).toBe('notice');
    expect(only(account('messages', value)).effect.kind).toBe('notice');
  });

  it('that hands a conversation over names number and sender', () => {
    const value = {
      type: 'control_passed',
      timestamp: seconds - 60,
      sender: { phone_number: '5511' },
      recipient: { phone_number_id: numberId },
    };
    expect(only(account('messaging_handovers', value))).toMatchObject({
      field: 'message_handovers',
      accountId: numberId,
      occurredAt: at - 60_000,
      sender: { id: '5511' },
    });
  });
});

describe('the lists of a WhatsApp value', () => {
  it.each<[string, string, Record<string, unknown>, Record<string, unknown>]>([
    [
      'user_preferences',
      'user_preferences',
      { wa_id: '5511', value: 'stop', timestamp: seconds },
      { sender: { id: '5511' }, content: { value: 'stop' }, effect: { kind: 'preference' } },
    ],
    [
      'user_id_update',
      'user_id_update',
      { wa_id: '5511', user_id: { previous: 'A', current: 'B' }, timestamp: seconds },
      { sender: { id: '5511' }, effect: { kind: 'identity_change' } },
    ],
    [
      'calls',
      'calls',
      { id: 'wacid.1', from: '5511', event: 'connect', direction: 'USER_INITIATED', timestamp: `${seconds}` },
      { sender: { id: '5511' }, effect: { kind: 'call' } },
    ],
    [
      'calls',
      'calls',
      { id: 'wacid.1', from: '1555', to: '5511', direction: 'BUSINESS_INITIATED', timestamp: `${seconds}` },
      { sender: { id: '5511' }, effect: { kind: 'call' } },
    ],
    [
      'group_lifecycle_update',
      'groups',
      { group_id: 'g1', type: 'group_create', timestamp: seconds },
      { content: { group_id: 'g1' }, effect: { kind: 'group' } },
    ],
    [
      'smb_app_state_sync',
      'state_sync',
      { type: 'contact', action: 'add', metadata: { timestamp: seconds } },
      { content: { action: 'add' }, effect: { kind: 'address_book' } },
    ],
    ['history', 'history', { metadata: { phase: 0 }, threads: [] }, { occurredAt: at, effect: { kind: 'history' } }],
  ])('%s: each element of %s is an item', (field, list, element, told) => {
    const { items } = parse(whatsApp({ [list]: [element, { ...element, second: true }] }, field, { time: seconds }));
    expect(items).toHaveLength(2);
    expect(items[0]).toMatchObject({
      path: `entry[0].changes[0].value.${list}[0]`,
      accountId: numberId,
      occurredAt: at,
      ...told,
    });
    expect(items[0]!.field).toBe(field);
    expect(items[0]!.dedupKey).not.toBe(items[1]!.dedupKey);
  });

  it('an element that brings its own time is the same fact in an entry sent later', () => {
    const list = { user_preferences: [{ wa_id: '5511', value: 'stop', timestamp: seconds }] };
    const key = (time: number) => only(whatsApp(list, 'user_preferences', { time })).dedupKey;
    expect(key(seconds)).toBe(key(seconds + 60));
  });

  it('a change of number in a history is no change of who is known now', () => {
    const system = { type: 'user_changed_number', body: 'Ana changed', wa_id: '5511888' };
    const messages = [{ from: '5511999', id: 'wamid.6', timestamp: `${seconds}`, type: 'system', system }];
    const { items } = parse(whatsApp({ history: [{ threads: [{ id: '5511999', messages }] }] }, 'history'));
    expect(items.map(({ field, effect }) => [field, effect.kind])).toEqual([
      ['history', 'history'],
      ['history', 'notice'],
    ]);
  });

  it.each([
    ['standby', ['standby', 'standby', 'standby', 'standby']],
    ['something_new', ['notice', 'notice', 'notice', 'notice']],
  ])('messages and statuses under %s are told and change nothing', (field, kinds) => {
    const lists = {
      messages: [
        { from: '5511', id: 'wamid.1', type: 'text', text: { body: 'hi' }, timestamp: `${seconds}` },
        { type: 'text' },
      ],
      message_echoes: [{ from: '1555', to: '5511', id: 'wamid.2', type: 'text', text: { body: 'yo' } }],
      statuses: [{ id: 'wamid.2', status: 'read', recipient_id: '5511' }],
    };
    const { items, unreadable } = parse(whatsApp(field === 'standby' ? { standby: lists } : lists, field));
    expect(unreadable).toEqual([]);
    expect(items.map(({ effect }) => effect.kind)).toEqual(kinds);
    expect(items.every((item) => item.field === field)).toBe(true);
    expect(items[0]).toMatchObject({
      dedupKey: `${field}:message:wamid.1`,
      content: { text: 'hi' },
      sender: { id: '5511' },
    });
    const holder = field === 'standby' ? 'value.standby' : 'value';
    expect(items[3]!.path).toBe(`entry[0].changes[0].${holder}.statuses[0]`);
  });

  it('errors beside a message are told for themselves', () => {
    const body = (id: string) =>
      whatsApp({
        messages: [{ from: '5511', id, type: 'interactive' }],
        errors: [{ code: 131_000, title: 'Went wrong' }],
      });
    const { items } = parse(body('wamid.1'));
    expect(items.map(({ field, effect }) => [field, effect.kind])).toEqual([
      ['messages', 'message'],
      ['messages', 'error'],
    ]);
    expect(items[1]).toMatchObject({ content: { code: 131_000, title: 'Went wrong' }, sender: undefined });
    expect(parse(body('wamid.2')).items[1]!.dedupKey).not.toBe(items[1]!.dedupKey);
  });

  it('whatever is new beside them is told too', () => {
    const message = { from: '5511', id: 'wamid.1', type: 'text', text: { body: 'hi' } };
    const { items, unreadable } = parse(
      whatsApp({ messages: [message], polls: [{ id: 1 }], note: 'plain', 'standby.messages[0]': {} }),
    );
    expect(unreadable).toEqual([]);
    expect(items.map(({ path, effect }) => [path, effect.kind])).toEqual([
      ['entry[0].changes[0].value.messages[0]', 'message'],
      ['entry[0].changes[0].value["polls"]', 'notice'],
      ['entry[0].changes[0].value["standby.messages[0]"]', 'notice'],
    ]);
    expect(items[1]!.raw).toMatchObject({ polls: [{ id: 1 }] });
  });

  it('act without the name of their field, and lists that are null are none', () => {
    const messages = [{ from: '5511', id: 'wamid.1', type: 'text', text: { body: 'hi' } }];
    const body = {
      object: 'whatsapp_business_account',
      entry: [{ changes: [{ value: { messages, statuses: null } }] }],
    };
    expect(only(body)).toMatchObject({ field: 'messages', effect: { kind: 'message' } });
  });

  it('are no lists elsewhere', () => {
    expect(only(account('account_update', { errors: 'many', groups: {} })).path).toBe('entry[0].changes[0]');
    expect(only(change('page', 'feed', { messages: [{ id: 1 }] })).path).toBe('entry[0].changes[0]');
  });
});
