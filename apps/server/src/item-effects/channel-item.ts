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

export type EffectKind = ItemEffect['kind'];
export type EffectItem<K extends EffectKind> = ChannelItem & { effect: Extract<ItemEffect, { kind: K }> };

export function ofKind<K extends EffectKind>(items: readonly ChannelItem[], kind: K): EffectItem<K>[] {
  return items
    .filter(({ item }) => item.effect.kind === kind)
    .map((one) => ({ ...one, effect: one.item.effect as Extract<ItemEffect, { kind: K }> }));
}
