import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { verifySignature } from '@switchboard/meta';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { AppSigningKey } from '../channels';
import { addressKey, Turnstile, TurnstileFull } from '../identity';

const windowSeconds = 60;
/** Bytes hashed for one address in a window to no avail, each as often as there are secrets: about a third of a second. */
const allowance = 256_000_000;
/** Webhooks that wait for their turn, 3 MB each at most; and those of one address. */
const waiting = 32;
const waitingOfOne = 4;
/** After each hash the rest of the process has this many times as long. */
const restFactor = 4;

/**
 * Addresses that send much which no secret here has signed. Each such webhook costs a hash of its body for every secret, on the event
 * loop. They are checked one at a time and with pauses, and not refused: with a proxy that is not told of (TRUST_PROXY), or a secret
 * that was wrong until now, Meta comes from such an address too.
 */
@Injectable()
export class SignatureSuspects {
  private readonly failures = new RateLimiterMemory({ points: allowance, duration: windowSeconds });
  /** When each is forgotten, on the clock of `performance`. */
  private readonly until = new Map<string, number>();
  private readonly inTurn = new Map<string, number>();
  private readonly turnstile = new Turnstile(1, waiting);

  /** False as a rule: then nobody need look for an address. */
  get any(): boolean {
    return this.until.size > 0;
  }

  has(ip: string): boolean {
    const address = addressKey(ip);
    const until = this.until.get(address);
    if (until === undefined) return false;
    if (until > performance.now()) return true;
    this.until.delete(address);
    return false;
  }

  /** Takes down that so many bytes were hashed for this address in vain. */
  async failed(ip: string, bytes: number): Promise<void> {
    const address = addressKey(ip);
    const { consumedPoints, msBeforeNext } = await this.failures.penalty(address, bytes);
    if (consumedPoints <= allowance) return;
    const now = performance.now();
    for (const [other, until] of this.until) if (until <= now) this.until.delete(other);
    this.until.set(address, now + msBeforeNext);
  }

  /**
   * The Meta app whose secret signed a body from such an address. Who has signed once is no suspect any more.
   * @throws TurnstileFull when too many wait
   */
  async verify(
    ip: string,
    body: Buffer,
    header: string,
    secrets: readonly AppSigningKey[],
  ): Promise<string | undefined> {
    const address = addressKey(ip);
    const others = this.inTurn.get(address) ?? 0;
    if (others >= waitingOfOne) throw new TurnstileFull();
    this.inTurn.set(address, others + 1);
    try {
      return await this.turnstile.pass(() => this.check(address, body, header, secrets));
    } finally {
      const left = this.inTurn.get(address)! - 1;
      if (left > 0) this.inTurn.set(address, left);
      else this.inTurn.delete(address);
    }
  }

  private async check(
    address: string,
    body: Buffer,
    header: string,
    secrets: readonly AppSigningKey[],
  ): Promise<string | undefined> {
    for (const secret of secrets) {
      const began = performance.now();
      if (verifySignature(body, header, [secret]) === 0) {
        this.until.delete(address);
        await this.failures.delete(address);
        return secret.metaAppId;
      }
      await pause((performance.now() - began) * restFactor);
    }
    return undefined;
  }
}
