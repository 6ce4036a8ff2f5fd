import { Module } from '@nestjs/common';
import { SecretsModule } from '../secrets';
import { ChannelRegistry } from './channel-registry.service';
import { ChannelsController } from './channels.controller';
import { ChannelsRepository } from './channels.repository';
import { MetaAppsRepository } from './meta-apps.repository';
import { MetaApps } from './meta-apps.service';

@Module({
  imports: [SecretsModule],
  controllers: [ChannelsController],
  providers: [ChannelRegistry, ChannelsRepository, MetaApps, MetaAppsRepository],
  exports: [ChannelRegistry, MetaApps],
})
export class ChannelsModule {}
