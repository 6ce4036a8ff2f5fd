import { type DynamicModule, Module, type ModuleMetadata, type Provider } from '@nestjs/common';
import { defaultLimits, REALTIME_LIMITS, type RealtimeLimits } from './limits';
import { RootGateway } from './realtime-gateway';
import { RealtimeHub } from './realtime-hub';
import { WsGuard } from './ws.guard';

export interface RealtimeModuleOptions {
  /** Modules that the providers below need. */
  imports?: ModuleMetadata['imports'];
  /** One each of `EVENT_LOG`, `SESSION_VERIFIER`, `ACCESS_POLICY` and `EPHEMERAL_BUS`. */
  providers: Provider[];
  limits?: Partial<RealtimeLimits>;
}

/** Global, so that a feature's gateway needs nothing but to extend `RealtimeGateway`. */
@Module({})
export class RealtimeModule {
  static for({ imports = [], providers, limits }: RealtimeModuleOptions): DynamicModule {
    return {
      module: RealtimeModule,
      global: true,
      imports,
      providers: [
        ...providers,
        { provide: REALTIME_LIMITS, useValue: { ...defaultLimits, ...limits } },
        RealtimeHub,
        WsGuard,
        RootGateway,
      ],
      exports: [...providers, RealtimeHub, WsGuard],
    };
  }
}
