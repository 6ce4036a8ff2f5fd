import { type DynamicModule, Module } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { HealthController } from './health.controller';
import { HealthService, REDIS } from './health.service';

@Module({})
export class HealthModule {
  static for(redis: Redis | undefined, sockets: DynamicModule): DynamicModule {
    return {
      module: HealthModule,
      imports: [sockets],
      controllers: [HealthController],
      providers: [HealthService, { provide: REDIS, useValue: redis }],
    };
  }
}
