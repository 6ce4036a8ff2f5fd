import { createHash } from 'node:crypto';
import {
  BadRequestException,
  ConflictException,
  Injectable,
  NotFoundException,
  UnprocessableEntityException,
} from '@nestjs/common';
import type { MessageAuthor, MessageView } from '@switchboard/contracts';
import { Database, newId } from '@switchboard/database';
import { EventRecorder, type NewEvent } from '@switchboard/events';
import {
  type CustomerRef,
  type Platform,
  type SendContent,
  sentContentOf,
  sentPreviewOf,
  sentTypeOf,
} from '@switchboard/meta';
import { Nudges } from '@switchboard/queue';
import { ChannelAccess, type ChannelAccount } from '../../channels';
import { ContactDirectory, ContactRace } from '../../contacts';
import { MediaForSending } from '../../media';
import { noSuch, noSuchNamed } from '../../rest';
import { TemplateCheck } from '../../templates';
import { conversationAudience } from '../intake/channel-item';
import { rankOf } from '../message-status';
import { conversationSummary, cutPreview, type MessageRow, messageView } from '../message-views';
import { checkedContent, mayBeSent } from './content-checks';
import { OutboundRepository } from './outbound.repository';
import { OutcomesRepository } from './outcomes.repository';
import { recipientOf } from './recipient-of';
import { SendOrderRepository, type SendTarget } from './send-order.repository';
import { rateKindOf } from './send-rate';
import type { SendRequest } from './send-request';
import { type SendingChannel, SendingChannels } from './sending-channels.service';
import { stateEvent } from './settled-events';

/** Who sends. */
export interface Sender {
  workspaceId: string;
  author: MessageAuthor;
  /** The user or API key, for idempotency keys. */
  actorId: string;
  /** 0: a person; 1: a flow; 2: bulk. */
  priority: 0 | 1 | 2;
}

/** To whom: a conversation, a contact on a channel, or an address that a channel can reach. */
export type SendTo =
  | { conversationId: string }
  | { channelId: string; contactId: string }
  | { channelId: string; address: CustomerRef };

export interface SendOrder {
  to: SendTo;
  content: unknown;
  /** Our id of the message answered. */
  replyToMessageId?: string | undefined;
  clientId?: string | undefined;
  idempotencyKey?: string | undefined;
  /** Messenger and Instagram, 24 hours after the customer's last message and up to 7 days: the app has Meta's leave for the tag. */
  humanAgent?: boolean | undefined;
  /** What happens while the channel cannot send. */
  whenDisconnected?: 'refuse' | 'hold' | undefined;
}

const mostAttempts = 3;

/** A merge, or one that was taken back, has come between what was read and the locks. */
class Moved extends Error {}

/**
 * Takes messages to be sent. What Meta would surely refuse is refused here, with the limit named; what is taken is stored, told as
 * `message.queued` and sent once.
 */
@Injectable()
export class SendMessages {
  constructor(
    private readonly database: Database,
    private readonly repository: SendOrderRepository,
    private readonly outcomes: OutcomesRepository,
    private readonly outbound: OutboundRepository,
    private readonly access: ChannelAccess,
    private readonly channels: SendingChannels,
    private readonly contacts: ContactDirectory,
    private readonly templates: TemplateCheck,
    private readonly recorder: EventRecorder,
    private readonly nudges: Nudges,
    private readonly media: MediaForSending,
  ) {}

  /**
   * @returns the message, and whether it had been taken before under the same idempotency key
   * @throws HttpException with `code`: not_found, invalid, window_closed, channel_disconnected, template_unknown, needs_phone,
   *   idempotency_key_reused
   */
  send(sender: Sender, order: SendOrder): Promise<{ message: MessageView; repeated: boolean }> {
    return this.unraced(() => this.take(sender, order, []));
  }

  /** @param before what is to be told before it */
  private take(
    sender: Sender,
    order: SendOrder,
    before: readonly NewEvent[],
  ): Promise<{ message: MessageView; repeated: boolean }> {
    return this.database.transaction(async () => {
      const messageId = newId();
      const earlier = await this.earlier(sender, order, messageId);
      if (earlier) return { message: earlier, repeated: true };
      const { target, events } = await this.targetOf(sender.workspaceId, order.to);
      const channel = await this.channels.ofId(target.conversation.channelId);
      const { platform } = target.conversation;
      const content = readContent(platform, await this.media.describe(sender.workspaceId, platform, order.content));
      const { replyTo, replyToMessageId } = await this.answered(target, order.replyToMessageId);
      const { humanAgent } = mayBeSent(platform, content, target.conversation, {
        humanAgent: order.humanAgent ?? false,
        sentBy: sender.priority === 0 ? 'person' : 'automation',
      });
      const hold = order.whenDisconnected === 'hold';
      const held = mustWait(channel, hold);
      const to = recipientOf(target);
      const definition =
        platform === 'whatsapp' && content.type === 'template'
          ? await this.templates.check(target.conversation.channelId, content, 'waId' in to)
          : undefined;
      const request: SendRequest = {
        to,
        content,
        ...(replyTo === undefined ? {} : { replyTo }),
        ...(humanAgent ? { humanAgent: true } : {}),
        ...(hold ? { hold: true } : {}),
      };
      const row = await this.store(sender, target, messageId, request, definition, order.clientId, held, [
        ...before,
        ...events,
      ]);
      return { message: messageView(row, platform, replyToMessageId), repeated: false };
    });
  }

  /** Sends a failed or unknown message again, as a new one. Only once for each. */
  async retry(sender: Sender, messageId: string): Promise<MessageView> {
    return this.unraced(() => this.database.transaction(() => this.takeAgain(sender, messageId)));
  }

  private async takeAgain(sender: Sender, messageId: string): Promise<MessageView> {
    const message = await this.repository.message(sender.workspaceId, messageId);
    if (!message) throw noSuch('message');
    await this.repository.target(sender.workspaceId, message.conversationId);
    const taken = await this.repository.takeForRetry(sender.workspaceId, messageId);
    if (!taken) {
      throw new ConflictException({
        code: 'not_retryable',
        message: 'Only a message that failed, or whose outcome is unknown, can be sent again, and only once.',
      });
    }
    const { content, humanAgent, hold } = taken.request as SendRequest;
    const order: SendOrder = {
      to: { conversationId: taken.conversationId },
      content,
      replyToMessageId: taken.replyToMessageId ?? undefined,
      humanAgent,
      whenDisconnected: hold ? 'hold' : 'refuse',
    };
    const ended = taken.ended ? (await this.outcomes.views([messageId])).map(stateEvent) : [];
    return (await this.take(sender, order, ended)).message;
  }

  /** What was read of a contact or a conversation is not so any more once their locks are held: it is read again. */
  private async unraced<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof Moved || error instanceof ContactRace)) throw error;
        if (attempt < mostAttempts) continue;
        throw new ConflictException({
          code: 'conflict',
          message: 'This conversation or its contact is being changed by others; send it again.',
        });
      }
    }
  }

  private async earlier(sender: Sender, order: SendOrder, messageId: string): Promise<MessageView | undefined> {
    if (order.idempotencyKey === undefined) return undefined;
    const { idempotencyKey: key, ...asked } = order;
    const requestHash = createHash('sha256').update(JSON.stringify(asked)).digest();
    const { workspaceId, actorId } = sender;
    const taken = await this.repository.takeKey({ workspaceId, actorId, key, requestHash, messageId });
    if (!taken) return undefined;
    if (!taken.requestHash.equals(requestHash)) {
      throw new UnprocessableEntityException({
        code: 'idempotency_key_reused',
        message:
          'Idempotency-Key: this key was used for another request within the last 7 days; take a new one for each message.',
      });
    }
    const [view] = await this.outcomes.views([taken.messageId]);
    if (!view) throw notFound('The message that was sent under this key is not held any more.');
    return messageView(view.message, view.message.platform);
  }

  /** The conversation, and what is to be told of it and its contact where this made them. */
  private async targetOf(workspaceId: string, to: SendTo): Promise<{ target: SendTarget; events: NewEvent[] }> {
    if ('conversationId' in to) {
      const target = await this.repository.target(workspaceId, to.conversationId);
      if (target) return { target, events: [] };
      throw noSuch('conversation');
    }
    const account = await this.access.account(to.channelId);
    if (account?.workspaceId !== workspaceId) throw noSuchNamed('channelId', 'channel');
    const { id: channelId, platform } = account;
    const { contactId, created: newContact } =
      'contactId' in to ? { contactId: to.contactId, created: false } : await this.contactAt(account, to.address);
    if (!(await this.repository.lockContact(workspaceId, contactId))) {
      if ('address' in to) throw new Moved();
      throw noSuchNamed('contactId', 'contact');
    }
    const made = { id: newId(), workspaceId, channelId, contactId, platform };
    const { id, created } = await this.repository.conversationOf(made);
    const target = await this.repository.target(workspaceId, id);
    if (!target) throw new Moved();
    const { conversation, contact } = target;
    const audience = conversationAudience({ ...made, conversationId: id });
    const events: NewEvent[] = [];
    if (newContact)
      events.push({ workspaceId, audience, type: 'contact.created', data: { contact, channelId, platform } });
    if (created) {
      const data = { conversation: conversationSummary(conversation, contact) };
      events.push({ workspaceId, audience, type: 'conversation.created', data });
    }
    return { target, events };
  }

  private async contactAt(
    account: ChannelAccount,
    customer: CustomerRef,
  ): Promise<{ contactId: string; created: boolean }> {
    const scope = { workspaceId: account.workspaceId, channelId: account.id, platform: account.platform };
    if (account.platform !== 'whatsapp' && !customer.userId) {
      throw invalid('to', `to: name the customer by the id that ${account.platform} gave (userId).`);
    }
    const asked = [{ customer, scope, create: true }];
    const resolved = await this.contacts.resolve(asked, await this.contacts.known(asked));
    await resolved.confirmed;
    return { contactId: resolved.contacts[0]!.id, created: resolved.created.length > 0 };
  }

  private async answered(
    { conversation }: SendTarget,
    messageId: string | undefined,
  ): Promise<{ replyTo?: string; replyToMessageId: string | null }> {
    if (messageId === undefined) return { replyToMessageId: null };
    const message = await this.repository.messageIn(conversation.id, messageId);
    if (!message) throw invalid('replyToMessageId', 'replyToMessageId: there is no such message in this conversation.');
    if (!message.platformMessageId) {
      throw invalid('replyToMessageId', 'replyToMessageId: that message has not been sent yet; answer it once it has.');
    }
    return { replyTo: message.platformMessageId, replyToMessageId: message.id };
  }

  private async store(
    sender: Sender,
    { conversation, contact }: SendTarget,
    messageId: string,
    request: SendRequest,
    definition: object | undefined,
    clientId: string | undefined,
    held: boolean,
    events: readonly NewEvent[],
  ): Promise<MessageRow> {
    const { workspaceId, channelId, platform } = conversation;
    const row: MessageRow = {
      id: messageId,
      workspaceId,
      channelId,
      conversationId: conversation.id,
      contactId: contact.id,
      platformMessageId: null,
      direction: 'outbound',
      author: sender.author,
      type: sentTypeOf(platform, request.content),
      content: sentContentOf(platform, request.content, definition),
      status: 'queued',
      replyTo: request.replyTo ?? null,
      clientId: clientId ?? null,
      sentAt: new Date(),
      deletedAt: null,
      error: null,
    };
    const stored = {
      ...row,
      author: JSON.stringify(row.author),
      content: JSON.stringify(row.content),
      statusRank: rankOf('queued'),
    };
    // The conversation first: its lock puts those who send into it at the same moment in a row, and the queue keeps their order.
    const touched = await this.repository.touch(stored, cutPreview(sentPreviewOf(request.content, definition)));
    if (!touched) throw new Moved();
    await this.repository.insert(stored);
    await this.media.use(workspaceId, messageId, request.content);
    await this.outbound.enqueue([
      {
        messageId,
        workspaceId,
        channelId,
        conversationId: conversation.id,
        contactId: contact.id,
        priority: sender.priority,
        state: held ? 'held' : 'queued',
        rate: rateKindOf(platform, request.content.type),
        request,
      },
    ]);
    await this.recorder.record([
      ...events,
      {
        type: 'message.queued',
        workspaceId,
        audience: conversationAudience(row),
        data: { message: messageView(row, platform), conversation: conversationSummary(touched, contact) },
      },
    ]);
    if (!held) this.database.afterCommit(() => this.nudges.sends(channelId));
    return row;
  }
}

function mustWait({ account, canSend }: SendingChannel, hold: boolean): boolean {
  if (!account) throw notFound('The channel of this conversation does not exist any more.');
  if (canSend) return false;
  if (account.released) {
    throw new ConflictException({
      code: 'channel_disconnected',
      message: `The channel ${account.name} was given up; its conversations can only be read.`,
    });
  }
  if (hold) return true;
  const why = account.statusReason ?? (account.target ? `It is ${account.status}.` : 'It has no token yet.');
  throw new ConflictException({
    code: 'channel_disconnected',
    message: `The channel ${account.name} cannot send. ${why} Connect it first, or ask for the message to be held (whenDisconnected: "hold").`,
  });
}

function readContent(platform: Platform, content: unknown): SendContent {
  const checked = checkedContent(platform, content);
  // It belongs to the message reacted to, and is no message of its own.
  if (checked.type === 'reaction') {
    throw invalid('content.type', 'content.type: a reaction is put on a message with PUT /v1/messages/:id/reaction.');
  }
  return checked;
}

const notFound = (message: string) => new NotFoundException({ code: 'not_found', message });
const invalid = (field: string, message: string) =>
  new BadRequestException({ code: 'invalid', message, details: [{ field, problems: [message] }] });
