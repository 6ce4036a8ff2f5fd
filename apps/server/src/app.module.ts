import { type DynamicModule, Module } from '@nestjs/common';
import { type AppConfig, AppConfigModule } from '@switchboard/config';
import { DatabaseModule, type OpenDatabase } from '@switchboard/database';
import { EventsModule } from '@switchboard/events';
import { QueueModule, type QueueStore } from '@switchboard/queue';
import { AuditModule } from './audit';
import { CampaignsModule } from './campaigns';
import { ChannelsModule } from './channels';
import { ClockModule } from './clock';
import { EventLogController } from './event-log';
import { FlowsModule } from './flows';
import { GraphModule } from './graph';
import { HealthModule } from './health';
import { IdentityModule } from './identity';
import { MediaModule } from './media';
import { MentionsModule } from './mentions';
import { MessagesModule } from './messages';
import { RestModule } from './rest';
import { SocketsModule } from './sockets';
import { TemplatesModule } from './templates';
import { WebhooksModule } from './webhooks';

/** The whole application. It is the same in every process; the roles decide what is listened on and which workers run. */
@Module({})
export class AppModule {
  static for(config: AppConfig, database: OpenDatabase, queues: QueueStore): DynamicModule {
    const sockets = SocketsModule.for(queues.redis);
    return {
      module: AppModule,
      imports: [
        AppConfigModule.for(config),
        DatabaseModule.for(database),
        QueueModule.for(queues, database.epoch),
        EventsModule.for(queues.redis),
        RestModule,
        ClockModule,
        GraphModule,
        IdentityModule,
        AuditModule,
        sockets,
        HealthModule.for(queues.redis, sockets),
        ChannelsModule,
        TemplatesModule,
        MediaModule,
        MessagesModule,
        MentionsModule,
        CampaignsModule,
        FlowsModule,
        WebhooksModule,
      ],
      controllers: [EventLogController],
    };
  }
}
