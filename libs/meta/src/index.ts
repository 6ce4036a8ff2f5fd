export * from './accounts';
export * from './fields';
export * from './graph';
export * from './items';
export { type ParseOptions, parseWebhook } from './parse-webhook';
export * from './sending';
export * from './signature';
