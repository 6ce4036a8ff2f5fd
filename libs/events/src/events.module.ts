import { type DynamicModule, Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { EPOCH } from '@switchboard/database';
import type { Redis } from 'ioredis';
import { BUS, type Bus, LocalBus } from './bus';
import { EventLogRepository } from './event-log.repository';
import { EventPartitionsRepository } from './event-partitions.repository';
import { EventRecorder } from './event-recorder';
import { FreshEvents } from './fresh-events';
import { LogFollowers } from './log-followers';
import { RedisBus } from './redis-bus';
import { Relay } from './relay';
import { RelayProcessor } from './relay.processor';
import { EventRetention } from './retention';

/** The log, the outbox that fills it and the relay that hands it on. Over Redis where there is one. */
@Global()
@Module({})
export class EventsModule implements OnApplicationShutdown {
  constructor(@Inject(BUS) private readonly bus: Bus) {}

  static for(redis: Redis | undefined): DynamicModule {
    return {
      module: EventsModule,
      providers: [
        {
          provide: BUS,
          inject: [EPOCH],
          useFactory: (epoch: string) => (redis ? new RedisBus(redis, epoch) : new LocalBus()),
        },
        EventLogRepository,
        EventPartitionsRepository,
        FreshEvents,
        LogFollowers,
        EventRecorder,
        Relay,
        RelayProcessor,
        EventRetention,
      ],
      exports: [BUS, EventLogRepository, EventRecorder, EventRetention, LogFollowers],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.bus.close();
  }
}
