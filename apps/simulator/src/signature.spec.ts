import { sign } from './signature';

describe('sign', () => {
  it('signs the bytes as they are, escapes included', () => {
    const body =
      '{"object":"page","entry":[{"id":"1","time":1700000000000,"messaging":[{"sender":{"id":"2"},"recipient":{"id":"1"},"timestamp":1700000000000,"message":{"mid":"m_1","text":"caf\\u00e9 \\/ ok"}}]}]}';

    expect(sign(body, 'test_app_secret')).toBe(
      'sha256=67840810179fb1b3522e3afe9ef7044dcdc7d4b122457a02742e581dc0a78eda',
    );
  });
});
