import { Injectable, Logger } from '@nestjs/common';
import { Database } from '@switchboard/database';
import { GraphError, graphBody, type SendContent } from '@switchboard/meta';
import { ChannelAccess, type ChannelAccount, ChannelGraph } from '../../channels';
import { MediaSends } from './media-sends';
import { OutboundRepository, type TakenMessage } from './outbound.repository';
import { Outcomes } from './outcomes.service';
import { outcomeOf, type SendOutcome, stopsChannel } from './send-outcome';
import { freeSlots, type RateKind, rateOf } from './send-rate';

/** Messages are taken for this long ahead: what a killed process had taken and not sent is at most this much. */
const horizonMs = 100;
/** Calls under way for one channel. */
const mostUnderWay = 200;
/** While calls are under way it is looked as often for what was given to be sent meanwhile. */
const lookAgainMs = 50;
/** Meta answers within a second or two; what takes longer is unknown. */
const callTimeoutMs = 20_000;

const queued = ['queued'] as const;

interface Claim {
  taken: { message: TakenMessage; slot: number; throttled: number }[];
  /** The database's clock less ours, ms. */
  clockAhead: number;
  /** When it is worth looking again, ms from now; `undefined` where nothing is due that slots hold back. */
  againInMs: number | undefined;
}

/**
 * Sends what waits on one channel, as fast as the channel's rates allow. Taking a message commits before its call is made, so that it is
 * never sent by two; a conversation's messages leave one after the other.
 */
@Injectable()
export class SendLane {
  private readonly logger = new Logger(SendLane.name);

  constructor(
    private readonly database: Database,
    private readonly outbound: OutboundRepository,
    private readonly outcomes: Outcomes,
    private readonly access: ChannelAccess,
    private readonly graph: ChannelGraph,
    private readonly media: MediaSends,
  ) {}

  /** Until nothing is due, or `until` says stop (milliseconds of performance.now()). */
  async run(channelId: string, until: number): Promise<void> {
    const underWay = new Set<Promise<void>>();
    let lastSent = Number.NEGATIVE_INFINITY;
    try {
      while (performance.now() < until) {
        const account = await this.access.account(channelId);
        if (!account?.target || account.status === 'failed' || account.status === 'disconnected') {
          await this.refuse(channelId, account);
          return;
        }
        const room = mostUnderWay - underWay.size;
        const claim = room > 0 ? await this.claim(account, room) : undefined;
        for (const { message, slot, throttled } of claim?.taken ?? []) {
          // Never closer together than the rate allows, whatever kept the event loop: a late slot makes the next ones late.
          const interval = 1000 / rateOf(account.platform, message.rate, account.messagesPerSecond).perSecond;
          const spaced = message.rate === 'private_reply' ? 0 : lastSent + interval;
          const due = Math.max(slot - claim!.clockAhead, spaced);
          lastSent = message.rate === 'private_reply' ? lastSent : due;
          const send: Promise<void> = this.sendAt(due, account, message, throttled).finally(() =>
            underWay.delete(send),
          );
          underWay.add(send);
        }
        if (claim && claim.taken.length > 0) continue;
        if (underWay.size === 0 && claim?.againInMs === undefined) return;
        // An answer may let the next message of its conversation go.
        await Promise.race([...underWay, pause(Math.min(claim?.againInMs ?? lookAgainMs, lookAgainMs))]);
      }
    } finally {
      await Promise.all(underWay);
    }
  }

  private claim(account: ChannelAccount, room: number): Promise<Claim> {
    const { id, platform, messagesPerSecond } = account;
    const rateFor = (kind: RateKind) => rateOf(platform, kind, messagesPerSecond);
    return this.database.transaction(async () => {
      const rates = await this.outbound.lockRates(id);
      const now = rates[0]?.now ?? 0;
      const clockAhead = now - performance.now();
      const free = rates
        .filter(({ blockedUntil }) => blockedUntil === null || blockedUntil <= now)
        .map((row) => ({ row, slots: freeSlots(rateFor(row.rate), row.nextSlot, now, horizonMs, room) }));
      const open = free.filter(({ slots }) => slots.at.length > 0);
      if (open.length === 0) {
        const waits = rates.map(
          ({ nextSlot, blockedUntil }) => Math.max(nextSlot - horizonMs, blockedUntil ?? 0) - now,
        );
        const wait = Math.max(1, Math.min(...waits));
        // Longer waits are the sweep's: a job does not stand in the queue for them.
        return { taken: [], clockAhead, againInMs: wait <= 1000 ? wait : undefined };
      }
      const taken = await this.outbound.take(
        id,
        open.map(({ row, slots }) => ({ rate: row.rate, most: slots.at.length })),
        platform === 'whatsapp',
      );
      if (taken.length === 0) return { taken: [], clockAhead, againInMs: undefined };
      const used = new Map<RateKind, number>();
      const placed = taken.map((message) => {
        const position = used.get(message.rate) ?? 0;
        used.set(message.rate, position + 1);
        const { row, slots } = open.find((one) => one.row.rate === message.rate)!;
        return { message, slot: slots.at[position]!, throttled: row.throttled };
      });
      await this.outbound.moveSlots(
        id,
        [...used].map(([rate, count]) => {
          const { row } = open.find((one) => one.row.rate === rate)!;
          return { rate, nextSlot: freeSlots(rateFor(rate), row.nextSlot, now, horizonMs, count).next };
        }),
      );
      if (platform === 'whatsapp')
        await this.outbound.movePairs(id, [...new Set(taken.map(({ contactId }) => contactId))]);
      return { taken: placed, clockAhead, againInMs: undefined };
    });
  }

  private async sendAt(due: number, account: ChannelAccount, message: TakenMessage, throttled: number): Promise<void> {
    const early = due - performance.now();
    if (early > 0) await pause(early);
    const content = await this.media.ready(account, message);
    if (!content) return;
    const outcome = await this.send(account, message, content, throttled);
    const { messageId, contactId, rate } = message;
    if (outcome.kind === 'failed' && stopsChannel(outcome.errorClass) && message.request.hold) {
      await this.outbound.hold([messageId]);
      return;
    }
    await this.outcomes.settle({ messageId, contactId, rate, channelId: account.id, outcome });
  }

  private async send(
    account: ChannelAccount,
    message: TakenMessage,
    content: SendContent,
    throttled: number,
  ): Promise<SendOutcome> {
    const { request, messageId, attempts, pairThrottled } = message;
    try {
      const { node, edge, body } = graphBody(account.platform, request.to, content, {
        callbackData: messageId,
        metadata: messageId,
        ...(request.replyTo === undefined ? {} : { replyTo: request.replyTo }),
        ...(request.humanAgent ? { humanAgent: true } : {}),
      });
      const answer = await this.graph.call(account, {
        method: 'POST',
        path: `${encodeURIComponent(node ?? account.externalId)}/${edge}`,
        json: body,
        timeoutMs: callTimeoutMs,
      });
      return accepted(answer.body);
    } catch (error) {
      if (!(error instanceof GraphError)) return brokenRequest(error);
      if (error.errorClass === 'invalid') await this.media.distrust(account, message);
      return outcomeOf(error, attempts, error.errorClass === 'pair_throttled' ? pairThrottled : throttled);
    }
  }

  /** Nothing leaves this channel: what waits is held where that was asked for, and fails with the reason otherwise. */
  private async refuse(channelId: string, account: ChannelAccount | undefined): Promise<void> {
    const reason = !account
      ? 'The channel does not exist any more.'
      : (account.statusReason ?? `The channel ${account.name} has no token; connect it.`);
    for (;;) {
      const waiting = await this.outbound.waiting(channelId, 500);
      if (waiting.length === 0) return;
      await this.outbound.hold(waiting.filter(({ hold }) => hold).map(({ messageId }) => messageId));
      await this.outcomes.apply(
        waiting
          .filter(({ hold }) => !hold)
          .map(({ messageId }) => ({
            messageId,
            channelId,
            contactId: '',
            rate: 'message' as const,
            from: queued,
            outcome: {
              kind: 'failed' as const,
              errorClass: 'ours' as const,
              error: { reason: 'channel_disconnected', message: reason, mayRetry: true },
            },
          })),
      );
      this.logger.warn(
        `Channel ${channelId} cannot send; ${waiting.length} messages that waited were refused or held. ${reason}`,
      );
    }
  }
}

/** Meta's answer to a send that it took: WhatsApp lists messages, Messenger and Instagram name one; a comment reply has an id. */
function accepted(body: unknown): SendOutcome {
  const { messages, message_id, id } = (body ?? {}) as {
    messages?: { id?: unknown }[];
    message_id?: unknown;
    id?: unknown;
  };
  const platformMessageId = (Array.isArray(messages) ? messages[0]?.id : undefined) ?? message_id ?? id;
  if (typeof platformMessageId === 'string' && platformMessageId !== '') return { kind: 'sent', platformMessageId };
  return {
    kind: 'unknown',
    error: { reason: 'ambiguous', message: 'Meta answered without the id of the message.', mayRetry: true },
  };
}

/** Ours, not Meta's: the request could not be made. It never left. */
function brokenRequest(error: unknown): SendOutcome {
  const message = `The message could not be put into Meta's form: ${(error as Error).message}`;
  return { kind: 'failed', errorClass: 'ours', error: { reason: 'invalid', message, mayRetry: false } };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
