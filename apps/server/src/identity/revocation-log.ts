import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '@switchboard/config';
import { Database } from '@switchboard/database';
import { longestExternalLife } from './issuer-mapping';
import { type Revocation, RevocationSet } from './revocation-set';
import { RevocationsRepository } from './revocations.repository';
import type { Session } from './session';

const pollMs = 1000;
/** An entry becomes visible when its transaction commits, which is later than its time; no commit takes this long. */
const overlapMs = 10_000;
const staleMs = 30_000;
const pruneMs = 60_000;

/**
 * What has been revoked, in memory: all of it at start, then what is new each second, and at once what this process revokes.
 * While the database cannot be read the last known state holds.
 */
@Injectable()
export class RevocationLog implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(RevocationLog.name);
  private readonly set = new RevocationSet();
  private readonly listeners = new Set<(revocation: Revocation) => void>();
  private timer?: NodeJS.Timeout;
  private polling?: Promise<void>;
  private since: Date;
  private readAt = 0;
  private failure = 'no answer';
  private warnedAt = 0;
  private prunedAt = 0;

  constructor(
    private readonly repository: RevocationsRepository,
    private readonly database: Database,
    @Inject(APP_CONFIG) config: AppConfig,
  ) {
    this.longestLife = Math.max(config.accessTokenTtl, longestExternalLife);
    this.since = new Date(Date.now() - this.longestLife);
  }

  /** The longest that any accepted token lives, in milliseconds. */
  readonly longestLife: number;

  async onModuleInit(): Promise<void> {
    await this.read();
    this.timer = setInterval(() => this.tick(), pollMs);
    this.timer.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.polling;
  }

  ended(session: Session): boolean {
    return this.set.ended(session);
  }

  /** Takes an entry of the open transaction into account as soon as that has committed. */
  announce(revocation: Revocation): void {
    this.database.afterCommit(() => this.learn(revocation));
  }

  onRevoked(listener: (revocation: Revocation) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private tick(): void {
    const now = Date.now();
    if (now - this.prunedAt >= pruneMs) {
      this.set.prune(now - this.longestLife - overlapMs);
      this.prunedAt = now;
    }
    this.polling ??= this.read()
      .catch((error: Error) => {
        this.failure = error.message;
      })
      .finally(() => {
        this.polling = undefined;
      });
    this.warnIfStale();
  }

  private async read(): Promise<void> {
    const { now, revocations } = await this.repository.since(new Date(this.since.getTime() - overlapMs));
    for (const revocation of revocations) this.learn(revocation);
    this.since = now;
    if (this.warnedAt > 0) this.logger.log('The revocations can be read again.');
    this.readAt = Date.now();
    this.warnedAt = 0;
    this.failure = 'no answer';
  }

  private warnIfStale(): void {
    const now = Date.now();
    if (now - this.readAt < staleMs || now - this.warnedAt < staleMs) return;
    this.warnedAt = now;
    this.logger.warn(
      `The revocations could not be read for ${Math.round((now - this.readAt) / 1000)} s (${this.failure}): sessions that other processes end stay open here. Check the database (DATABASE_URL).`,
    );
  }

  private learn(revocation: Revocation): void {
    if (!this.set.add(revocation)) return;
    for (const listener of this.listeners) listener(revocation);
  }
}
