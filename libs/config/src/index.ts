export * from './app-config';
export * from './config.module';
export * from './issuers';
export { loadConfig, processEnvironment } from './load-config';
export type { Setting } from './settings';
export { shippedPath } from './shipped-path';
