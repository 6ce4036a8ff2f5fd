export * from './api-scopes';
export * from './audit';
export * from './catalogue';
export * from './cursor';
export * from './fields';
export * from './payloads';
export * from './protocol';
export * from './rooms';
