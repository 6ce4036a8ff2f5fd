export * from './channels';
export * from './contacts';
export * from './conversations';
export * from './events';
export * from './identity';
export * from './messages';
export * from './webhooks';
