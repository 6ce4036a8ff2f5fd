import { Inject, Injectable, type OnModuleDestroy, Optional } from '@nestjs/common';
import { Database } from '@switchboard/database';
import type { Redis } from 'ioredis';

/** Injection token of the Redis connection; absent where there is none. */
export const REDIS = Symbol('REDIS');

export interface StoreHealth {
  status: 'ok' | 'down' | 'unused';
  latencyMs?: number;
}

const patienceMs = 2000;

@Injectable()
export class HealthService implements OnModuleDestroy {
  private draining = false;

  constructor(
    private readonly database: Database,
    @Optional() @Inject(REDIS) private readonly redis?: Redis,
  ) {}

  /** The first thing a stopping process does: whoever sends it work sees that it is going. */
  onModuleDestroy(): void {
    this.draining = true;
  }

  async ready(): Promise<{
    status: 'ok' | 'down' | 'draining';
    stores: { database: StoreHealth; redis: StoreHealth };
  }> {
    const redis = this.redis;
    const [databaseHealth, redisHealth] = await Promise.all([
      probe(() => this.database.query('select 1')),
      redis ? probe(() => redis.ping()) : ({ status: 'unused' } as const),
    ]);
    const down = [databaseHealth, redisHealth].some(({ status }) => status === 'down');
    return {
      status: this.draining ? 'draining' : down ? 'down' : 'ok',
      stores: { database: databaseHealth, redis: redisHealth },
    };
  }
}

async function probe(ask: () => Promise<unknown>): Promise<StoreHealth> {
  const started = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), patienceMs);
  });
  try {
    await Promise.race([ask(), tooLong]);
    return { status: 'ok', latencyMs: Math.round((performance.now() - started) * 100) / 100 };
  } catch {
    return { status: 'down' };
  } finally {
    clearTimeout(timer);
  }
}
