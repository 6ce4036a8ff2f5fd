import { firstNameOf, type ReplyValues, renderReply, unknownVariables } from './reply-text';

const values: ReplyValues = {
  'contact.name': 'Ana Díaz',
  'contact.first_name': 'Ana',
  'contact.username': null,
  'contact.phone': '34600000000',
  'agent.name': 'Bo',
  'agent.first_name': 'Bo',
  'channel.name': 'Shop',
  'workspace.name': '$& $1',
};

describe('a canned reply', () => {
  it.each([
    ['Hello {{contact.name}}!', 'Hello Ana Díaz!', []],
    ['{{ contact.first_name }}, {{agent.name}} here', 'Ana, Bo here', []],
    ['Hi {{contact.username|there}}', 'Hi there', []],
    ['Hi {{contact.username| }}!', 'Hi !', []],
    ['Hi {{contact.username}}, {{contact.username}}!', 'Hi , !', ['contact.username']],
    ['{{contact.name|friend}}', 'Ana Díaz', []],
    ['{{workspace.name}}', '$& $1', []],
    ['{{order.total}} { {{ }} {{}}', '{{order.total}} { {{ }} {{}}', []],
  ])('%s', (body, text, missing) => {
    expect(renderReply(body, values)).toEqual({ text, missing });
  });

  it('does not fill in what a customer writes into their name', () => {
    expect(renderReply('{{contact.name}}', { ...values, 'contact.name': '{{contact.phone}}' }).text).toBe(
      '{{contact.phone}}',
    );
  });

  it('says which of its variables do not exist', () => {
    expect(unknownVariables('{{contact.name}} {{order.total}} {{order.total|0}} {{toString}}')).toEqual([
      'order.total',
      'toString',
    ]);
  });

  it.each([
    ['Ana Díaz', 'Ana'],
    ['  Ana', 'Ana'],
    [' ', null],
    [null, null],
  ])('calls %p by the first name %p', (name, first) => {
    expect(firstNameOf(name)).toBe(first);
  });
});
