import { Module } from '@nestjs/common';
import { ContactsModule } from '../contacts';
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
import { UnreadNotifier } from './unread-notifier';

/** Conversations and their messages: what comes in, what is read. */
@Module({
  imports: [ContactsModule],
  controllers: [ConversationsController],
  providers: [
    ConversationsRepository,
    MessageArrival,
    MessageIntake,
    MessageIntakeRepository,
    MessageState,
    MessageStateRepository,
    MessagesGateway,
    ReadState,
    ReadStateRepository,
    UnreadNotifier,
  ],
  exports: [MessageIntake],
})
export class MessagesModule {}
