export * from './access';
export * from './audit';
export * from './channels';
export * from './contacts';
export * from './events';
export * from './identity';
export * from './messages';
export * from './webhooks';
