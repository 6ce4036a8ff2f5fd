export { type Jobs, type QueueName, queueNames, queueSettings } from './catalogue';
export { ChannelProcessor } from './channel-processor';
export { Nudges } from './nudges';
export { QueueModule } from './queue.module';
export { redisName } from './redis-name';
export { openQueueStore, type QueueStore, QueueStoreUnavailable } from './store';
export { type Sweep, Sweeper } from './sweeper';
