import { hostOf } from './media-hosts';

const graphHosts = ['http://127.0.0.1:*', 'https://proxy.example.com'];
const graphOrigin = 'http://127.0.0.1:4000';

describe('an address of a file', () => {
  it.each([
    ['https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1', { trusted: false, token: true }],
    ['https://scontent-fra5-1.xx.fbcdn.net/v/t1.15752-9/1.jpg', { trusted: false, token: false }],
    ['https://scontent.cdninstagram.com/v/1.mp4', { trusted: false, token: false }],
    ['https://cdn.fbsbx.com/v/t59/1.pdf', { trusted: false, token: false }],
    ['http://127.0.0.1:4000/whatsapp_business/attachments', { trusted: true, token: true }],
    ['http://127.0.0.1:9999/cdn/1', { trusted: true, token: false }],
    ['https://proxy.example.com/file', { trusted: true, token: false }],
  ])('is fetched: %s', (address, expected) => {
    expect(hostOf(address, { graphHosts, graphOrigin })).toMatchObject(expected);
  });

  it.each([
    'http://lookaside.fbsbx.com/1',
    'https://lookaside.fbsbx.com:8443/1',
    'https://lookaside.fbsbx.com.evil.example/1',
    'https://evil.example/lookaside.fbsbx.com',
    'https://notfbcdn.net/1',
    'https://user:pass@scontent.fbcdn.net/1',
    'http://user@127.0.0.1:4000/1',
    'https://lookaside.fbsbx.com@evil.example/1',
    'http://169.254.169.254/latest/meta-data',
    'http://localhost:4000/1',
    'http://127.0.0.2:4000/1',
    'https://127.0.0.1:4000/1',
    'https://proxy.example.com:444/1',
    'file:///etc/passwd',
    'data:text/plain,x',
    'ftp://scontent.fbcdn.net/1',
    '//scontent.fbcdn.net/1',
    '',
  ])('is left alone: %s', (address) => {
    expect(hostOf(address, { graphHosts, graphOrigin })).toBeUndefined();
  });

  it('that the Graph API itself has named is fetched without the token, over https only', () => {
    const answered = { graphHosts, graphOrigin, answered: true };
    expect(hostOf('https://media.example.com/1', answered)).toMatchObject({ trusted: false, token: false });
    expect(hostOf('http://media.example.com/1', answered)).toBeUndefined();
  });
});
