import { BullModule } from '@nestjs/bullmq';
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import type { ConnectionOptions } from 'bullmq';
import { queueNames, queueSettings } from './catalogue';
import { Nudges } from './nudges';
import { Sweeper } from './sweeper';
import { Workers } from './workers';

/** All queues on one connection. `connection` comes from `openQueueStore`. */
@Global()
@Module({})
export class QueueModule {
  static for(connection: ConnectionOptions): DynamicModule {
    const queues = BullModule.registerQueue(
      ...queueNames.map((name) => ({ name, defaultJobOptions: queueSettings[name].jobs })),
    );
    return {
      module: QueueModule,
      imports: [
        // The role of the process decides whether workers run (see Workers), not the import of a module.
        BullModule.forRoot({ connection, prefix: 'switchboard', extraOptions: { manualRegistration: true } }),
        queues,
        DiscoveryModule,
      ],
      providers: [Nudges, Sweeper, Workers],
      exports: [queues, Nudges, Sweeper],
    };
  }
}
