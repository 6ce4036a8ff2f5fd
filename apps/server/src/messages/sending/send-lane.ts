import { type BeforeApplicationShutdown, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '@switchboard/database';
import { GraphError, graphBody, type SendContent } from '@switchboard/meta';
import { type ChannelAccount, ChannelGraph, inboxNode } from '../../channels';
import { accepted, brokenRequest, held, neverMade } from './call-answers';
import { ChannelCalls } from './channel-calls';
import { LateSlots } from './late-slots.service';
import { MediaSends } from './media-sends';
import { OutboundRepository, type TakenMessage } from './outbound.repository';
import { Outcomes } from './outcomes.service';
import { outcomeOf, type SendOutcome } from './send-outcome';
import { atPace, freeSlots, guarded, mostInASecond, paceOf, type RateKind, rateOf } from './send-rate';
import { type RateRow, SendRatesRepository } from './send-rates.repository';
import { SendingChannels } from './sending-channels.service';

/** Messages are taken for this long ahead: what a killed process had taken and not sent is at most this much. Taken again when half of it is used. */
const horizonMs = 50;
/** What misses its slot by more takes another; less where another process sends, too, for what is late leaves among what that one sends. */
const latest = { aloneMs: 250, sharedMs: 10 };
/** Then it goes back into the queue: this process is no good at the moment. */
const mostMissed = 20;
/** While calls are under way it is looked as often for what was given to be sent meanwhile. */
const lookAgainMs = 50;
/** Meta answers within a second or two; what takes longer is unknown. */
const callTimeoutMs = 20_000;
/** A call that could not be made for so long after its message was taken is not made: the process stood still, and others may have ended it. */
const staleMs = 10_000;

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
export class SendLane implements OnModuleDestroy, BeforeApplicationShutdown {
  private readonly logger = new Logger(SendLane.name);
  private readonly calls = new Map<string, ChannelCalls>();
  private readonly runs = new Set<Promise<void>>();
  private stopping = false;

  constructor(
    private readonly database: Database,
    private readonly outbound: OutboundRepository,
    private readonly rates: SendRatesRepository,
    private readonly late: LateSlots,
    private readonly outcomes: Outcomes,
    private readonly graph: ChannelGraph,
    private readonly media: MediaSends,
    private readonly channels: SendingChannels,
  ) {}

  /** From here on nothing more is taken; what is taken already is sent. */
  onModuleDestroy(): void {
    this.stopping = true;
  }

  /** Only this process knows how the calls under way end. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.allSettled(this.runs);
    await Promise.all([...this.calls.values()].flatMap(({ unwritten }) => [...unwritten]));
  }

  /** Until nothing is due, or `until` says stop (milliseconds of performance.now()). Calls may still be under way then. */
  run(channelId: string, until: number): Promise<void> {
    const run = this.sendDue(channelId, until).finally(() => this.runs.delete(run));
    this.runs.add(run);
    return run;
  }

  private async sendDue(channelId: string, until: number): Promise<void> {
    const calls = this.callsOf(channelId);
    const { unwritten } = calls;
    calls.runs += 1;
    try {
      while (!this.stopping && performance.now() < until) {
        const { account, canSend } = await this.channels.ofId(channelId);
        if (!account || !canSend) {
          await this.refuse(channelId, account);
          return;
        }
        const room = calls.room(horizonMs);
        const takenAt = performance.now();
        const claim = room > 0 ? await this.claim(account, room) : undefined;
        for (const { message, slot, throttled } of claim?.taken ?? []) {
          const times = { due: slot - claim!.clockAhead, takenAt };
          const send: Promise<void> = this.sendAt(times, calls, account, message, throttled).finally(() => {
            unwritten.delete(send);
            this.forgetCalls(channelId);
          });
          unwritten.add(send);
        }
        if (claim?.againInMs !== undefined) {
          // Only time gives new slots; looking at each answer would cost more than it sends.
          await pause(Math.min(claim.againInMs, lookAgainMs));
          continue;
        }
        if (claim && claim.taken.length > 0) continue;
        if (unwritten.size === 0) return;
        // An answer may let the next message of its conversation go.
        await Promise.race([...unwritten, pause(lookAgainMs)]);
      }
    } finally {
      calls.runs -= 1;
      this.forgetCalls(channelId);
    }
  }

  private callsOf(channelId: string): ChannelCalls {
    const calls = this.calls.get(channelId) ?? new ChannelCalls();
    this.calls.set(channelId, calls);
    return calls;
  }

  private forgetCalls(channelId: string): void {
    if (this.calls.get(channelId)?.idle) this.calls.delete(channelId);
  }

  private claim(account: ChannelAccount, room: number): Promise<Claim> {
    const { id, platform, messagesPerSecond } = account;
    const { guardMs } = this.callsOf(id);
    const rateFor = (kind: RateKind) => guarded(rateOf(platform, kind, messagesPerSecond), guardMs);
    return this.database.transaction(async () => {
      const rates = await this.rates.lockRates(id);
      const now = rates[0]?.now ?? 0;
      const clockAhead = now - performance.now();
      const free = rates
        .filter(({ blockedUntil }) => blockedUntil === null || blockedUntil <= now)
        .map((row) => {
          const rate = atPace(rateFor(row.rate), paceOf(row.pace, row.blockedUntil, now));
          return { row, rate, slots: freeSlots(rate, row.nextSlot, now, horizonMs, room) };
        });
      const open = free.filter(({ slots }) => slots.at.length > 0);
      const closed = rates.filter((row) => !open.some((one) => one.row === row));
      const againInMs = soonest(closed, performance.now() + clockAhead);
      if (open.length === 0) return { taken: [], clockAhead, againInMs };
      const taken = await this.outbound.take(
        id,
        open.map(({ row, slots }) => ({ rate: row.rate, most: slots.at.length })),
        platform === 'whatsapp',
      );
      if (taken.length === 0) return { taken: [], clockAhead, againInMs };
      const used = new Map<RateKind, number>();
      const placed = taken.map((message) => {
        const position = used.get(message.rate) ?? 0;
        used.set(message.rate, position + 1);
        const { row, slots } = open.find((one) => one.row.rate === message.rate)!;
        return { message, slot: slots.at[position]!, throttled: row.throttled };
      });
      const moved = [...used].map(([rate, count]) => {
        const { row, rate: allowed } = open.find((one) => one.row.rate === rate)!;
        return { rate, nextSlot: freeSlots(allowed, row.nextSlot, now, horizonMs, count).next, blockedUntil: null };
      });
      await this.rates.moveSlots(id, moved);
      for (const { rate, nextSlot } of moved)
        this.callsOf(id).claimed(rate, open.find(({ row }) => row.rate === rate)!.row.nextSlot, nextSlot);
      if (platform === 'whatsapp')
        await this.rates.movePairs(id, [...new Set(taken.map(({ contactId }) => contactId))]);
      const given = open.reduce((sum, { slots }) => sum + slots.at.length, 0);
      const slotsSpent = taken.length === given && given < room;
      return {
        taken: placed,
        clockAhead,
        againInMs: slotsSpent ? soonest(moved, performance.now() + clockAhead) : undefined,
      };
    });
  }

  /** Never rejects: an outcome that is lost here nobody else knows. */
  private async sendAt(
    { due, takenAt }: { due: number; takenAt: number },
    calls: ChannelCalls,
    account: ChannelAccount,
    message: TakenMessage,
    throttled: number,
  ): Promise<void> {
    const onTime = (await this.leaves(account, calls, message, due)) && performance.now() - takenAt < staleMs;
    const answered = onTime ? await calls.call(() => this.ready(account, message, throttled)) : neverMade;
    if (!answered) return;
    const outcome = held(message, answered);
    const { messageId, contactId, rate } = message;
    await this.outcomes.settle({ messageId, contactId, rate, channelId: account.id, outcome });
  }

  /** Resolves when it is to leave; with false where it cannot soon. */
  private async leaves(
    account: ChannelAccount,
    calls: ChannelCalls,
    { rate }: TakenMessage,
    slot: number,
  ): Promise<boolean> {
    const most = mostInASecond(account.platform, rate, account.messagesPerSecond);
    let due: number | undefined = slot;
    for (let missed = 0; due !== undefined && missed < mostMissed; ) {
      await pauseUntil(due);
      if (most === undefined) return true;
      if (due === slot) calls.woke(due);
      if (performance.now() - due > (calls.shared ? latest.sharedMs : latest.aloneMs)) {
        missed += 1;
        due = await this.late.take(account, rate);
        continue;
      }
      const wait = calls.wait(rate, most, slot);
      if (wait === 0) return true;
      due = performance.now() + wait;
    }
    return false;
  }

  /** `undefined` where its file is on its way to Meta and it is in the queue again, or has failed for it. */
  private async ready(
    account: ChannelAccount,
    message: TakenMessage,
    throttled: number,
  ): Promise<SendOutcome | undefined> {
    let content: SendContent | undefined;
    try {
      content = await this.media.ready(account, message);
    } catch (error) {
      // The database or the files are away for a moment; the message has not left.
      const reason = `Its files could not be looked up (${(error as Error).message}); it is sent later.`;
      this.logger.warn(`Message ${message.messageId} of channel ${account.id}: ${reason}`);
      return { kind: 'later', delayMs: lookAgainMs, waits: 'message', reason };
    }
    return content && this.send(account, message, content, throttled);
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
        path: `${encodeURIComponent(node ?? inboxNode(account))}/${edge}`,
        json: body,
        timeoutMs: callTimeoutMs,
      });
      return accepted(answer.body);
    } catch (error) {
      if (!(error instanceof GraphError)) return brokenRequest(error);
      if (error.errorClass === 'invalid') await this.distrust(account, message);
      return outcomeOf(error, attempts, error.errorClass === 'pair_throttled' ? pairThrottled : throttled);
    }
  }

  /** Costs a second refusal at worst where it fails; the outcome must not be lost for it. */
  private distrust(account: ChannelAccount, message: TakenMessage): Promise<void> {
    return this.media
      .distrust(account, message)
      .catch((error: Error) =>
        this.logger.warn(`The copies at Meta of files of message ${message.messageId} are kept: ${error.message}`),
      );
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

/** When the first of these rates has slots again; longer waits are the sweep's: a job does not stand in the queue for them. */
function soonest(rates: readonly Pick<RateRow, 'nextSlot' | 'blockedUntil'>[], now: number): number | undefined {
  const waits = rates.map(({ nextSlot, blockedUntil }) => Math.max(nextSlot - horizonMs / 2, blockedUntil ?? 0) - now);
  const wait = Math.max(1, Math.min(...waits));
  return wait <= 1000 ? wait : undefined;
}

async function pauseUntil(at: number): Promise<void> {
  const early = at - performance.now();
  if (early > 0) await pause(early);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
