export {
  type CampaignAnswer,
  type CampaignListener,
  CampaignSignals,
  type MovedCampaignMessage,
} from './campaign-signals';
export { ConversationWork } from './conversations/conversation-work.service';
export { CUSTOMER_SIGNALS, type CustomerConversation, type CustomerSignals } from './conversations/customer-signals';
export { Notes } from './conversations/notes.service';
export type { ChannelItem } from './intake/channel-item';
export { MessageIntake } from './intake/message-intake.service';
export { MessagesModule } from './messages.module';
export type { Reachable } from './sending/bulk-sends.repository';
export { type BulkMessage, type BulkOutcome, BulkSends } from './sending/bulk-sends.service';
export { Reactions as CommentAnswers } from './sending/reactions.service';
export { SendMessages, type SendTo } from './sending/send-messages.service';
