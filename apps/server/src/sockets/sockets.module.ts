import { Module } from '@nestjs/common';
import { ACCESS_POLICY, EPHEMERAL_BUS, EVENT_LOG, RealtimeModule, SESSION_VERIFIER } from '@switchboard/realtime';
import { SessionService } from '../identity';
import { DatabaseAccessPolicy } from './access-policy';
import { EphemeralPort, LogPort } from './log-port';
import { RealtimeStatsController } from './realtime-stats.controller';

/** Wires what `libs/realtime` asks for to the log, to identity and to the database. */
@Module({
  imports: [
    RealtimeModule.for({
      providers: [
        { provide: EVENT_LOG, useClass: LogPort },
        { provide: SESSION_VERIFIER, useExisting: SessionService },
        { provide: ACCESS_POLICY, useClass: DatabaseAccessPolicy },
        { provide: EPHEMERAL_BUS, useClass: EphemeralPort },
      ],
    }),
  ],
  controllers: [RealtimeStatsController],
})
export class SocketsModule {}
