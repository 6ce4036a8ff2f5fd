import { HttpException } from '@nestjs/common';
import { addressKey, SignInLimiter } from './sign-in-limiter';

describe('what counts as one address', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2'],
    ['2001:db8::9', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
  ])('%s is %s', (ip, key) => {
    expect(addressKey(ip)).toBe(key);
  });
});

describe('guessing passwords', () => {
  const wrong = () => Promise.reject(new Error('wrong'));
  const right = async () => 'in';
  const statusOf = (attempt: Promise<unknown>) =>
    attempt.then(
      () => 200,
      (error: Error) => (error instanceof HttpException ? error.getStatus() : 401),
    );

  it('is stopped after ten failures for one account from one address, and for no other', async () => {
    const limiter = new SignInLimiter();
    for (let i = 0; i < 10; i += 1) expect(await statusOf(limiter.attempt('10.0.0.1', 'a@b', wrong))).toBe(401);
    expect(await statusOf(limiter.attempt('10.0.0.1', 'a@b', right))).toBe(429);
    expect(await statusOf(limiter.attempt('10.0.0.2', 'a@b', right))).toBe(200);
    expect(await statusOf(limiter.attempt('10.0.0.1', 'c@d', right))).toBe(200);
  });

  it('starts anew after a sign-in that turned out well', async () => {
    const limiter = new SignInLimiter();
    for (let i = 0; i < 9; i += 1) await statusOf(limiter.attempt('10.0.0.1', 'a@b', wrong));
    expect(await statusOf(limiter.attempt('10.0.0.1', 'a@b', right))).toBe(200);
    expect(await statusOf(limiter.attempt('10.0.0.1', 'a@b', wrong))).toBe(401);
  });

  it('is stopped after a hundred failures over many accounts, while any number of good sign-ins is let through', async () => {
    const limiter = new SignInLimiter();
    for (let i = 0; i < 300; i += 1) expect(await statusOf(limiter.attempt('10.0.0.1', `u${i}@b`, right))).toBe(200);
    for (let i = 0; i < 100; i += 1) expect(await statusOf(limiter.attempt('10.0.0.1', `u${i}@b`, wrong))).toBe(401);
    expect(await statusOf(limiter.attempt('10.0.0.1', 'new@b', right))).toBe(429);
    expect(await statusOf(limiter.attempt('10.0.0.1', undefined, right))).toBe(429);
  });

  it('says when to try again', async () => {
    const limiter = new SignInLimiter();
    for (let i = 0; i < 10; i += 1) await statusOf(limiter.attempt('10.0.0.1', 'a@b', wrong));
    await expect(limiter.attempt('10.0.0.1', 'a@b', right)).rejects.toMatchObject({
      seconds: expect.any(Number),
      response: { code: 'rate_limited' },
    });
  });
});
