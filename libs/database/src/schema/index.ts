export * from './channels';
export * from './contacts';
export * from './events';
export * from './identity';
export * from './media';
export * from './messages';
export * from './sending';
export * from './webhooks';
