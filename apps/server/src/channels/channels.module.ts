import { Module } from '@nestjs/common';
import { SecretsModule } from '../secrets';
import { ChannelAccess } from './channel-access.service';
import { ChannelConnection } from './channel-connection.service';
import { ChannelRegistry } from './channel-registry.service';
import { ChannelsController } from './channels.controller';
import { ChannelsGateway } from './channels.gateway';
import { ChannelsRepository } from './channels.repository';
import { CredentialsRepository } from './credentials.repository';
import { MetaAppsRepository } from './meta-apps.repository';
import { MetaApps } from './meta-apps.service';

@Module({
  imports: [SecretsModule],
  controllers: [ChannelsController],
  providers: [
    ChannelAccess,
    ChannelConnection,
    ChannelRegistry,
    ChannelsGateway,
    ChannelsRepository,
    CredentialsRepository,
    MetaApps,
    MetaAppsRepository,
  ],
  exports: [ChannelAccess, ChannelRegistry, MetaApps],
})
export class ChannelsModule {}
