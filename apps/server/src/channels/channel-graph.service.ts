import { Injectable, Logger } from '@nestjs/common';
import { type GraphAnswer, type GraphCall, GraphClient, GraphError } from '@switchboard/meta';
import { ChannelAccess, type ChannelAccount } from './channel-access.service';
import { ChannelsRepository } from './channels.repository';

/** The channel has no token: nothing can be asked of the Graph API for it. */
export class ChannelWithoutToken extends Error {
  readonly code = 'channel_disconnected';
}

/** Meta throttles: its limits for the number may have changed since they were read. */
const readAfterThrottleMs = 300_000;

/**
 * Calls the Graph API for a channel. The one place where an error says more than that the call failed: a dead token or a blocked
 * account stops the channel, whoever called.
 */
@Injectable()
export class ChannelGraph {
  private readonly logger = new Logger(ChannelGraph.name);

  constructor(
    private readonly graph: GraphClient,
    private readonly access: ChannelAccess,
    private readonly channels: ChannelsRepository,
  ) {}

  /** @throws GraphError, ChannelWithoutToken */
  async call<T = unknown>(account: ChannelAccount, call: GraphCall): Promise<GraphAnswer<T>> {
    if (!account.target) throw new ChannelWithoutToken(`The channel ${account.name} has no token; connect it.`);
    try {
      return await this.graph.call<T>(account.target, call);
    } catch (error) {
      if (error instanceof GraphError) await this.failed(account, error);
      throw error;
    }
  }

  /** For whoever calls the Graph API otherwise (a download, a stream): what an error means to the channel. */
  async failed(account: ChannelAccount, { errorClass, message }: GraphError): Promise<void> {
    try {
      if (errorClass === 'auth') await this.access.stop(account, 'token', message);
      if (errorClass === 'account') await this.access.stop(account, 'account', message);
      if (errorClass === 'throttled') await this.channels.readSoon(account.id, readAfterThrottleMs);
    } catch (error) {
      // What the call came to must not be lost with this; the next one that fails says the same.
      this.logger.error(`Of channel ${account.id} it could not be kept (${(error as Error).message}): ${message}`);
    }
  }
}
