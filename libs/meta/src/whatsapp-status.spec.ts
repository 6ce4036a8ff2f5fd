import { at, effectOf, now, only, reasonOf, seconds, whatsApp } from '../test/bodies';

const base = { id: 'wamid.S', status: 'delivered', timestamp: String(seconds), recipient_id: '5511' };
const body = (status: Record<string, unknown>) => whatsApp({ statuses: [{ ...base, ...status }] });

describe('a WhatsApp status', () => {
  it.each(['sent', 'delivered', 'read', 'played', 'failed'])('tells that a message was %s', (status) => {
    const item = only(body({ status }));
    expect(item).toMatchObject({
      path: 'entry[0].changes[0].value.statuses[0]',
      field: 'statuses',
      dedupKey: `status:wamid.S:${status}:5511`,
      occurredAt: at,
      sender: { id: '5511' },
      content: { messageId: 'wamid.S', status },
    });
    expect(item.effect).toEqual({ kind: 'status', messageId: 'wamid.S', status, at, customer: { waId: '5511' } });
  });

  it('brings the reason of a failure and the data that was sent along', () => {
    const errors = [
      {
        code: '131026',
        title: 'Undeliverable',
        message: 'No',
        error_data: { details: 'Not on WhatsApp' },
        error_subcode: 7,
      },
      'not an error',
    ];
    expect(effectOf(body({ status: 'failed', errors, biz_opaque_callback_data: 'ours-1' }), 'status')).toMatchObject({
      callbackData: 'ours-1',
      errors: [{ code: 131_026, subcode: 7, title: 'Undeliverable', message: 'No', details: 'Not on WhatsApp' }],
    });
    expect(effectOf(body({ status: 'failed', errors: {} }), 'status').errors).toBeUndefined();
  });

  it('knows a recipient whose number is hidden', () => {
    const contacts = [{ profile: { name: 'Cy', username: 'cy' }, user_id: 'BR.33' }];
    const statuses = [{ ...base, recipient_id: undefined, recipient_user_id: 'BR.33' }];
    const item = only(whatsApp({ contacts, statuses }));
    expect(item.effect).toMatchObject({ customer: { userId: 'BR.33', name: 'Cy', username: 'cy' } });
    expect(item.dedupKey).toBe('status:wamid.S:delivered:BR.33');
  });

  it('needs no recipient: the message id says enough', () => {
    const item = only(body({ recipient_id: undefined }));
    expect(item).toMatchObject({ dedupKey: 'status:wamid.S:delivered:', effect: { kind: 'status' } });
  });

  it.each([
    ['recipient_participant_id', { recipient_participant_id: '5522' }, { waId: '5522' }, '5522'],
    ['participant_recipient_id', { participant_recipient_id: '5522' }, { waId: '5522' }, '5522'],
    [
      'a user id',
      { recipient_participant_id: '5522', recipient_participant_user_id: 'BR.22' },
      { userId: 'BR.22', waId: '5522' },
      'BR.22',
    ],
  ])("in a group is each member's own, named by %s", (_, participant, customer, participantId) => {
    const item = only(body({ status: 'read', recipient_id: 'g.1@us', recipient_type: 'group', ...participant }));
    expect(item.dedupKey).toBe(`status:wamid.S:read:g.1@us:${participantId}`);
    expect(item.effect).toMatchObject({ groupId: 'g.1@us', participantId, customer });
  });

  it.each([
    ['deleted', 'deletion'],
    ['warning', 'notice'],
    ['DELIVERED', 'notice'],
  ])('of the word %s is no delivery state', (status, kind) => {
    const item = only(body({ status }));
    expect(item).toMatchObject({
      field: 'statuses',
      content: { messageId: 'wamid.S', status },
      effect: { kind },
    });
    expect(item.dedupKey).not.toBe(only(body({ status, timestamp: String(seconds + 1) })).dedupKey);
  });

  it('of a call is no status of a message', () => {
    const statuses = [
      { id: 'wacid.1', type: 'call', status: 'RINGING', timestamp: String(seconds), recipient_id: '5511' },
    ];
    expect(only(whatsApp({ statuses }, 'calls'))).toMatchObject({
      field: 'calls',
      effect: { kind: 'call', callId: 'wacid.1', event: 'ringing' },
    });
    expect(only(body({ type: 'call', status: 'read' }))).toMatchObject({ field: 'calls', effect: { kind: 'call' } });
  });

  it.each<[Record<string, unknown>, string]>([
    [{ id: undefined }, 'missing id'],
    [{ id: {} }, 'missing id'],
    [{ status: undefined }, 'missing status'],
    [{ status: 7 }, 'missing status'],
  ])('with %j cannot be read: %s', (status, reason) => {
    expect(reasonOf(body(status))).toBe(reason);
  });

  it('without a time takes that of its entry, else of its arrival', () => {
    const statuses = [{ ...base, timestamp: '0' }];
    expect(effectOf(whatsApp({ statuses }, 'messages', { time: seconds }), 'status').at).toBe(at);
    expect(effectOf(whatsApp({ statuses }), 'status').at).toBe(now);
  });
});
