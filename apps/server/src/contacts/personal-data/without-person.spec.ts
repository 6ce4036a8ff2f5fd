import fc from 'fast-check';
import { type ItemPart, withoutItems, withoutPerson } from './without-person';

const without = (body: unknown, ...ids: string[]) =>
  JSON.parse(withoutPerson(Buffer.from(JSON.stringify(body)), new Set(ids)).toString());

describe('a webhook body without a person', () => {
  it('of WhatsApp keeps the others and their places', () => {
    const value = (messages: object[], contacts: object[]) => ({
      entry: [
        {
          id: 'waba',
          changes: [{ field: 'messages', value: { metadata: { phone_number_id: '1' }, contacts, messages } }],
        },
      ],
    });
    const [ana, ben] = [
      { from: '34600', id: 'a', text: { body: 'secret' } },
      { from: '49151', id: 'b' },
    ];
    const [cAna, cBen] = [
      { wa_id: '34600', profile: { name: 'Ana' } },
      { wa_id: '49151', profile: { name: 'Ben' } },
    ];
    expect(without(value([ana, ben], [cAna, cBen]), '34600')).toEqual(value([{}, ben], [{}, cBen]));
  });

  it('of Messenger empties the event', () => {
    const body = {
      object: 'page',
      entry: [{ id: 'p', messaging: [{ sender: { id: '7' }, message: { text: 'x' } }, { sender: { id: '8' } }] }],
    };
    expect(without(body, '7').entry[0].messaging).toEqual([{}, { sender: { id: '8' } }]);
  });

  it('that names them outside of lists is emptied whole', () => {
    expect(without({ value: { from: { id: '7' } } }, '7')).toEqual({});
  });

  it('that does not name them is the same bytes', () => {
    const body = Buffer.from('{ "entry": [ {"id":"77"} ] }');
    expect(withoutPerson(body, new Set(['7']))).toBe(body);
  });

  it('that is no JSON goes if it names them', () => {
    expect(withoutPerson(Buffer.from('{"from":"34600"'), new Set(['34600']))).toHaveLength(0);
    expect(withoutPerson(Buffer.from('{"from":"1"'), new Set(['34600']))).not.toHaveLength(0);
  });

  it('never names them any more, whatever it was', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom('a', 'b'), (noise, place) => {
        const body = { entry: [noise, { [place]: [noise, { from: 'ES.77', deep: { text: [noise] } }] }] };
        const left = withoutPerson(Buffer.from(JSON.stringify(body)), new Set(['ES.77'])).toString();
        expect(left).not.toContain('ES.77');
      }),
    );
  });
});

describe('a webhook body without items', () => {
  const part = (path: string, more: Partial<ItemPart> = {}): ItemPart => ({
    ...{ path, ids: ['34600'], usernames: [], shared: false },
    ...more,
  });
  const left = (body: unknown, ...parts: ItemPart[]) =>
    JSON.parse(withoutItems(Buffer.from(JSON.stringify(body)), parts).toString());
  const change = (number: string, ...statuses: object[]) => ({
    field: 'messages',
    value: { metadata: { phone_number_id: number }, contacts: [{ wa_id: '34600' }, { wa_id: '49151' }], statuses },
  });
  const [ana, ben] = [
    { id: 'a', recipient_id: '34600' },
    { id: 'b', recipient_id: '49151' },
  ];

  it('keeps what other accounts, and so other tenants, were told of the same person', () => {
    const body = (first: object) => ({ entry: [{ id: 'waba', changes: [first, change('2', ana)] }] });
    const emptied = change('1', {}, ben);
    emptied.value.contacts[0] = {} as never;
    expect(left(body(change('1', ana, ben)), part('entry[0].changes[0].value.statuses[0]'))).toEqual(body(emptied));
  });

  it('lacks an item that names nobody', () => {
    const body = (...statuses: object[]) => ({ entry: [{ changes: [{ value: { statuses } }] }] });
    expect(left(body({ id: 'x' }, ben), part('entry[0].changes[0].value.statuses[0]', { ids: [] }))).toEqual(
      body({}, ben),
    );
  });

  it('keeps the others of a group', () => {
    const body = (...members: object[]) => ({ entry: [{ changes: [{ value: { groups: [{ id: 'g', members }] } }] }] });
    const shared = part('entry[0].changes[0].value.groups[0]', { shared: true });
    expect(left(body({ wa_id: '34600' }, { wa_id: '49151' }), shared)).toEqual(body({}, { wa_id: '49151' }));
  });

  it('lacks who is known by username only, and keeps the same word elsewhere', () => {
    const comment = (username: string, text: string) => ({ field: 'comments', value: { from: { username }, text } });
    const body = { object: 'instagram', entry: [{ changes: [comment('comments', 'x'), comment('ben', 'comments')] }] };
    const named = (path: string) => part(path, { ids: [], usernames: ['comments'], shared: true });
    const [, ofBen] = body.entry[0]!.changes;
    expect(left(body, named('entry[0].changes[0]'), named('entry[0].changes[1]')).entry[0].changes).toEqual([
      {},
      ofBen,
    ]);
  });

  it('is the same bytes where nothing of it is left to go', () => {
    const body = Buffer.from('{ "entry": [ {"changes":[{}]} ] }');
    expect(withoutItems(body, [part('entry[0].changes[0].value.statuses[0]')])).toBe(body);
    expect(withoutItems(Buffer.from('no JSON'), [part('entry[0]')]).toString()).toBe('no JSON');
  });

  it('is made of an entry in the flat form, and of envelopes in a list', () => {
    const flat = { id: 'ig', field: 'comments', value: { from: { id: '34600' }, text: 'x' } };
    expect(left({ entry: [flat, { id: 'other' }] }, part('entry[0].value'))).toEqual({ entry: [{}, { id: 'other' }] });
    expect(left([{ entry: [flat] }], part('[0].entry[0].value'))).toEqual([{ entry: [{}] }]);
  });
});
