import { long, many, replaced } from '../../test/contents';
import { templateCreationProblems } from './template-creation';

const body = { type: 'BODY', text: 'Hi {{1}}, your {{2}} is here.', example: { body_text: [['Ana', 'shirt']] } };
const good = {
  name: 'order_shipped',
  language: 'en_US',
  category: 'UTILITY',
  components: [
    { type: 'HEADER', format: 'TEXT', text: 'Order {{1}}', example: { header_text: ['7'] } },
    body,
    { type: 'FOOTER', text: 'Acme' },
    {
      type: 'BUTTONS',
      buttons: [
        { type: 'QUICK_REPLY', text: 'Thanks' },
        { type: 'URL', text: 'Track', url: 'https://a.example/{{1}}', example: ['https://a.example/1'] },
        { type: 'PHONE_NUMBER', text: 'Call', phone_number: '+15551234567' },
        { type: 'COPY_CODE', example: 'SAVE' },
      ],
    },
  ],
};
const authentication = {
  name: 'code',
  language: 'en',
  category: 'authentication',
  components: [
    { type: 'body', add_security_recommendation: true },
    { type: 'footer', code_expiration_minutes: 5 },
    { type: 'buttons', buttons: [{ type: 'otp', otp_type: 'copy_code', text: 'Copy' }] },
  ],
};
const named = {
  ...good,
  parameter_format: 'NAMED',
  components: [
    {
      type: 'BODY',
      text: 'Hi {{first_name}}!',
      example: { body_text_named_params: [{ param_name: 'first_name', example: 'Ana' }] },
    },
  ],
};
const quick = (i: number) => ({ type: 'QUICK_REPLY', text: `Yes ${i}` });
const urlButton = { type: 'URL', text: 'Open', url: 'https://a.example' };
const media = { type: 'HEADER', format: 'IMAGE', example: { header_handle: ['4::aW'] } };

describe('a template to be created', () => {
  it.each([good, authentication, named])('passes as Meta takes it', (template) => {
    expect(templateCreationProblems(template)).toEqual([]);
  });

  it.each<[field: string, inside: unknown, outside: unknown, at: string]>([
    ['name', 'a_1', 'A-1', 'name'],
    ['name', long(512), long(513), 'name'],
    ['name', 'a', undefined, 'name'],
    ['language', 'pt_BR', 'pt-br', 'language'],
    ['category', 'MARKETING', 'NEWS', 'category'],
    ['components', [body], 'body', 'components'],
    ['components', [body], [{ type: 'FOOTER', text: 'Acme' }], 'components'],
    ['components', [body], [body, body], 'components[1]'],
    ['components[0]', media, { type: 'HEADER', format: 'IMAGE' }, 'components[0].example.header_handle'],
    ['components[0].format', 'TEXT', 'AUDIO', 'components[0].format'],
    ['components[0].text', `${long(55)}{{1}}`, `${long(56)}{{1}}`, 'components[0].text'],
    ['components[0].text', 'Order {{1}}', 'Order {{1}} {{2}}', 'components[0].text'],
    ['components[0].example', { header_text: ['7'] }, undefined, 'components[0].example.header_text'],
    ['components[1].text', `${long(1011)} {{1}} {{2}}.`, `${long(1012)} {{1}} {{2}}.`, 'components[1].text'],
    ['components[1].text', 'a {{1}} b {{2}} c', '{{1}} b {{2}} c', 'components[1].text'],
    ['components[1].text', 'a {{1}} b {{2}} c', 'a {{1}} b {{2}} ', 'components[1].text'],
    ['components[1].text', 'a {{1}} b {{2}} c', 'a {{2}} b {{1}} c', 'components[1].text'],
    ['components[1].text', 'a {{1}} b {{2}} c', 'a {{name}} b {{item}} c', 'components[1].text'],
    ['components[1].example.body_text', [['a', 'b']], [['a']], 'components[1].example.body_text'],
    ['components[2].text', long(60), long(61), 'components[2].text'],
    ['components[2].text', 'Acme', 'Acme {{1}}', 'components[2].text'],
    ['components[3].buttons', many(10, quick), many(11, quick), 'components[3].buttons'],
    ['components[3].buttons', [urlButton, urlButton], [urlButton, urlButton, urlButton], 'components[3].buttons'],
    ['components[3].buttons', [quick(1)], [], 'components[3].buttons'],
    [
      'components[3].buttons',
      [quick(1), quick(2), urlButton],
      [quick(1), urlButton, quick(2)],
      'components[3].buttons',
    ],
    ['components[3].buttons', [quick(1)], [{ type: 'OTP' }], 'components[3].buttons'],
    ['components[3].buttons[0].text', long(25), long(26), 'components[3].buttons[0].text'],
    ['components[3].buttons[0].type', 'QUICK_REPLY', undefined, 'components[3].buttons[0].type'],
    [
      'components[3].buttons[1].url',
      `https://a.example/${long(1977)}{{1}}`,
      `https://a.example/${long(1978)}{{1}}`,
      'components[3].buttons[1].url',
    ],
    [
      'components[3].buttons[1].url',
      'https://a.example/{{1}}',
      'https://{{1}}.example/a',
      'components[3].buttons[1].url',
    ],
    ['components[3].buttons[1].example', ['x'], undefined, 'components[3].buttons[1].example'],
    ['components[3].buttons[2].phone_number', long(20), long(21), 'components[3].buttons[2].phone_number'],
    ['components[3].buttons[3].example', long(20), long(21), 'components[3].buttons[3].example'],
  ])('%s: just inside and just outside', (field, inside, outside, at) => {
    expect(templateCreationProblems(replaced(good, field, inside))).toEqual([]);
    expect(templateCreationProblems(replaced(good, field, outside)).map((problem) => problem.field)).toContain(at);
  });

  it('of authentication has no text of its own, and one OTP button', () => {
    expect(templateCreationProblems(replaced(authentication, 'components[0].text', 'Your code'))).toMatchObject([
      { field: 'components[0].text', rule: 'combination' },
    ]);
    expect(templateCreationProblems(replaced(authentication, 'components[2].buttons[0]', quick(1)))).toMatchObject([
      { field: 'components[2].buttons', rule: 'combination' },
    ]);
  });

  it('names its variables by small letters, and gives an example for each', () => {
    expect(templateCreationProblems(replaced(named, 'components[0].text', 'Hi {{FirstName}}!'))).toMatchObject([
      { field: 'components[0].text', rule: 'template' },
    ]);
    expect(templateCreationProblems(replaced(named, 'components[0].example', undefined))).toMatchObject([
      { field: 'components[0].example.body_text_named_params', rule: 'required' },
    ]);
  });

  it('may have components that are not known here', () => {
    const template = { ...good, components: [body, { type: 'call_permission_request' }] };
    expect(templateCreationProblems(template)).toEqual([]);
  });

  it.each([null, 7, [], 'name'])('is not %j', (given) => {
    expect(templateCreationProblems(given)).toMatchObject([{ rule: 'type' }]);
  });
});
