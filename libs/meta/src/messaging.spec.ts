import { at, effectOf, instagram, now, only, page, pageId, parse, psid, reasonOf } from '../test/bodies';

const customer = { userId: psid };
const echoed = { sender: { id: pageId }, recipient: { id: psid } };

describe.each([
  ['Messenger', page],
  ['Instagram', instagram],
] as const)('%s', (_, body) => {
  it('reads reactions and their removal', () => {
    const reaction = { mid: 'm_1', action: 'react', reaction: 'love', emoji: '❤️' };
    const item = only(body({ reaction }));
    expect(item).toMatchObject({ field: 'message_reactions', dedupKey: `reaction:m_1:${psid}:react:❤️:${at}` });
    expect(item.effect).toEqual({
      kind: 'reaction',
      messageId: 'm_1',
      customer,
      by: 'customer',
      emoji: '❤️',
      name: 'love',
      at,
    });
    for (const removal of [{ mid: 'm_1', action: 'unreact' }, { ...reaction, action: 'unreact' }, { mid: 'm_1' }]) {
      expect(effectOf(body({ reaction: removal }), 'reaction')).toEqual({
        kind: 'reaction',
        messageId: 'm_1',
        customer,
        by: 'customer',
        at,
      });
    }
    expect(effectOf(body({ reaction: { mid: 'm_1', reaction: 'smile' } }), 'reaction').emoji).toBe('😆');
    expect(effectOf(body({ reaction: { mid: 'm_1', reaction: 'other' } }), 'reaction').emoji).toBe('other');
    expect(effectOf(body({ ...echoed, reaction }), 'reaction')).toMatchObject({ by: 'business', customer });
    expect(only(body({ reaction: { mid: 'm_1', action: 'boost', emoji: '🚀' } })).effect.kind).toBe('notice');
  });

  it.each<[string, string, Record<string, unknown>, string]>([
    ['message_edits', 'message_edit', { mid: 'm_1', text: 'new', num_edit: 2 }, 'edit'],
    ['message_referrals', 'referral', { ref: 'r', source: 'SHORTLINK' }, 'referral'],
    ['message_optins', 'optin', { ref: 'PASS' }, 'optin'],
    ['message_account_linking', 'account_linking', { status: 'linked' }, 'account_link'],
    ['message_handovers', 'pass_thread_control', { new_owner_app_id: '1' }, 'handover'],
    ['message_handovers', 'take_thread_control', { previous_owner_app_id: '1' }, 'handover'],
    ['message_handovers', 'request_thread_control', { requested_owner_app_id: '1' }, 'handover'],
    ['message_handovers', 'app_roles', { 1: ['primary_receiver'] }, 'handover'],
    ['message_policy_enforcement', 'policy_enforcement', { action: 'block' }, 'account'],
    ['message_policy_enforcement', 'policy-enforcement', { action: 'block' }, 'account'],
    ['hologram', 'hologram', { id: 1 }, 'notice'],
  ])('tells %s of %s', (field, member, told, kind) => {
    const item = only(body({ [member]: told }));
    expect(item).toMatchObject({
      field,
      accountId: pageId,
      occurredAt: at,
      sender: { id: psid },
      effect: { kind },
    });
    expect(item.raw).toMatchObject({ [member]: told });
    expect(item.dedupKey).not.toBe(only(body({ [member]: { ...told, num_edit: 3 } })).dedupKey);
  });

  it('tells an edit by message and number, and a referral in words', () => {
    const edit = only(body({ message_edit: { mid: 'm_1', text: 'new', num_edit: 2 } }));
    expect(edit).toMatchObject({ dedupKey: 'edit:m_1:2', content: { messageId: 'm_1', text: 'new', edits: 2 } });
    expect(only(body({ message_edit: { mid: 'm_1' } })).dedupKey).toMatch(/^sha256:/);
    expect(effectOf(body({ message_edit: { mid: 'm_1', num_edit: 1e20 } }), 'edit').revision).toBe(2_147_483_647);
    expect(only(body({ referral: { ref: 'r', ads_context_data: {} } })).content).toEqual({ ref: 'r' });
    expect(only(body({}))).toMatchObject({ field: 'messaging', effect: { kind: 'notice' } });
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['message:m_1', { message: { mid: 'm_1', text: 'hi' } }, 'message'],
    ['echo:m_1', { ...echoed, message: { mid: 'm_1', is_echo: true } }, 'message'],
    [`delivery:${psid}:${pageId}:${at}`, { delivery: { watermark: at } }, 'watermark'],
  ])('in standby, %s is told with what it says', (key, element, kind) => {
    expect(only(body(element, 'standby'))).toMatchObject({
      field: 'standby',
      dedupKey: `standby:${key}`,
      effect: { kind: 'standby', told: { kind } },
    });
  });

  it('tells in standby even what lacks its id', () => {
    expect(only(body({ postback: { title: 'A' }, sender: {} }, 'standby'))).toMatchObject({
      field: 'standby',
      effect: { kind: 'standby', told: undefined },
    });
  });

  it.each<[string, Record<string, unknown>]>([
    ['missing message.mid', { message: { text: 'hi' } }],
    ['missing sender.id', { message: { mid: 'm' }, sender: undefined }],
    ['missing sender.id', { postback: { mid: 'm' }, sender: {} }],
    ['missing sender.id', { delivery: { watermark: at }, sender: null }],
    ['missing sender.id', { read: { watermark: at, mid: 'm' }, sender: 'x' }],
    ['missing sender.id', { reaction: { mid: 'm', emoji: 'x' }, sender: [] }],
    ['missing recipient.id', { message: { mid: 'm', is_echo: true }, recipient: undefined }],
    ['missing reaction.mid', { reaction: { emoji: 'x' } }],
    ['missing reaction.emoji', { reaction: { mid: 'm', action: 'react' } }],
    ['missing delivery.watermark', { delivery: { mids: ['m'], watermark: 12 } }],
    ['message is not an object', { message: 'hi' }],
    ['postback is not an object', { postback: [] }],
    ['read is not an object', { read: 7 }],
  ])('cannot read, for "%s", %j', (reason, element) => {
    expect(reasonOf(body(element))).toBe(reason);
  });

  it('cannot tell one postback from the next without id and time', () => {
    const entry = [{ id: pageId, messaging: [{ sender: { id: psid }, postback: { payload: 'A' } }] }];
    expect(reasonOf({ ...body({}), entry })).toBe('missing postback.mid, and timestamp to stand in for it');
  });

  it('takes a missing time from the entry, then from the arrival', () => {
    expect(effectOf(body({ timestamp: undefined, message: { mid: 'm' } }), 'message').sentAt).toBe(at + 500);
    const entry = [{ id: pageId, messaging: [{ sender: { id: psid }, message: { mid: 'm' } }] }];
    expect(effectOf({ ...body({}), entry }, 'message').sentAt).toBe(now);
  });

  it('takes a missing account from the other party, and ids that are numbers', () => {
    const message = { mid: 'm', text: 'x' };
    const parties = { sender: { id: 12 }, recipient: { id: 34 }, message };
    const item = only({ ...body({}), entry: [{ time: at, messaging: [parties] }] });
    expect(item).toMatchObject({ accountId: '34', effect: { customer: { userId: '12' } } });
    expect(parse(body({ ...parties, sender: { id: 17_841_452_691_600_098 } })).unreadable[0]!.reason).toBe(
      'missing sender.id',
    );
  });
});

describe('receipts', () => {
  it('of Messenger reach up to a time', () => {
    const delivered = only(page({ delivery: { mids: ['m_1', 2, null], watermark: at - 5 } }));
    expect(delivered).toMatchObject({ field: 'message_deliveries', dedupKey: `delivery:${psid}:${pageId}:${at - 5}` });
    expect(delivered.effect).toEqual({
      kind: 'watermark',
      status: 'delivered',
      customer,
      watermark: at - 5,
      messageIds: ['m_1', '2'],
    });
    const read = only(page({ read: { watermark: String(at - 4) } }));
    expect(read).toMatchObject({ field: 'message_reads', dedupKey: `read:${psid}:${pageId}:${at - 4}` });
    expect(read.effect).toEqual({ kind: 'watermark', status: 'read', customer, watermark: at - 4 });
    expect(reasonOf(page({ read: { mid: 'm_1' } }))).toBe('missing read.watermark');
  });

  it('of Instagram name the message', () => {
    const item = only(instagram({ read: { mid: 'm_1' } }));
    expect(item).toMatchObject({ field: 'message_seen', dedupKey: 'seen:m_1' });
    expect(item.effect).toEqual({ kind: 'seen', customer, messageId: 'm_1', at });
    expect(only(instagram({ read: { watermark: at } }))).toMatchObject({
      field: 'message_seen',
      effect: { kind: 'watermark' },
    });
    expect(reasonOf(instagram({ read: {} }))).toBe('missing read.mid');
  });

  it('of the business itself change nothing', () => {
    expect(only(instagram({ ...echoed, read: { mid: 'm_1' } })).effect.kind).toBe('notice');
    expect(only(page({ ...echoed, read: { watermark: at } })).effect.kind).toBe('notice');
  });
});
