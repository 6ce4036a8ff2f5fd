import { Module } from '@nestjs/common';
import { ChannelsModule } from '../channels';
import { ContactsModule } from '../contacts';
import { ItemEffectsModule } from '../item-effects';
import { ConversationsController } from './conversations.controller';
import { ConversationsRepository } from './conversations.repository';
import { EditsRepository } from './intake/edits.repository';
import { HistoryImport } from './intake/history-import.service';
import { MessageIntakeRepository } from './intake/intake.repository';
import { MessageArrival } from './intake/message-arrival.service';
import { MessageEdits } from './intake/message-edits.service';
import { MessageIntake } from './intake/message-intake.service';
import { MessageState } from './intake/message-state.service';
import { ReferralsRepository } from './intake/referrals.repository';
import { Referrals } from './intake/referrals.service';
import { MessageStateRepository } from './intake/state.repository';
import { MessagesGateway } from './messages.gateway';
import { ReadStateRepository } from './read-state.repository';
import { ReadState } from './read-state.service';
import { ReferralsController } from './referrals.controller';
import { Adoption } from './sending/adoption.service';
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
  imports: [ChannelsModule, ContactsModule, ItemEffectsModule],
  controllers: [ConversationsController, ReferralsController, SendingController],
  providers: [
    Adoption,
    ConversationsRepository,
    EditsRepository,
    HistoryImport,
    MessageArrival,
    MessageEdits,
    MessageIntake,
    MessageIntakeRepository,
    MessageState,
    MessageStateRepository,
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
    Referrals,
    ReferralsRepository,
    UnreadNotifier,
    UnsettledSends,
  ],
  exports: [MessageIntake, SendMessages],
})
export class MessagesModule {}
