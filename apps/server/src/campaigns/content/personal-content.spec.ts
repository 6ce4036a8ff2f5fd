import { columnsIn, type Person, personal, sampleOf, unknownPlaces } from './personal-content';

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

  it('takes what stands in the row of a file, and only where there is such a column', () => {
    const of = { ...ana, row: { 'Voucher code': 'A-17', Note: '{{contact.phone}}' } };
    expect(personal('{{row.Voucher code}} {{ row.Note }}', of).content).toBe('A-17 {{contact.phone}}');
    expect(personal('{{row.Plan|basic}} {{row.constructor}}', of)).toEqual({
      content: 'basic ',
      missing: ['row.constructor'],
    });
    expect(personal('{{row.Plan}}', ana).missing).toEqual(['row.Plan']);
    const content = template('{{row.Plan}}', '{{row.Plan|x}} {{row.Note}} {{contact.name}}');
    expect(unknownPlaces(content, ['Plan'])).toEqual(['row.Note']);
    expect(columnsIn(content)).toEqual(['Plan', 'Note']);
  });

  it('is read in one go, whatever stands in it', () => {
    const since = performance.now();
    for (const text of [`{{${' '.repeat(50_000)}`, '{{ '.repeat(20_000), `{{a${' '.repeat(50_000)}|`]) {
      expect(unknownPlaces(text)).toEqual([]);
      expect(sampleOf(text)).toBe(text);
    }
    expect(performance.now() - since).toBeLessThan(2000);
  });
});
