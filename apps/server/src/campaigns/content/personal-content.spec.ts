import { type Person, personal, sampleOf, unknownPlaces } from './personal-content';

const ana: Person = {
  contact: {
    ...{ id: '1', name: ' Ana  Díaz', username: null, phone: '34600000001', email: null },
    attributes: {
      plan: 'gold',
      sizes: ['S', 'M'],
      visits: 3,
      'voucher no.': 'A-17',
      note: 'two\nlines {{contact.phone}}',
    },
  },
};
const template = (...texts: string[]) => ({
  type: 'template',
  components: [{ type: 'body', parameters: texts.map((text) => ({ type: 'text', text })) }],
});

describe('content made personal', () => {
  it('takes what is known of the contact and their attributes', () => {
    const content = template(
      '{{contact.first_name}}',
      '{{ contact.attributes.plan }}',
      '{{contact.attributes.voucher no.}}: {{contact.attributes.visits}}',
    );
    expect(personal(content, ana)).toEqual({ content: template('Ana', 'gold', 'A-17: 3'), missing: [] });
    expect(personal('{{contact.name}}, {{contact.attributes.sizes}}', ana).content).toBe('Ana Díaz, S, M');
  });

  it('says what is to be said instead of a value that is not known, or names what is missing', () => {
    expect(personal('Hi {{contact.username|there}}!', ana)).toEqual({ content: 'Hi there!', missing: [] });
    expect(
      personal('{{contact.email}} {{contact.attributes.code}} {{contact.attributes.constructor}}', ana).missing,
    ).toEqual(['contact.email', 'contact.attributes.code', 'contact.attributes.constructor']);
  });

  it('puts a value in on one line and reads no variable in it', () => {
    expect(personal('{{contact.attributes.note}}', ana).content).toBe('two lines {{contact.phone}}');
  });

  it('leaves alone what is no text of its own', () => {
    const content = { type: 'text', text: 'Price: {5}', previewUrl: true, n: 1, nothing: null };
    expect(personal(content, ana)).toEqual({ content, missing: [] });
  });

  it('tells names that are none, and what it looks like to be checked', () => {
    const content = template('{{contact.attributes.plan|basic}}', '{{contact.nmae}} {{1}} {{contact.attributes.}}');
    expect(unknownPlaces(content)).toEqual(['contact.nmae', '1', 'contact.attributes.']);
    expect(sampleOf('{{contact.attributes.plan|basic}} {{contact.name}}')).toBe('basic contact.name');
  });
});
