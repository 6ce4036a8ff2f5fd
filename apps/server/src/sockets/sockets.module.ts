import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '@switchboard/config';
import { EPOCH } from '@switchboard/database';
import { socketCounts } from '@switchboard/observability';
import { redisName } from '@switchboard/queue';
import {
  ACCESS_POLICY,
  EPHEMERAL_BUS,
  EVENT_LOG,
  GATEWAY_TALK,
  METER,
  RealtimeHub,
  RealtimeModule,
  SESSION_VERIFIER,
} from '@switchboard/realtime';
import type { Redis } from 'ioredis';
import { SessionService } from '../identity';
import { DatabaseAccessPolicy } from './access-policy';
import { GATEWAY_CENSUS, type GatewayCensus, LocalCensus, RedisCensus } from './gateway-census';

import { EphemeralPort, LogPort } from './log-port';
import { PeopleRepository } from './people.repository';
import { prometheusMeter } from './prometheus-meter';
import { quietGateways } from './quiet.gateways';
import { RealtimeController } from './realtime.controller';
import { realtimeLimits } from './realtime-limits';
import { RealtimeStatsController } from './realtime-stats.controller';
import { SocketDirectory } from './socket-directory';

/** Wires what `libs/realtime` asks for to the log, to identity and to the database; counts the sockets of all gateways. */
@Module({})
export class SocketsModule implements OnApplicationShutdown {
  constructor(
    @Inject(GATEWAY_CENSUS) private readonly census: GatewayCensus,
    hub: RealtimeHub,
  ) {
    socketCounts.read = () => hub.stats();
  }

  static for(redis: Redis | undefined): DynamicModule {
    const takeCensus = (hub: RealtimeHub, config: AppConfig, epoch: string): GatewayCensus => {
      const count = config.roles.includes('gateway') ? () => ({ ...hub.census(), stats: hub.stats() }) : undefined;
      return redis ? new RedisCensus(redis, redisName(epoch, 'gateways'), count) : new LocalCensus(count);
    };
    return {
      module: SocketsModule,
      imports: [
        RealtimeModule.for({
          providers: [
            { provide: EVENT_LOG, useClass: LogPort },
            { provide: SESSION_VERIFIER, useExisting: SessionService },
            { provide: ACCESS_POLICY, useClass: DatabaseAccessPolicy },
            { provide: EPHEMERAL_BUS, useClass: EphemeralPort },
            { provide: GATEWAY_TALK, useExisting: EPHEMERAL_BUS },
            { provide: METER, useValue: prometheusMeter },
          ],
          limits: realtimeLimits,
        }),
      ],
      controllers: [RealtimeStatsController, RealtimeController],
      providers: [
        ...quietGateways,
        PeopleRepository,
        SocketDirectory,
        { provide: GATEWAY_CENSUS, inject: [RealtimeHub, APP_CONFIG, EPOCH], useFactory: takeCensus },
      ],
      exports: [GATEWAY_CENSUS, SocketDirectory],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.census.close();
  }
}
