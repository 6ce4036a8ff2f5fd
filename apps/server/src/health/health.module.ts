import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '@switchboard/config';
import { RealtimeHub } from '@switchboard/realtime';
import type { Redis } from 'ioredis';
import { GATEWAY_CENSUS, type GatewayCensus, LocalCensus, RedisCensus } from './gateway-census';
import { HealthController } from './health.controller';
import { HealthService, REDIS } from './health.service';

@Module({})
export class HealthModule implements OnApplicationShutdown {
  constructor(@Inject(GATEWAY_CENSUS) private readonly census: GatewayCensus) {}

  static for(redis: Redis | undefined): DynamicModule {
    const takeCensus = (hub: RealtimeHub, config: AppConfig): GatewayCensus => {
      const count = config.roles.includes('gateway') ? () => hub.census() : undefined;
      return redis ? new RedisCensus(redis, count) : new LocalCensus(count);
    };
    return {
      module: HealthModule,
      controllers: [HealthController],
      providers: [
        HealthService,
        { provide: REDIS, useValue: redis },
        { provide: GATEWAY_CENSUS, inject: [RealtimeHub, APP_CONFIG], useFactory: takeCensus },
      ],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.census.close();
  }
}
