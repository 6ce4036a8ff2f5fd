export { BUS, type Bus } from './bus';
export { EventLogRepository } from './event-log.repository';
export { EventPartitionsRepository } from './event-partitions.repository';
export { EventRecorder, NotInTransaction } from './event-recorder';
export { EventsModule } from './events.module';
export { type LogFollower, LogFollowers } from './log-followers';
export { EventRetention } from './retention';
export type { LogHead, NewEvent, PositionedBatch, StoredEvent } from './stored-event';
