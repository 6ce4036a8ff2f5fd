export type { ChannelItem } from './intake/channel-item';
export { MessageIntake } from './intake/message-intake.service';
export { MessagesModule } from './messages.module';
