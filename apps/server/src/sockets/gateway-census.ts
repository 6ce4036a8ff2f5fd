import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { NamespaceStats } from '@switchboard/realtime';
import type { Redis } from 'ioredis';

export type StatsByNamespace = Record<string, NamespaceStats>;

/** Sockets of the whole installation. */
export interface Census {
  gateways: number;
  connections: number;
  /** Users with at least one authenticated socket, each counted once. */
  users: number;
  /** Added up over the gateways: a user or room of two gateways counts twice here. */
  namespaces: StatsByNamespace;
}

/** What one gateway process has. */
export interface GatewayCount {
  connections: number;
  userIds: string[];
  stats: StatsByNamespace;
}

const nobody: Census = { gateways: 0, connections: 0, users: 0, namespaces: {} };

function sum(all: readonly StatsByNamespace[]): StatsByNamespace {
  const total: StatsByNamespace = {};
  for (const [namespace, stats] of all.flatMap((one) => Object.entries(one))) {
    const sofar = total[namespace];
    total[namespace] = sofar
      ? (Object.fromEntries(
          Object.entries(stats).map(([name, count]) => [name, count + sofar[name as keyof NamespaceStats]]),
        ) as unknown as NamespaceStats)
      : stats;
  }
  return total;
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
    if (!this.count) return nobody;
    const { connections, userIds, stats } = this.count();
    return { gateways: 1, connections, users: new Set(userIds).size, namespaces: stats };
  }

  async close(): Promise<void> {}
}

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
    /** Of the key that names the gateways, and of those of their counts. */
    private readonly key: string,
    private readonly count: (() => GatewayCount) | undefined,
  ) {
    if (count) this.timer = setInterval(() => void this.tell(), everyMs).unref();
    void this.tell();
  }

  async take(): Promise<Census> {
    // Without Redis there is nothing to wait for: the health of Redis is told beside this.
    if (this.redis.status !== 'ready') return nobody;
    await this.tell();
    const now = Date.now();
    const ids = await this.redis.zrangebyscore(this.key, now - ttlSeconds * 1000, '+inf');
    if (ids.length === 0) return nobody;
    const [told, users] = await Promise.all([
      this.redis.mget(ids.map((id) => `${this.key}:${id}:count`)),
      this.redis.sunion(ids.map((id) => `${this.key}:${id}:users`)),
    ]);
    const counts = told.flatMap((one) => (one ? [JSON.parse(one) as Pick<GatewayCount, 'connections' | 'stats'>] : []));
    return {
      gateways: counts.length,
      connections: counts.reduce((total, { connections }) => total + connections, 0),
      users: users.length,
      namespaces: sum(counts.map(({ stats }) => stats)),
    };
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    if (!this.count || this.redis.status !== 'ready') return;
    await this.redis.zrem(this.key, this.id);
  }

  private async tell(): Promise<void> {
    if (!this.count || this.redis.status !== 'ready') return;
    const { connections, userIds, stats } = this.count();
    const users = `${this.key}:${this.id}:users`;
    const transaction = this.redis
      .multi()
      .zadd(this.key, Date.now(), this.id)
      .zremrangebyscore(this.key, '-inf', Date.now() - ttlSeconds * 1000)
      .set(`${this.key}:${this.id}:count`, JSON.stringify({ connections, stats }), 'EX', ttlSeconds)
      .del(users);
    if (userIds.length > 0) transaction.sadd(users, ...userIds).expire(users, ttlSeconds);
    await transaction.exec().catch((error: Error) => this.logger.debug(`Counts were not told: ${error.message}`));
  }
}
