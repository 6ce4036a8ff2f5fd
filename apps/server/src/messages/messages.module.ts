import { Module } from '@nestjs/common';
import { ChannelsModule } from '../channels';
import { ContactsModule } from '../contacts';
import { MediaModule } from '../media';
import { ConversationsController } from './conversations.controller';
import { ConversationsRepository } from './conversations.repository';
import { MessageIntakeRepository } from './intake/intake.repository';
import { MessageArrival } from './intake/message-arrival.service';
import { MessageIntake } from './intake/message-intake.service';
import { MessageState } from './intake/message-state.service';
import { MessageStateRepository } from './intake/state.repository';
import { MessagesGateway } from './messages.gateway';
import { ReadStateRepository } from './read-state.repository';
import { ReadState } from './read-state.service';
import { Adoption } from './sending/adoption.service';
import { MediaSends } from './sending/media-sends';
import { OutboundRepository } from './sending/outbound.repository';
import { OutcomesRepository } from './sending/outcomes.repository';
import { Outcomes } from './sending/outcomes.service';
import { SendProcessor } from './sending/send.processor';
import { SendLane } from './sending/send-lane';
import { SendMessages } from './sending/send-messages.service';
import { SendOrderRepository } from './sending/send-order.repository';
import { SendingController } from './sending/sending.controller';
import { UnknownLookup } from './sending/unknown-lookup.service';
import { UnsettledSends } from './sending/unsettled.service';
import { UnreadNotifier } from './unread-notifier';

/** Conversations and their messages: what comes in, what is read. */
@Module({
  imports: [ChannelsModule, ContactsModule, MediaModule],
  controllers: [ConversationsController, SendingController],
  providers: [
    Adoption,
    ConversationsRepository,
    MessageArrival,
    MessageIntake,
    MessageIntakeRepository,
    MessageState,
    MessageStateRepository,
    MediaSends,
    MessagesGateway,
    ReadState,
    ReadStateRepository,
    OutboundRepository,
    Outcomes,
    OutcomesRepository,
    SendLane,
    SendMessages,
    SendOrderRepository,
    SendProcessor,
    UnknownLookup,
    UnreadNotifier,
    UnsettledSends,
  ],
  exports: [MessageIntake, SendMessages],
})
export class MessagesModule {}
