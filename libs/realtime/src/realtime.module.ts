import { type DynamicModule, Module, type ModuleMetadata, type Provider } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '@switchboard/config';
import { ConnectionGate } from './connection-gate';
import { defaultLimits, REALTIME_LIMITS, type RealtimeLimits } from './limits';
import { Presence } from './presence';
import { RootGateway } from './realtime-gateway';
import { RealtimeHub } from './realtime-hub';
import { WsGuard } from './ws.guard';

export interface RealtimeModuleOptions {
  /** Modules that the providers below need. */
  imports?: ModuleMetadata['imports'];
  /** One each of `EVENT_LOG`, `SESSION_VERIFIER`, `ACCESS_POLICY`, `EPHEMERAL_BUS` and `GATEWAY_TALK`; of `METER` if anybody counts. */
  providers: Provider[];
  /** What differs from the defaults. */
  limits?: (config: AppConfig) => Partial<RealtimeLimits>;
}

/** Global, so that a feature's gateway needs nothing but to extend `RealtimeGateway`. */
@Module({})
export class RealtimeModule {
  static for({ imports = [], providers, limits = () => ({}) }: RealtimeModuleOptions): DynamicModule {
    return {
      module: RealtimeModule,
      global: true,
      imports,
      providers: [
        ...providers,
        {
          provide: REALTIME_LIMITS,
          inject: [APP_CONFIG],
          useFactory: (config: AppConfig): RealtimeLimits => ({ ...defaultLimits, ...limits(config) }),
        },
        ConnectionGate,
        Presence,
        RealtimeHub,
        WsGuard,
        RootGateway,
      ],
      exports: [...providers, RealtimeHub, Presence, WsGuard],
    };
  }
}
