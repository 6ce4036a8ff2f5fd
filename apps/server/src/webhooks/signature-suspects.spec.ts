import { sign, signingKey } from '@switchboard/meta';
import { SignatureSuspects } from './signature-suspects';

const attacker = '203.0.113.7';
const secrets = ['one', 'two'].map((secret) => ({ ...signingKey(secret), metaAppId: secret }));
const body = Buffer.from('{}');
const megabytes = 1_000_000;

describe('an address that sends what nobody has signed', () => {
  it('is a suspect once much was hashed for it in vain, and others are not', async () => {
    const suspects = new SignatureSuspects();
    await suspects.failed(attacker, 200 * megabytes);
    expect([suspects.any, suspects.has(attacker)]).toEqual([false, false]);
    await suspects.failed(attacker, 60 * megabytes);
    expect([suspects.any, suspects.has(attacker), suspects.has('203.0.113.8')]).toEqual([true, true, false]);
  });

  it('is none any more after a while', async () => {
    const now = jest.spyOn(performance, 'now').mockReturnValue(1000);
    const suspects = new SignatureSuspects();
    await suspects.failed(attacker, 300 * megabytes);
    now.mockReturnValue(1000 + 60_001);
    expect(suspects.has(attacker)).toBe(false);
    expect(suspects.any).toBe(false);
    now.mockRestore();
  });

  it('is one as a whole network in IPv6', async () => {
    const suspects = new SignatureSuspects();
    await suspects.failed('2001:db8::1', 300 * megabytes);
    expect([suspects.has('2001:db8::2'), suspects.has('2001:db8:0:1::1')]).toEqual([true, false]);
  });

  it('is heard all the same: what a secret signed is known by it, and clears the address', async () => {
    const suspects = new SignatureSuspects();
    await suspects.failed(attacker, 300 * megabytes);
    expect(await suspects.verify(attacker, body, sign(body, 'three'), secrets)).toBeUndefined();
    expect(suspects.has(attacker)).toBe(true);
    expect(await suspects.verify(attacker, body, sign(body, 'two'), secrets)).toBe('two');
    expect(suspects.has(attacker)).toBe(false);
    await suspects.failed(attacker, 200 * megabytes);
    expect(suspects.has(attacker)).toBe(false);
  });

  it('has few in turn at once, checked one after the other, and leaves room for other suspects', async () => {
    const suspects = new SignatureSuspects();
    const forged = sign(body, 'three');
    const outcomes = await Promise.allSettled([
      ...Array.from({ length: 50 }, () => suspects.verify(attacker, body, forged, secrets)),
      suspects.verify('203.0.113.8', body, sign(body, 'one'), secrets),
    ]);
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(46);
    expect(outcomes.at(-1)).toEqual({ status: 'fulfilled', value: 'one' });
    expect(await suspects.verify(attacker, body, forged, secrets)).toBeUndefined();
  });
});
