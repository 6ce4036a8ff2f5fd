export {
  BackgroundReads,
  type DueRead,
  NotToBeHad,
  type ReadableAccount,
  type Unread,
} from './background-reads.service';
export { ChannelAccess, type ChannelAccount, inboxNode } from './channel-access.service';
export { ChannelAlerts } from './channel-alerts.service';
export { ChannelGraph, ChannelWithoutToken } from './channel-graph.service';
export { ChannelRegistry } from './channel-registry.service';
export { ChannelsModule } from './channels.module';
export type { ChannelOwner } from './channels.repository';
export { operatorAllows } from './graph-hosts';
export { type AppSigningKey, MetaApps } from './meta-apps.service';
export { WebhookSubscription } from './webhook-subscription.service';
