import type { Effect } from '../machine';
import { onlyPlace, readTemplate } from './read';
import { renderBody, renderContent, renderHeader, renderText, renderUrl } from './render';
import { secretsIn, shownRequest, withSecrets } from './secrets';

const scope = {
  contact: {
    first_name: 'Ana',
    email: null,
    attributes: { sizes: ['S', 'M'], note: 'two\nlines  {{ contact.email }}', n: 3 },
  },
  vars: { total: 12.5, order: { id: 7 }, empty: ' ', yes: true },
  answer: 'a&b=c/../d',
};

it.each<[string, string]>([
  ['no place', 'no place'],
  ['Hi {{ contact.first_name }}!', 'Hi Ana!'],
  ['{{contact.email|nobody}}', 'nobody'],
  ['a{{ contact.email | }}b', 'ab'],
  ['{{ vars.empty | nothing }}', 'nothing'],
  ['{{ contact.attributes.n + 1 }} {{ vars.total }} {{ vars.yes }}', '4 12.5 true'],
  ['{{ contact.attributes.nothing + 1 | 1 }}', '1'],
  ['{{ contact.attributes.sizes }}', 'S, M'],
  ['{{ vars.order }}', '{"id":7}'],
  ['{{ contact.attributes.note }}', 'two lines {{ contact.email }}'],
  ["{{ contact.email == null || false ? 'a | }} b' : 'c' }}", 'a | }} b'],
  ['{{ {"a": {"b": 1}}.a.b }}', '1'],
  ['{{ contact.first_name | {x} }}', 'Ana'],
  ['open {{ contact.first_name', 'open {{ contact.first_name'],
])('%s', (text, made) => {
  expect(renderText(text, scope)).toBe(made);
});

it.each(['{{ contact.email }}', '{{ vars.empty }}', '{{ vars.nothing.at.all }}'])(
  'names what has no value: %s',
  (text) => {
    expect(() => renderText(text, scope)).toThrow(`"${text.slice(3, -3)}" has no value, and nothing is said instead`);
  },
);

it('says which expression could not be worked out', () => {
  expect(() => renderText('a {{ contact.first_name * 2 }}', scope)).toThrow(
    '"contact.first_name * 2": a text and a number cannot be multiplied',
  );
});

it('renders content as deep as it goes and leaves alone what is no text', () => {
  const content = (name: string) => ({
    type: 'list',
    sections: [{ rows: [{ id: 1, title: name, ok: true, no: null }] }],
  });
  expect(renderContent(content('{{ contact.first_name }}'), scope)).toEqual(content('Ana'));
});

it('keeps the type of a value that is all of a text in a body, and null where there is none', () => {
  const body = {
    n: '{{ vars.total }}',
    o: ' {{ vars.order }} ',
    none: '{{ contact.email }}',
    said: '{{ contact.email | - }}',
    mixed: 'n={{ vars.total }}',
  };
  expect(renderBody(body, scope)).toEqual({ n: 12.5, o: { id: 7 }, none: null, said: '-', mixed: 'n=12.5' });
});

it('lets no value be more of an address, or of a header, than its place', () => {
  expect(renderUrl('https://a.example/{{ answer }}?q={{ contact.first_name }}', scope)).toBe(
    'https://a.example/a%26b%3Dc%2F..%2Fd?q=Ana',
  );
  expect(renderHeader('{{ vars.h }}', { vars: { h: 'a\r\nX-Other: b' } })).toBe('a X-Other: b');
});

describe('secrets', () => {
  const request = (values: object): Extract<Effect, { kind: 'http' }> => ({
    kind: 'http',
    method: 'POST',
    url: renderUrl('https://a.example/?key={{ secrets.KEY }}', values),
    headers: { authorization: renderHeader('Bearer {{ secrets.TOKEN }}', values) },
    body: renderBody({ a: '{{ secrets.TOKEN }}', b: 'x {{ vars.said }}', c: '{{ vars.list }}' }, values),
    timeoutMs: 1,
  });
  const secrets = new Map([
    ['KEY', 'k/1'],
    ['TOKEN', 't'],
  ]);

  it('are put in when the request leaves, and shown by name', () => {
    const made = request({ vars: { said: 'hello', list: [1] } });
    expect(secretsIn(made)).toEqual(['KEY', 'TOKEN']);
    expect(withSecrets(made, secrets)).toMatchObject({
      url: 'https://a.example/?key=k%2F1',
      headers: { authorization: 'Bearer t' },
      body: { a: 't', b: 'x hello', c: [1] },
    });
    expect(JSON.stringify(shownRequest(made))).toContain('Bearer {{ secrets.TOKEN }}');
    expect(JSON.stringify(made)).not.toContain('k/1');
  });

  it.each(['{{ secrets.TOKEN }}', '\ufdd0TOKEN\ufdd0', '{{secrets.TOKEN}}'])(
    'are not got by whoever writes %s',
    (said) => {
      const made = withSecrets(request({ vars: { said, list: [said, { said }] } }), secrets);
      expect(made.body).toMatchObject({ b: `x ${said.replaceAll('\ufdd0', '')}` });
      expect(JSON.stringify((made.body as { c: unknown }).c)).toBe(
        JSON.stringify([said, { said }]).replaceAll('\ufdd0', ''),
      );
    },
  );

  it('have no value anywhere else', () => {
    expect(() => renderText('{{ secrets.TOKEN }}', scope)).toThrow('has no value');
  });
});

it('reads a text that is one place alone', () => {
  expect(onlyPlace(readTemplate(' {{ a }} '))).toEqual({ expression: 'a', otherwise: null });
  expect(onlyPlace(readTemplate('{{ a }}{{ b }}'))).toBeNull();
  expect(onlyPlace(readTemplate('x{{ a }}'))).toBeNull();
  expect(readTemplate('{{ a')).toEqual({ parts: ['{{ a'], open: true });
});
