export { SecretBox, SecretUnreadable } from './secret-box';
export { SecretsModule } from './secrets.module';
