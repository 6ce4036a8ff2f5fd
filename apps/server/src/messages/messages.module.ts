import { Module } from '@nestjs/common';
import { ChannelsModule } from '../channels';
import { ContactsModule } from '../contacts';
import { ItemEffectsModule } from '../item-effects';
import { MediaModule } from '../media';
import { TemplatesModule } from '../templates';
import { BackfillController } from './backfill/backfill.controller';
import { BackfillRepository } from './backfill/backfill.repository';
import { Backfill } from './backfill/backfill.service';
import { PastMessages } from './backfill/past-messages.service';
import { CampaignSignals } from './campaign-signals';
import { ConversationData } from './conversation-data.service';
import { CannedRepliesController } from './conversations/canned-replies.controller';
import { CannedRepliesRepository } from './conversations/canned-replies.repository';
import { CannedReplies } from './conversations/canned-replies.service';
import { ConversationListRepository } from './conversations/conversation-list.repository';
import { ConversationWorkRepository } from './conversations/conversation-work.repository';
import { ConversationWork } from './conversations/conversation-work.service';
import { CUSTOMER_SIGNALS, CustomerCourtesy } from './conversations/customer-signals';
import { LabelsController } from './conversations/labels.controller';
import { LabelsRepository } from './conversations/labels.repository';
import { Labels } from './conversations/labels.service';
import { NotesRepository } from './conversations/notes.repository';
import { Notes } from './conversations/notes.service';
import { SearchController } from './conversations/search.controller';
import { SearchRepository } from './conversations/search.repository';
import { SnoozeSweep } from './conversations/snooze-sweep';
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
import { InternalController } from './internal/internal.controller';
import { InternalRepository } from './internal/internal.repository';
import { InternalConversations } from './internal/internal-conversations.service';
import { InternalMessagesRepository } from './internal/internal-messages.repository';
import { InternalMessages } from './internal/internal-messages.service';
import { InternalReadState } from './internal/internal-read-state.service';
import { MessagesGateway } from './messages.gateway';
import { ReadStateRepository } from './read-state.repository';
import { ReadState } from './read-state.service';
import { ReferralsController } from './referrals.controller';
import { Adoption } from './sending/adoption.service';
import { BulkRatesRepository } from './sending/bulk-rates.repository';
import { BulkRates } from './sending/bulk-rates.service';
import { BulkSendsRepository } from './sending/bulk-sends.repository';
import { BulkSends } from './sending/bulk-sends.service';
import { GraphSignals } from './sending/graph-signals.service';
import { LateSlots } from './sending/late-slots.service';
import { MediaSends } from './sending/media-sends';
import { OutboundRepository } from './sending/outbound.repository';
import { OutcomesRepository } from './sending/outcomes.repository';
import { Outcomes } from './sending/outcomes.service';
import { Reactions } from './sending/reactions.service';
import { SendProcessor } from './sending/send.processor';
import { SendLane } from './sending/send-lane';
import { SendMessages } from './sending/send-messages.service';
import { SendOrderRepository } from './sending/send-order.repository';
import { SendRatesRepository } from './sending/send-rates.repository';
import { SendingController } from './sending/sending.controller';
import { SendingChannels } from './sending/sending-channels.service';
import { SingleSlots } from './sending/single-slots.service';
import { UnknownLookup } from './sending/unknown-lookup.service';
import { UnsettledRepository } from './sending/unsettled.repository';
import { UnsettledSends } from './sending/unsettled.service';
import { Typing } from './typing.service';
import { UnreadNotifier } from './unread-notifier';

/** Conversations and their messages: what comes in, what is read, the work on them, and what users write to each other. */
@Module({
  imports: [ChannelsModule, TemplatesModule, ContactsModule, ItemEffectsModule, MediaModule],
  controllers: [
    BackfillController,
    ConversationsController,
    InternalController,
    ReferralsController,
    SendingController,
    LabelsController,
    CannedRepliesController,
    SearchController,
  ],
  providers: [
    Backfill,
    BackfillRepository,
    PastMessages,
    Adoption,
    CannedReplies,
    CannedRepliesRepository,
    ConversationListRepository,
    ConversationWork,
    ConversationWorkRepository,
    CustomerCourtesy,
    GraphSignals,
    { provide: CUSTOMER_SIGNALS, useExisting: GraphSignals },
    InternalConversations,
    InternalMessages,
    InternalMessagesRepository,
    InternalReadState,
    InternalRepository,
    Labels,
    LabelsRepository,
    Notes,
    NotesRepository,
    SearchRepository,
    SnoozeSweep,
    ConversationData,
    ConversationsRepository,
    EditsRepository,
    HistoryImport,
    MessageArrival,
    MessageEdits,
    MessageIntake,
    MessageIntakeRepository,
    MessageState,
    MessageStateRepository,
    MediaSends,
    MessagesGateway,
    Typing,
    Reactions,
    ReadState,
    ReadStateRepository,
    OutboundRepository,
    SendRatesRepository,
    UnsettledRepository,
    BulkRates,
    BulkRatesRepository,
    BulkSends,
    BulkSendsRepository,
    CampaignSignals,
    LateSlots,
    Outcomes,
    OutcomesRepository,
    SendLane,
    SendingChannels,
    SendMessages,
    SendOrderRepository,
    SendProcessor,
    SingleSlots,
    UnknownLookup,
    Referrals,
    ReferralsRepository,
    UnreadNotifier,
    UnsettledSends,
  ],
  exports: [BulkSends, CampaignSignals, ConversationWork, MessageIntake, Notes, Reactions, SendMessages],
})
export class MessagesModule {}
