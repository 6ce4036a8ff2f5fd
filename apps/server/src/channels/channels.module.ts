import { Module } from '@nestjs/common';
import { ItemEffectsModule } from '../item-effects';
import { SecretsModule } from '../secrets';
import { AccountNews } from './account-news.service';
import { AccountProof } from './account-proof.service';
import { BackgroundReadsRepository } from './background-reads.repository';
import { BackgroundReads } from './background-reads.service';
import { ChannelAccess } from './channel-access.service';
import { ChannelAlerts } from './channel-alerts.service';
import { ChannelConnection } from './channel-connection.service';
import { ChannelGraph } from './channel-graph.service';
import { ChannelHealth } from './channel-health.service';
import { ChannelRegistry } from './channel-registry.service';
import { ChannelRemoval } from './channel-removal.service';
import { ChannelUpkeep } from './channel-upkeep.service';
import { ChannelsController } from './channels.controller';
import { ChannelsGateway } from './channels.gateway';
import { ChannelsRepository } from './channels.repository';
import { Channels } from './channels.service';
import { CredentialsRepository } from './credentials.repository';
import { MetaAppsController } from './meta-apps.controller';
import { MetaAppsRepository } from './meta-apps.repository';
import { MetaApps } from './meta-apps.service';
import { RemovalRepository } from './removal.repository';
import { TokenLife } from './token-life.service';
import { WebhookSubscription } from './webhook-subscription.service';

@Module({
  imports: [ItemEffectsModule, SecretsModule],
  controllers: [ChannelsController, MetaAppsController],
  providers: [
    AccountNews,
    AccountProof,
    BackgroundReads,
    BackgroundReadsRepository,
    ChannelAccess,
    ChannelAlerts,
    ChannelConnection,
    ChannelGraph,
    ChannelHealth,
    ChannelRegistry,
    ChannelRemoval,
    ChannelUpkeep,
    Channels,
    ChannelsGateway,
    ChannelsRepository,
    CredentialsRepository,
    MetaApps,
    MetaAppsRepository,
    RemovalRepository,
    TokenLife,
    WebhookSubscription,
  ],
  exports: [
    BackgroundReads,
    ChannelAccess,
    ChannelAlerts,
    ChannelGraph,
    ChannelRegistry,
    MetaApps,
    WebhookSubscription,
  ],
})
export class ChannelsModule {}
