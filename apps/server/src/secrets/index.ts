export { type KeyRotation, rotateKeys } from './key-rotation';
export { SecretBox, SecretUnreadable } from './secret-box';
export { SecretsModule } from './secrets.module';
