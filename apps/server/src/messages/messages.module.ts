import { Module } from '@nestjs/common';
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
import { UnreadNotifier } from './unread-notifier';

/** Conversations and their messages: what comes in, what is read. */
@Module({
  imports: [ContactsModule, ItemEffectsModule],
  controllers: [ConversationsController, ReferralsController],
  providers: [
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
    Referrals,
    ReferralsRepository,
    UnreadNotifier,
  ],
  exports: [MessageIntake],
})
export class MessagesModule {}
