import { isIPv6 } from 'node:net';
import { HttpException, Injectable } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { RetryLater } from '../rest';

const windowSeconds = 15 * 60;
/** Failures in a window. The second bounds guessing many accounts from one place, and with it the keys held in memory. */
const perAddressAndEmail = 10;
const perAddress = 100;

/** Bounds failed sign-ins and refreshes, in this process. Those that turn out well are never counted. */
@Injectable()
export class SignInLimiter {
  private readonly pairs = new RateLimiterMemory({ points: perAddressAndEmail, duration: windowSeconds });
  private readonly addresses = new RateLimiterMemory({ points: perAddress, duration: windowSeconds });

  /**
   * Runs an attempt, `email` being whose account it is for, where that is known. `work` is given a check to repeat when it
   * has waited: of many guesses sent at the same moment those that wait would otherwise all have passed the first one.
   * @throws RetryLater (429) when there were too many failures.
   */
  async attempt<T>(
    ip: string,
    email: string | undefined,
    work: (check: () => Promise<void>) => Promise<T>,
  ): Promise<T> {
    const address = addressKey(ip);
    const pair = email === undefined ? undefined : `${address} ${email}`;
    const check = async () => {
      await refuseBeyond(this.addresses, address);
      if (pair) await refuseBeyond(this.pairs, pair);
    };
    await check();
    try {
      const result = await work(check);
      if (pair) await this.pairs.delete(pair);
      return result;
    } catch (error) {
      if (isFailure(error)) {
        await this.addresses.penalty(address);
        if (pair) await this.pairs.penalty(pair);
      }
      throw error;
    }
  }
}

async function refuseBeyond(limiter: RateLimiterMemory, key: string): Promise<void> {
  const state = await limiter.get(key);
  if (state && state.consumedPoints >= limiter.points) throw RetryLater.rateLimited(state.msBeforeNext);
}

/** Not being let in; neither being told to come back later nor an error of ours. */
const isFailure = (error: unknown) =>
  error instanceof HttpException && error.getStatus() < 500 && !(error instanceof RetryLater);

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
