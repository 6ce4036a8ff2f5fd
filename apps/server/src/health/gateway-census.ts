import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';

/** Sockets of the whole installation. */
export interface Census {
  gateways: number;
  connections: number;
  /** Users with at least one authenticated socket, each counted once. */
  users: number;
}

/** What one gateway process has. */
export interface GatewayCount {
  connections: number;
  userIds: string[];
}

export interface GatewayCensus {
  take(): Promise<Census>;
  close(): Promise<void>;
}

export const GATEWAY_CENSUS = Symbol('GATEWAY_CENSUS');

/** One process: it is the whole installation. */
export class LocalCensus implements GatewayCensus {
  constructor(private readonly count: (() => GatewayCount) | undefined) {}

  async take(): Promise<Census> {
    if (!this.count) return { gateways: 0, connections: 0, users: 0 };
    const { connections, userIds } = this.count();
    return { gateways: 1, connections, users: new Set(userIds).size };
  }

  async close(): Promise<void> {}
}

const prefix = 'switchboard:gateway';
const everyMs = 2000;
/** A gateway that has not been heard of for this long is gone. */
const ttlSeconds = 8;

/** Every gateway keeps its count in Redis; whoever is asked adds them up. */
export class RedisCensus implements GatewayCensus {
  private readonly logger = new Logger('GatewayCensus');
  private readonly id = randomUUID();
  private readonly timer?: NodeJS.Timeout;

  constructor(
    private readonly redis: Redis,
    private readonly count: (() => GatewayCount) | undefined,
  ) {
    if (count) this.timer = setInterval(() => void this.tell(), everyMs).unref();
    void this.tell();
  }

  async take(): Promise<Census> {
    // Without Redis there is nothing to wait for: the health of Redis is told beside this.
    if (this.redis.status !== 'ready') return { gateways: 0, connections: 0, users: 0 };
    await this.tell();
    const now = Date.now();
    const ids = await this.redis.zrangebyscore(prefix, now - ttlSeconds * 1000, '+inf');
    if (ids.length === 0) return { gateways: 0, connections: 0, users: 0 };
    const [counts, users] = await Promise.all([
      this.redis.mget(ids.map((id) => `${prefix}:${id}:connections`)),
      this.redis.sunion(ids.map((id) => `${prefix}:${id}:users`)),
    ]);
    return {
      gateways: ids.length,
      connections: counts.reduce((sum, one) => sum + Number(one ?? 0), 0),
      users: users.length,
    };
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    if (!this.count || this.redis.status !== 'ready') return;
    await this.redis.zrem(prefix, this.id);
  }

  private async tell(): Promise<void> {
    if (!this.count || this.redis.status !== 'ready') return;
    const { connections, userIds } = this.count();
    const users = `${prefix}:${this.id}:users`;
    const transaction = this.redis
      .multi()
      .zadd(prefix, Date.now(), this.id)
      .zremrangebyscore(prefix, '-inf', Date.now() - ttlSeconds * 1000)
      .set(`${prefix}:${this.id}:connections`, connections, 'EX', ttlSeconds)
      .del(users);
    if (userIds.length > 0) transaction.sadd(users, ...userIds).expire(users, ttlSeconds);
    await transaction.exec().catch((error: Error) => this.logger.debug(`Counts were not told: ${error.message}`));
  }
}
