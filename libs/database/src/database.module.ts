import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Database } from './database';
import type { OpenDatabase } from './open-database';

/** Injection token of the epoch of this database, the first part of every cursor. */
export const EPOCH = Symbol('EPOCH');

/** Makes an open database injectable. Whoever opened it closes it, after the application has closed. */
@Global()
@Module({})
export class DatabaseModule {
  static for(open: OpenDatabase): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [
        { provide: Database, useValue: open.database },
        { provide: EPOCH, useValue: open.epoch },
      ],
      exports: [Database, EPOCH],
    };
  }
}
