export { type Jobs, type QueueName, queueNames, queueSettings } from './catalogue';
export { Nudges } from './nudges';
export { QueueModule } from './queue.module';
export { openQueueStore, type QueueStore, QueueStoreUnavailable } from './store';
export { type Sweep, Sweeper } from './sweeper';
