export { EventLogController } from './event-log.controller';
