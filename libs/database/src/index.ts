export { Database, type Orm, TransactionAborted, TransactionEnded } from './database';
export { DatabaseModule, EPOCH } from './database.module';
export { FolderInUse } from './folder-lock';
export { firstIdOf, newId } from './new-id';
export { type DatabaseSettings, type OpenDatabase, openDatabase, StoreUnavailable } from './open-database';
export type { Pool, PoolClient, Queryable, QueryConfig, QueryResult } from './pool';
export * as schema from './schema';
export { isLockTimeout, isRace, isTransient } from './transient';
