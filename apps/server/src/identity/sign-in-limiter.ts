import { isIPv6 } from 'node:net';
import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { RetryLater } from './retry-later';

const windowSeconds = 15 * 60;
/** Failures in a window. The second bounds guessing many accounts from one place, and with it the keys held in memory. */
const perAddressAndEmail = 10;
const perAddress = 100;

/** Bounds failed sign-ins and refreshes, in this process: an attempt counts until it turns out well. */
@Injectable()
export class SignInLimiter {
  private readonly pairs = new RateLimiterMemory({ points: perAddressAndEmail, duration: windowSeconds });
  private readonly addresses = new RateLimiterMemory({ points: perAddress, duration: windowSeconds });

  /**
   * Runs an attempt, `email` being whose account it is for, where that is known.
   * @throws RetryLater (429) when there were too many failures.
   */
  async attempt<T>(ip: string, email: string | undefined, work: () => Promise<T>): Promise<T> {
    const address = addressKey(ip);
    const pair = email === undefined ? undefined : `${address} ${email}`;
    await consume(this.addresses, address);
    if (pair) await consume(this.pairs, pair);
    const result = await work();
    await this.addresses.reward(address);
    if (pair) await this.pairs.delete(pair);
    return result;
  }
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) throw RetryLater.rateLimited(refusal.msBeforeNext);
    throw refusal;
  }
}

/** One IPv6 customer has a /64 at least, so that is what counts as one address. */
export function addressKey(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip);
  if (mapped) return mapped[1]!;
  if (!isIPv6(ip)) return ip;
  const [head = '', tail] = ip.toLowerCase().split('%')[0]!.split('::');
  const groups = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - groups.length - last.length;
  return [...groups, ...Array<string>(zeros).fill('0'), ...last]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
