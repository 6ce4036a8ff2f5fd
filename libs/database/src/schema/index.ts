export * from './channels';
export * from './contact-imports';
export * from './contacts';
export * from './events';
export * from './identity';
export * from './messages';
export * from './personal-data';
export * from './webhooks';
