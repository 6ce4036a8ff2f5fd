export { AppLogger, type LogSettings } from './logger';
export { metrics, registry } from './metrics';
