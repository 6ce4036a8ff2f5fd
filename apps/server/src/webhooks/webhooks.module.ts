import { Module, type OnModuleInit } from '@nestjs/common';
import { ChannelRegistry, ChannelsModule } from '../channels';
import { ContactsModule } from '../contacts';
import { MessagesModule } from '../messages';
import { DeliveriesRepository } from './deliveries.repository';
import { DeliveryWriter } from './delivery-writer';
import { IntakeProcessor } from './intake/intake.processor';
import { Intake } from './intake/intake.service';
import { ItemsRepository } from './intake/items.repository';
import { Settlement } from './intake/settlement.service';
import { MetaWebhookRoute } from './meta-webhook.route';
import { SignatureSuspects } from './signature-suspects';
import { WebhookDeliveriesController } from './webhook-deliveries.controller';
import { WebhooksGateway } from './webhooks.gateway';

/** Meta's callbacks in: verified, kept, taken in. */
@Module({
  imports: [ChannelsModule, ContactsModule, MessagesModule],
  controllers: [WebhookDeliveriesController],
  providers: [
    DeliveriesRepository,
    DeliveryWriter,
    Intake,
    IntakeProcessor,
    ItemsRepository,
    MetaWebhookRoute,
    Settlement,
    SignatureSuspects,
    WebhooksGateway,
  ],
})
export class WebhooksModule implements OnModuleInit {
  constructor(
    private readonly registry: ChannelRegistry,
    private readonly intake: Intake,
  ) {}

  onModuleInit(): void {
    this.registry.onRegistered(() => this.intake.takeInOwned());
  }
}
