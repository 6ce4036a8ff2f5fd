import { BadGatewayException, ConflictException, Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import { EventRecorder } from '@switchboard/events';
import { GraphError, type GraphRequest, graphBody, type SendContent } from '@switchboard/meta';
import { type ChannelAccount, ChannelGraph, inboxNode } from '../../channels';
import { noSuch } from '../../rest';
import { conversationAudience } from '../intake/channel-item';
import { MessageStateRepository } from '../intake/state.repository';
import { checkedContent, mayBeSent } from './content-checks';
import { recipientOf } from './recipient-of';
import { SendOrderRepository } from './send-order.repository';
import { errorView } from './send-outcome';
import { rateKindOf } from './send-rate';
import { SendingChannels } from './sending-channels.service';
import { SingleSlots } from './single-slots.service';

/**
 * Ours to a customer's message, and answers to comments. Neither stands in a conversation, so neither goes through its queue: a reaction
 * may be repeated without harm, and Meta takes only one private reply to a comment. Both count against the rates of what does.
 */
@Injectable()
export class Reactions {
  constructor(
    private readonly database: Database,
    private readonly repository: SendOrderRepository,
    private readonly states: MessageStateRepository,
    private readonly channels: SendingChannels,
    private readonly graph: ChannelGraph,
    private readonly slots: SingleSlots,
    private readonly recorder: EventRecorder,
  ) {}

  /** @param emoji empty takes it back */
  async react(workspaceId: string, messageId: string, emoji: string): Promise<void> {
    const message = await this.repository.message(workspaceId, messageId);
    const target = message && (await this.repository.target(workspaceId, message.conversationId));
    if (!message || !target) throw noSuchMessage();
    if (!message.platformMessageId) {
      throw new ConflictException({
        code: 'conflict',
        message: 'That message has not been sent yet; react to it once it has.',
      });
    }
    const { id: conversationId, platform, channelId, contactId } = target.conversation;
    const content = checkedContent(platform, { type: 'reaction', messageId: message.platformMessageId, emoji });
    const { sentAt, deletedAt } = message;
    mayBeSent(platform, content, target.conversation, {
      target: { sentAt: sentAt.getTime(), ...(deletedAt ? { deleted: true } : {}) },
    });
    const account = await this.sending(channelId);
    const request = graphBody(platform, recipientOf(target), content);
    await this.call(account, content.type, request, 'It is safe to react again.');
    const at = new Date();
    const { platformMessageId } = message;
    await this.database.transaction(async () => {
      const [changed] = await this.states.react([
        { channelId, platformMessageId, actor: 'business', emoji: emoji || null, name: null, at },
      ]);
      if (!changed) return;
      await this.recorder.record([
        {
          type: 'message.reacted',
          workspaceId,
          audience: conversationAudience({ workspaceId, channelId, conversationId, contactId }),
          data: {
            messageId,
            platformMessageId,
            conversationId,
            channelId,
            by: 'business',
            contactId: null,
            emoji: emoji || null,
            at: at.toISOString(),
          },
        },
      ]);
    });
  }

  /** Answers a comment beneath it, or its author alone. @returns Meta's id of the answer */
  async answerComment(
    workspaceId: string,
    channelId: string,
    commentId: string,
    answer: { text: string; privately: boolean },
  ): Promise<string> {
    const account = await this.sending(channelId, workspaceId);
    const type = answer.privately ? 'private_reply' : 'public_reply';
    const content = checkedContent(account.platform, { type, commentId, text: answer.text });
    const request = graphBody(account.platform, {}, content);
    const again = answer.privately
      ? 'Meta takes one private reply to a comment, so it is safe to send it again.'
      : 'Look beneath the comment before you send it again.';
    const told = await this.call(account, type, request, again);
    const { id, message_id } = told as { id?: unknown; message_id?: unknown };
    return String(message_id ?? id ?? '');
  }

  private async sending(channelId: string, workspaceId?: string): Promise<ChannelAccount> {
    const { account, canSend } = await this.channels.ofId(channelId);
    if (!account || (workspaceId !== undefined && account.workspaceId !== workspaceId)) {
      throw noSuch('channel');
    }
    if (canSend) return account;
    throw new ConflictException({
      code: 'channel_disconnected',
      message: `The channel ${account.name} cannot send. ${account.statusReason ?? 'It has no token yet.'} Connect it first.`,
    });
  }

  private async call(
    account: ChannelAccount,
    type: SendContent['type'],
    { node, edge, body: json }: GraphRequest,
    again: string,
  ): Promise<unknown> {
    const slot = await this.slots.take(account, rateKindOf(account.platform, type));
    try {
      const path = `${encodeURIComponent(node ?? inboxNode(account))}/${edge}`;
      const { body } = await this.graph.call(account, { method: 'POST', path, json, timeoutMs: 15_000 });
      await this.slots.wentWell(slot);
      return body;
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      if (error.errorClass === 'throttled') throw await this.slots.throttled(slot, error);
      const unknown = error.errorClass === 'ambiguous';
      throw new BadGatewayException({
        code: unknown ? 'outcome_unknown' : 'refused_by_meta',
        message: unknown ? `Meta did not answer; it may have been done. ${again}` : `Meta refused it: ${error.message}`,
        details: errorView(error),
      });
    }
  }
}

const noSuchMessage = () => noSuch('message');
