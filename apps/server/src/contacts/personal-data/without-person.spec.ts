import fc from 'fast-check';
import { withoutPerson } from './without-person';

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
