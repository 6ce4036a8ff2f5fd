import { Injectable } from '@nestjs/common';
import type { ExclusionReason, MessageAuthor, Platform } from '@switchboard/contracts';
import { Database, newId } from '@switchboard/database';
import type { NewEvent } from '@switchboard/events';
import {
  allowed,
  checkContent,
  type Recipient,
  type SendContent,
  sentContentOf,
  sentPreviewOf,
  sentTypeOf,
  windowsAfter,
} from '@switchboard/meta';
import { Nudges } from '@switchboard/queue';
import type { ChannelAccount } from '../../channels';
import { MediaForSending } from '../../media';
import { TemplateCheck } from '../../templates';
import { conversationAudience } from '../intake/channel-item';
import { rankOf } from '../message-status';
import { conversationSummary, cutPreview, type MessageRow, messageView } from '../message-views';
import { BulkRates } from './bulk-rates.service';
import { BulkSendsRepository, type Reachable } from './bulk-sends.repository';
import { checkedContent } from './content-checks';
import { OutboundRepository } from './outbound.repository';
import { Outcomes } from './outcomes.service';
import { rateKindOf, rateOf } from './send-rate';
import type { SendRequest } from './send-request';

/** Behind what people and flows send. */
const priority = 2;
/** Bulk messages that stand in a channel's queue: what it sends in a second, so that it never waits for more. */
const ahead = { seconds: 1, least: 20, most: 1000 };
const mostAtOnce = 500;

/** One message of many. */
export interface BulkMessage {
  to: Reachable;
  content: unknown;
  definition: object | undefined;
}

export interface BulkSender {
  account: ChannelAccount;
  author: MessageAuthor & { kind: 'campaign' };
  now: Date;
}

/** What became of giving one message to the queue. */
export type BulkOutcome =
  | { contactId: string; messageId: string }
  | { contactId: string; excluded: ExclusionReason; message: string };

/**
 * Messages of campaigns, on their way into the queue that people's messages leave by: a channel's rate is kept once, and whatever a
 * person or a flow sends goes first.
 */
@Injectable()
export class BulkSends {
  constructor(
    private readonly database: Database,
    private readonly repository: BulkSendsRepository,
    private readonly outbound: OutboundRepository,
    private readonly outcomes: Outcomes,
    private readonly media: MediaForSending,
    private readonly templates: TemplateCheck,
    private readonly rates: BulkRates,
    private readonly nudges: Nudges,
  ) {}

  /** How many more bulk messages a channel's queue takes now. */
  async room(account: ChannelAccount): Promise<number> {
    const rate = rateOf(account.platform, 'message', account.messagesPerSecond);
    const wanted = Math.round(Math.min(ahead.most, Math.max(ahead.least, rate.perSecond * ahead.seconds)));
    const room = Math.min(mostAtOnce, wanted - (await this.repository.waiting(account.id, priority)));
    return this.rates.take(account, rate, room);
  }

  /** What a channel sends in a second at best. */
  perSecond({ platform, messagesPerSecond }: ChannelAccount): number {
    return rateOf(platform, 'message', messagesPerSecond).perSecond;
  }

  /** Content with what is known of its files. @throws BadRequestException where one is not the workspace's */
  describe(workspaceId: string, platform: Platform, content: unknown): Promise<unknown> {
    return this.media.describe(workspaceId, platform, content);
  }

  /**
   * Whether a channel may send this at all, its windows aside.
   * @param sample the content with a value in every place
   * @param templates whether a template is held against what is known of it
   * @returns the template's definition, where it is known
   * @throws HttpException as a send of it
   */
  async check({ id, platform }: ChannelAccount, sample: unknown, templates: boolean): Promise<object | undefined> {
    const content = checkedContent(platform, sample);
    return content.type === 'template' && templates ? this.templates.check(id, content, true) : undefined;
  }

  /** Inside the transaction that sends to them: the contacts are locked. */
  reach({ workspaceId, id, platform }: ChannelAccount, contactIds: readonly string[]): Promise<Reachable[]> {
    return this.repository.reach(workspaceId, id, platform, contactIds);
  }

  /**
   * Stores and queues messages to contacts that `reach` has locked, each contact once, in the same transaction. Returns what is to be told
   * of them: hand it to `EventRecorder.record`, which is the transaction's last statement.
   */
  async send(
    { account, author, now }: BulkSender,
    messages: readonly BulkMessage[],
  ): Promise<{ outcomes: BulkOutcome[]; events: NewEvent[] }> {
    const { id: channelId, workspaceId, platform } = account;
    const excluded: BulkOutcome[] = [];
    const going: { to: Reachable; request: SendRequest; row: MessageRow; preview: string; definition?: object }[] = [];
    for (const { to, content, definition } of messages) {
      const { contactId } = to;
      const given = this.given(platform, to, content, definition, now);
      if ('excluded' in given) {
        excluded.push({ contactId, ...given });
        continue;
      }
      const row: MessageRow = {
        ...{ id: newId(), workspaceId, channelId, conversationId: '', contactId, platformMessageId: null },
        ...{ direction: 'outbound', author, type: sentTypeOf(platform, given.content), status: 'queued' },
        content: sentContentOf(platform, given.content, definition),
        ...{ replyTo: null, clientId: null, sentAt: now, deletedAt: null, error: null },
      };
      // Held and not failed where the channel stops: the campaign goes on when it is connected again.
      const request: SendRequest = { to: given.recipient, content: given.content, hold: true };
      going.push({ to, request, row, preview: cutPreview(sentPreviewOf(given.content, definition)) });
    }
    const events = going.length === 0 ? [] : await this.store(account, author.id, going);
    return {
      outcomes: [...excluded, ...going.map(({ row: { contactId, id } }) => ({ contactId, messageId: id }))],
      events,
    };
  }

  private given(
    platform: Platform,
    { waId, userId, lastInboundAt }: Reachable,
    given: unknown,
    definition: object | undefined,
    now: Date,
  ): { recipient: Recipient; content: SendContent } | { excluded: ExclusionReason; message: string } {
    const [problem] = checkContent(platform, given);
    if (problem) return { excluded: 'invalid', message: problem.message };
    const content = given as SendContent;
    if (waId === null && userId === null) {
      return { excluded: 'no_identity', message: `The contact has no address on this ${platform} channel.` };
    }
    const recipient: Recipient = waId === null ? { userId: userId! } : { waId };
    if (content.type === 'template' && definition) {
      const wrong = this.templates.problem(definition, content, waId !== null);
      if (wrong) return { excluded: wrong.code === 'needs_phone' ? 'needs_phone' : 'invalid', message: wrong.message };
    }
    const windows = windowsAfter(lastInboundAt?.getTime() ?? null, false);
    const answer = allowed(platform, content, { now: now.getTime(), ...windows, sentBy: 'automation' });
    if (!answer.ok) return { excluded: 'window_closed', message: answer.reason };
    return { recipient, content };
  }

  private async store(
    { id: channelId, workspaceId, platform }: ChannelAccount,
    campaignId: string,
    going: readonly { to: Reachable; request: SendRequest; row: MessageRow; preview: string }[],
  ): Promise<NewEvent[]> {
    const touched = await this.repository.touch(
      going.map(({ row, preview }) => ({
        ...{ id: newId(), workspaceId, channelId, contactId: row.contactId, platform, messageId: row.id },
        ...{ type: row.type, preview, sentAt: row.sentAt, campaignId },
      })),
    );
    const conversations = new Map(touched.map((one) => [one.contactId, one]));
    for (const { row } of going) row.conversationId = conversations.get(row.contactId)!.id;
    await this.repository.insert(
      going.map(({ row }) => ({
        ...row,
        author: JSON.stringify(row.author),
        content: JSON.stringify(row.content),
        statusRank: rankOf('queued'),
      })),
    );
    await this.media.useInAll(
      workspaceId,
      going.map(({ row, request }) => ({ messageId: row.id, content: request.content })),
    );
    await this.outbound.enqueue(
      going.map(({ row, request }) => ({
        ...{ messageId: row.id, workspaceId, channelId, conversationId: row.conversationId, contactId: row.contactId },
        ...{ priority, state: 'queued' as const, rate: rateKindOf(platform, request.content.type), request },
      })),
    );
    this.database.afterCommit(() => this.nudges.sends(channelId));
    return going.flatMap(({ to: { contact }, row }): NewEvent[] => {
      const { created, ...conversation } = conversations.get(row.contactId)!;
      const summary = conversationSummary(conversation, contact);
      const at = { workspaceId, audience: conversationAudience(row) };
      return [
        ...(created ? [{ ...at, type: 'conversation.created' as const, data: { conversation: summary } }] : []),
        { ...at, type: 'message.queued', data: { message: messageView(row, platform), conversation: summary } },
      ];
    });
  }

  /** What of these has not been handed to Meta stays where it is. */
  pause(messageIds: readonly string[]): Promise<number> {
    return messageIds.length === 0 ? Promise.resolve(0) : this.repository.pause(messageIds);
  }

  /** The reverse of `pause`. */
  async goOn(channelId: string, messageIds: readonly string[]): Promise<void> {
    if (messageIds.length > 0 && (await this.repository.goOn(messageIds)) > 0) {
      this.database.afterCommit(() => this.nudges.sends(channelId));
    }
  }

  /** What of these has not been handed to Meta is not sent any more: it fails with this reason. */
  async withdraw(channelId: string, messageIds: readonly string[], reason: string, message: string): Promise<void> {
    if (messageIds.length === 0) return;
    await this.outcomes.apply(
      messageIds.map((messageId) => ({
        ...{ messageId, channelId, contactId: '', rate: 'message' as const },
        from: ['queued', 'held', 'paused'],
        outcome: { kind: 'failed', errorClass: 'ours', error: { reason, message, mayRetry: false } },
      })),
    );
  }
}
