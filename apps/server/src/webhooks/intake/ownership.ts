import type { ChannelOwner } from '../../channels';
import type { IncomingItem } from './incoming-item';
import type { SettledItem } from './items.repository';

/** The channels that items may belong to. */
export class Ownership {
  private readonly byAccount = new Map<string, ChannelOwner>();
  private readonly byBusinessAccount = new Map<string, ChannelOwner>();

  constructor(channels: readonly ChannelOwner[]) {
    for (const channel of channels) {
      this.byAccount.set(`${channel.platform} ${channel.externalId}`, channel);
      // Account and template fields name no number: the oldest channel of the business account speaks for it.
      if (channel.businessAccountId && !this.byBusinessAccount.has(channel.businessAccountId)) {
        this.byBusinessAccount.set(channel.businessAccountId, channel);
      }
    }
  }

  channelOf(item: IncomingItem): ChannelOwner | undefined {
    if (item.accountId) return this.byAccount.get(`${item.platform} ${item.accountId}`);
    return item.platform === 'whatsapp' && item.businessAccountId
      ? this.byBusinessAccount.get(item.businessAccountId)
      : undefined;
  }

  /**
   * Whose an item is and what becomes of it. An item counts for a channel only when the secret of the channel's own Meta app
   * verified it: else whoever holds another app's secret could write into it.
   */
  settle(item: IncomingItem): SettledItem {
    const channel = this.channelOf(item);
    const nobodys = { workspaceId: null, channelId: null };
    if (channel && channel.metaAppId !== item.metaAppId) {
      return {
        ...item,
        ...nobodys,
        state: 'quarantined',
        reason: 'It is of a channel of another Meta app than the one whose secret signed it.',
      };
    }
    const owner = channel ? { workspaceId: channel.workspaceId, channelId: channel.id } : nobodys;
    if (!item.item) return { ...item, ...owner, state: 'quarantined', reason: item.reason ?? 'It could not be read.' };
    if (channel) return { ...item, ...owner, state: 'processed' };
    return { ...item, ...nobodys, state: 'unowned', reason: unownedReason(item) };
  }
}

function unownedReason(item: IncomingItem): string {
  const account = item.accountId ?? item.businessAccountId;
  if (!item.platform || !account) return 'It names no account of the three platforms.';
  return `No channel is registered for the ${item.platform} account ${account}; register it with POST /v1/channels and this is taken in.`;
}
