import { type RoomName, rooms } from '@switchboard/contracts';
import type { ItemEffect, Platform, WebhookItem } from '@switchboard/meta';

/** The channel an item belongs to. */
export interface ItemChannel {
  id: string;
  workspaceId: string;
  platform: Platform;
}

/** An item that is new, verified, and of a channel of ours. */
export interface ChannelItem {
  id: string;
  item: WebhookItem;
  channel: ItemChannel;
}

export type EffectItem<K extends ItemEffect['kind']> = ChannelItem & { effect: Extract<ItemEffect, { kind: K }> };

export function ofKind<K extends ItemEffect['kind']>(items: readonly ChannelItem[], kind: K): EffectItem<K>[] {
  return items
    .filter(({ item }) => item.effect.kind === kind)
    .map((one) => ({ ...one, effect: one.item.effect as Extract<ItemEffect, { kind: K }> }));
}

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
