import { type RoomName, rooms } from '@switchboard/contracts';

export { type ChannelItem, type EffectItem, type ItemChannel, ofKind } from '../../item-effects';

/** A message by the platform's id, as one string. */
export const messageKey = (channelId: string, platformMessageId: string): string => `${channelId} ${platformMessageId}`;

/** Who may see what happens in a conversation. */
export function conversationAudience(at: {
  workspaceId: string;
  channelId: string;
  conversationId?: string | null;
  contactId?: string | null;
}): RoomName[] {
  const audience = [rooms.workspace(at.workspaceId), rooms.channel(at.channelId)];
  if (at.conversationId) audience.push(rooms.conversation(at.conversationId));
  if (at.contactId) audience.push(rooms.contact(at.contactId));
  return audience;
}
