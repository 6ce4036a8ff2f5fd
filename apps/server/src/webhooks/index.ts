export { metaCallbackPaths } from './meta-webhook.openapi';
export { WebhooksModule } from './webhooks.module';
