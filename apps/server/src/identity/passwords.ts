import { randomBytes } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import argon2 from 'argon2';
import { RetryLater } from '../rest';
import { Turnstile, TurnstileFull } from './turnstile';

/** OWASP's recommendation for argon2id (Password Storage Cheat Sheet): 19 MiB, two passes, one lane. */
const parameters = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** Node has four threads for work like this; half of them stay free for files and DNS. */
const atATime = 2;
/** Some five seconds of waiting for the last of them (about 20 ms each, measured). */
const waiting = 500;

/** Hashes and checks passwords, a few at a time: a flood of sign-ins takes neither all memory nor all threads. */
@Injectable()
export class Passwords implements OnModuleInit {
  private readonly turnstile = new Turnstile(atATime, waiting);
  private nobodys = '';

  async onModuleInit(): Promise<void> {
    this.nobodys = await this.hash(randomBytes(24).toString('base64'));
  }

  /** @throws RetryLater (503) when too many wait. */
  hash(password: string): Promise<string> {
    return this.pass(() => argon2.hash(normal(password), parameters));
  }

  /**
   * Takes as long for a user who does not exist (`undefined` or `null`) as for one who does.
   * @param check is asked when the turn has come, after a wait.
   * @throws RetryLater (503) when too many wait; whatever `check` throws.
   */
  async verify(
    hash: string | null | undefined,
    password: string,
    check: () => Promise<void> = async () => undefined,
  ): Promise<boolean> {
    const matches = await this.pass(async () => {
      await check();
      return argon2.verify(hash ?? this.nobodys, normal(password));
    });
    return matches && typeof hash === 'string';
  }

  same(one: string, other: string): boolean {
    return normal(one) === normal(other);
  }

  private async pass<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await this.turnstile.pass(work);
    } catch (error) {
      if (error instanceof TurnstileFull) throw RetryLater.busy();
      throw error;
    }
  }
}

/** The same password typed on another system may come as other code points. */
const normal = (password: string) => password.normalize('NFKC');
