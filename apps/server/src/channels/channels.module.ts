import { Module } from '@nestjs/common';
import { SecretsModule } from '../secrets';
import { ChannelRegistry } from './channel-registry.service';
import { ChannelsController } from './channels.controller';
import { ChannelsGateway } from './channels.gateway';
import { ChannelsRepository } from './channels.repository';
import { MetaAppsRepository } from './meta-apps.repository';
import { MetaApps } from './meta-apps.service';

@Module({
  imports: [SecretsModule],
  controllers: [ChannelsController],
  providers: [ChannelRegistry, ChannelsGateway, ChannelsRepository, MetaApps, MetaAppsRepository],
  exports: [ChannelRegistry, MetaApps],
})
export class ChannelsModule {}
