export { CUSTOMER_SIGNALS, type CustomerConversation, type CustomerSignals } from './conversations/customer-signals';
export type { ChannelItem } from './intake/channel-item';
export { MessageIntake } from './intake/message-intake.service';
export { MessagesModule } from './messages.module';
