import { mayCall } from './graph-hosts';

describe('the Graph API a channel names', () => {
  it.each([
    ['https://graph.facebook.com', [], true],
    ['https://graph.instagram.com', [], true],
    ['https://graph.facebook.com.evil.example', [], false],
    ['http://graph.facebook.com', [], false],
    ['http://169.254.169.254', [], false],
    ['http://127.0.0.1:4000', [], false],
    ['http://127.0.0.1:4000', ['http://127.0.0.1:*'], true],
    ['http://127.0.0.1:4000', ['http://127.0.0.1:4001'], false],
    ['https://127.0.0.1:4000', ['http://127.0.0.1:*'], false],
    ['https://graph.proxy.example', ['https://graph.proxy.example'], true],
  ])('%s is allowed with %j: %s', (origin, allowed, expected) => {
    expect(mayCall(origin, allowed)).toBe(expected);
  });
});
