import { Injectable } from '@nestjs/common';
import { ChannelAccess, type ChannelAccount } from '../../channels';

/** A channel as it is asked to send. */
export interface SendingChannel {
  /** `undefined` where there is no such channel. */
  account: ChannelAccount | undefined;
  canSend: boolean;
}

/** Whether channels can send. */
@Injectable()
export class SendingChannels {
  constructor(private readonly access: ChannelAccess) {}

  /**
   * What is kept of a channel is up to 2 s old. A yes may be: Meta's answer corrects it. A no is looked at again before anything is refused
   * for it, because the channel may have been connected through another process.
   */
  async ofId(channelId: string): Promise<SendingChannel> {
    const kept = await this.access.account(channelId);
    if (canSend(kept)) return { account: kept, canSend: true };
    this.access.forget(channelId);
    const account = await this.access.account(channelId);
    return { account, canSend: canSend(account) };
  }
}

function canSend(account: ChannelAccount | undefined): boolean {
  return account?.target !== undefined && (account.status === 'connected' || account.status === 'reconnecting');
}
