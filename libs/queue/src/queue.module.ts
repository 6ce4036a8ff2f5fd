import { BullModule } from '@nestjs/bullmq';
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { queueNames, queueSettings } from './catalogue';
import { Nudges, QUEUE_REACHABLE } from './nudges';
import { redisName } from './redis-name';
import type { QueueStore } from './store';
import { Sweeper } from './sweeper';
import { Workers } from './workers';

/** All queues, on the store that `openQueueStore` opened. */
@Global()
@Module({})
export class QueueModule {
  /**
   * @param epoch of the database: what stands in Redis is named after it
   */
  static for({ connection, redis }: Pick<QueueStore, 'connection' | 'redis'>, epoch: string): DynamicModule {
    const queues = BullModule.registerQueue(
      ...queueNames.map((name) => ({ name, defaultJobOptions: queueSettings[name].jobs })),
    );
    return {
      module: QueueModule,
      imports: [
        // The role of the process decides whether workers run (see Workers), not the import of a module.
        BullModule.forRoot({
          connection,
          prefix: redis ? redisName(epoch, 'queue') : 'switchboard',
          extraOptions: { manualRegistration: true },
        }),
        queues,
        DiscoveryModule,
      ],
      providers: [
        // On PostgreSQL a queue is as reachable as the rest.
        { provide: QUEUE_REACHABLE, useValue: () => redis === undefined || redis.status === 'ready' },
        Nudges,
        Sweeper,
        Workers,
      ],
      exports: [queues, Nudges, Sweeper],
    };
  }
}
