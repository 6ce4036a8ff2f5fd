import { DynamicModule, Global, Inject, Injectable, Module, OnApplicationShutdown } from '@nestjs/common';
import { Database } from './database';
import type { OpenDatabase } from './open-database';

/** Injection token of the epoch of this database, the first part of every cursor. */
export const EPOCH = Symbol('EPOCH');
const OPEN_DATABASE = Symbol('OPEN_DATABASE');

@Injectable()
class DatabaseCloser implements OnApplicationShutdown {
  constructor(@Inject(OPEN_DATABASE) private readonly open: OpenDatabase) {}

  // Nest runs this hook after every module's beforeApplicationShutdown: workers, queues and sockets have closed by then.
  async onApplicationShutdown(): Promise<void> {
    await this.open.close();
  }
}

/** Makes an open database injectable and closes it last. */
@Global()
@Module({})
export class DatabaseModule {
  static for(open: OpenDatabase): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [
        { provide: OPEN_DATABASE, useValue: open },
        { provide: Database, useValue: open.database },
        { provide: EPOCH, useValue: open.epoch },
        DatabaseCloser,
      ],
      exports: [Database, EPOCH],
    };
  }
}
