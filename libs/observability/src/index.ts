export { AppLogger, type LogSettings } from './logger';
export { metrics, registry, socketCounts } from './metrics';
