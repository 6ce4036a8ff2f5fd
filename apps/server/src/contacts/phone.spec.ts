import { emailOf, phoneOf } from './phone';

describe('a phone number', () => {
  it.each([
    ['+34 600 111 222', '34600111222'],
    ['0034600111222', '34600111222'],
    ['34600111222', '34600111222'],
    ['+1 (555) 010-9999', '15550109999'],
    ['＋３４６００１１１２２２', '34600111222'],
  ])('%s is %s', (text, digits) => {
    expect(phoneOf(text)).toBe(digits);
  });

  it.each(['', 'abc', '+12', '600 11a 222', '1234567890123456', '0600111222', '=1+1'])('%s is none', (text) => {
    expect(phoneOf(text)).toBeUndefined();
  });
});

describe('an e-mail address', () => {
  it('is the same in whatever case', () => expect(emailOf(' Ana@Example.COM ')).toBe('ana@example.com'));
  it.each(['', 'ana', 'ana@', '@example.com', 'a b@example.com', 'a@b@c', `${'a'.repeat(65)}@x.org`])(
    '%s is none',
    (text) => expect(emailOf(text)).toBeUndefined(),
  );
});
