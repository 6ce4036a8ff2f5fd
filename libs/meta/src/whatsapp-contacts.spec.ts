import { effectOf, fromAna, only, parse, reasonOf, whatsApp } from '../test/bodies';
import type { CustomerRef } from './items';

const bo = { profile: { name: 'Bo' }, wa_id: '5522', user_id: 'BR.22' };
const cy = { profile: { name: 'Cy', username: '@cy' }, user_id: 'BR.33' };
const dee = { profile: { name: 'Dee' }, wa_id: '5544' };
const text = { id: 'wamid.1', type: 'text', text: { body: 'x' } };

describe('the customer of a WhatsApp item', () => {
  it.each<[string, unknown[], Record<string, unknown>, CustomerRef]>([
    ['by phone', [cy, bo], { from: '5522' }, { userId: 'BR.22', waId: '5522', name: 'Bo' }],
    ['by user id', [bo, cy], { from_user_id: 'BR.33' }, { userId: 'BR.33', name: 'Cy', username: '@cy' }],
    [
      'by user id before phone',
      [
        { ...bo, user_id: 'BR.99' },
        { ...bo, wa_id: '5599' },
      ],
      { from: '5522', from_user_id: 'BR.22' },
      { userId: 'BR.22', waId: '5522', name: 'Bo' },
    ],
    [
      'not by another user id of the same phone',
      [cy, { ...bo, user_id: 'BR.99' }],
      { from: '5522', from_user_id: 'BR.22' },
      { userId: 'BR.22', waId: '5522' },
    ],
    ['not by position', [cy, bo], { from: '5566' }, { waId: '5566' }],
    ['as the only contact, where the message names nobody', [cy], {}, { userId: 'BR.33', name: 'Cy', username: '@cy' }],
    [
      'as the only contact, which adds the user id',
      [{ ...bo, wa_id: undefined }],
      { from: '5522' },
      { userId: 'BR.22', waId: '5522', name: 'Bo' },
    ],
    [
      'as the only contact, which adds the phone',
      [dee],
      { from_user_id: 'BR.44' },
      { userId: 'BR.44', waId: '5544', name: 'Dee' },
    ],
    ['not as the only contact, if that is somebody else', [dee], { from: '5566' }, { waId: '5566' }],
    ['without contacts', [], { from: 5577, from_user_id: 'BR.77' }, { userId: 'BR.77', waId: '5577' }],
    ['with contacts that are none', [null, 'x', { profile: 'y' }], { from: '5577' }, { waId: '5577' }],
  ])('is found %s', (_, contacts, from, customer) => {
    expect(effectOf(whatsApp({ contacts, messages: [{ ...text, ...from }] }), 'message').customer).toEqual(customer);
  });

  it('is unknown where the message names nobody and the contacts are several', () => {
    expect(reasonOf(whatsApp({ contacts: [cy, bo], messages: [text] }))).toBe('missing from and from_user_id');
  });

  it('stays with its own message when a value brings several', () => {
    const messages = ['5544', '5522', '5566'].map((from, index) => ({ ...text, id: `wamid.${index}`, from }));
    const { items } = parse(whatsApp({ contacts: [bo, dee], messages }));
    expect(items.map(({ effect }) => effect.kind === 'message' && effect.customer.name)).toEqual([
      'Dee',
      'Bo',
      undefined,
    ]);
    expect(items.map(({ raw }) => (raw as { contacts?: unknown[] }).contacts)).toEqual([[dee], [bo], undefined]);
  });
});

describe('the raw form of a WhatsApp element', () => {
  it('is the value reduced to it', () => {
    const { raw } = only(fromAna({ type: 'text', text: { body: 'x' } }));
    expect(raw).toEqual({
      messaging_product: 'whatsapp',
      metadata: { display_phone_number: '15550783881', phone_number_id: '106540352242922' },
      contacts: [{ profile: { name: 'Ana', username: 'ana.b' }, wa_id: '5511999', user_id: 'BR.77' }],
      messages: [expect.objectContaining({ id: 'wamid.A1', text: { body: 'x' } })],
    });
  });

  it('can be read again with the same result', () => {
    const first = only(fromAna({ type: 'text', text: { body: 'x' } }));
    const value = first.raw;
    const body = {
      object: 'whatsapp_business_account',
      entry: [{ id: '102290129340398', changes: [{ field: 'messages', value }] }],
    };
    expect(only(body)).toEqual(first);
  });
});
