import { Injectable } from '@nestjs/common';
import { type GraphRequest, readBody, typingBody } from '@switchboard/meta';
import { ChannelAccess, type ChannelAccount, ChannelGraph, inboxNode } from '../../channels';
import type { CustomerConversation, CustomerSignals } from '../conversations/customer-signals';
import { recipientOf } from './recipient-of';
import { SendOrderRepository, type SendTarget } from './send-order.repository';

/** Meta shows typing for about this long; asking again before changes nothing. */
const typingLastsMs = 15_000;
const most = 10_000;

/** Shows customers through the Graph API that they were read, and that somebody is typing. */
@Injectable()
export class GraphSignals implements CustomerSignals {
  private readonly typingSince = new Map<string, number>();

  constructor(
    private readonly repository: SendOrderRepository,
    private readonly access: ChannelAccess,
    private readonly graph: ChannelGraph,
  ) {}

  async typing(conversation: CustomerConversation, on: boolean): Promise<void> {
    const { conversationId } = conversation;
    const since = this.typingSince.get(conversationId);
    if (on && since !== undefined && Date.now() - since < typingLastsMs) return;
    if (this.typingSince.size >= most) this.typingSince.clear();
    if (on) this.typingSince.set(conversationId, Date.now());
    else this.typingSince.delete(conversationId);
    await this.show(conversation, async (account, target) =>
      typingBody(
        account.platform,
        recipientOf(target),
        on,
        // WhatsApp shows typing in answer to a message.
        account.platform === 'whatsapp' ? await this.repository.lastInbound(conversationId) : undefined,
      ),
    );
  }

  async read(conversation: CustomerConversation, platformMessageId: string): Promise<void> {
    await this.show(conversation, async (account, target) =>
      readBody(account.platform, recipientOf(target), platformMessageId),
    );
  }

  private async show(
    { workspaceId, conversationId }: CustomerConversation,
    requestOf: (account: ChannelAccount, target: SendTarget) => Promise<GraphRequest | undefined>,
  ): Promise<void> {
    const target = await this.repository.target(workspaceId, conversationId);
    const account = target && (await this.access.account(target.conversation.channelId));
    if (!account?.target || account.status !== 'connected') return;
    const request = await requestOf(account, target!);
    if (!request) return;
    await this.graph.call(account, {
      method: 'POST',
      path: `${encodeURIComponent(request.node ?? inboxNode(account))}/${request.edge}`,
      json: request.body,
      timeoutMs: 5000,
    });
  }
}
