import { HttpException, UnauthorizedException } from '@nestjs/common';
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
  const wrong = () => Promise.reject(new UnauthorizedException());
  const right = async () => 'in';
  const statusOf = (attempt: Promise<unknown>) =>
    attempt.then(
      () => 200,
      (error: Error) => (error instanceof HttpException ? error.getStatus() : 500),
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

  it('is stopped in the middle of many guesses that were sent at once', async () => {
    const limiter = new SignInLimiter();
    let turn: Promise<unknown> = Promise.resolve();
    const inTurn = (check: () => Promise<void>) => {
      const mine = turn.then(check).then(wrong);
      turn = mine.catch(() => new Promise((resolve) => setImmediate(resolve)));
      return mine;
    };
    const statuses = await Promise.all(
      Array.from({ length: 50 }, () => statusOf(limiter.attempt('10.0.0.1', 'a@b', inTurn))),
    );
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(40);
  });

  it('does not count good sign-ins that are under way, nor errors of ours', async () => {
    const limiter = new SignInLimiter();
    const all = await Promise.all(
      Array.from({ length: 300 }, () => statusOf(limiter.attempt('10.0.0.1', 'a@b', right))),
    );
    expect(new Set(all)).toEqual(new Set([200]));
    const broken = () => Promise.reject(new Error('the database is away'));
    for (let i = 0; i < 20; i += 1) expect(await statusOf(limiter.attempt('10.0.0.1', 'a@b', broken))).toBe(500);
    expect(await statusOf(limiter.attempt('10.0.0.1', 'a@b', right))).toBe(200);
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
