import { Injectable, Logger } from '@nestjs/common';
import { Database } from '@switchboard/database';
import { EventRecorder, type NewEvent } from '@switchboard/events';
import { metrics } from '@switchboard/observability';
import { Media } from '../../media';
import { CampaignSignals } from '../campaign-signals';
import { BulkRates } from './bulk-rates.service';
import { OutboundRepository } from './outbound.repository';
import { OutcomesRepository, type SettledMessage } from './outcomes.repository';
import type { SendOutcome } from './send-outcome';
import type { RateKind } from './send-rate';
import { SendRatesRepository } from './send-rates.repository';
import { acceptedEvents, echoGone, stateEvent } from './settled-events';

/** A message and what became of handing it to Meta. */
export interface Settled {
  messageId: string;
  channelId: string;
  contactId: string;
  rate: RateKind;
  outcome: SendOutcome;
  /** States of the queue in which this outcome still counts; after a call of ours where nothing is said. */
  from?: readonly ('queued' | 'held' | 'paused' | 'sending' | 'unknown')[];
}

const afterCall = ['sending', 'unknown'] as const;

interface Waiting {
  settled: Settled;
  done: () => void;
}

const most = 500;
const retryMs = 1000;

/**
 * Writes down what became of sends, as many in one transaction as have come while the one before was written. An outcome that cannot be
 * written (the database is away) is kept and tried again: the send has happened, and only this process knows how it went.
 */
@Injectable()
export class Outcomes {
  private readonly logger = new Logger(Outcomes.name);
  private waiting: Waiting[] = [];
  private running?: Promise<void>;
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly database: Database,
    private readonly repository: OutcomesRepository,
    private readonly outbound: OutboundRepository,
    private readonly rates: SendRatesRepository,
    private readonly recorder: EventRecorder,
    private readonly media: Media,
    private readonly campaigns: CampaignSignals,
    private readonly bulkRates: BulkRates,
  ) {}

  /** Resolves once it is written. */
  settle(settled: Settled): Promise<void> {
    return new Promise((done) => {
      this.waiting.push({ settled, done });
      this.write();
    });
  }

  private write(): void {
    if (this.running || this.timer) return;
    this.running = this.batch().finally(() => {
      this.running = undefined;
      if (this.waiting.length > 0) this.write();
    });
  }

  private async batch(): Promise<void> {
    // What has come in this turn of the event loop travels together.
    await new Promise((resolve) => setImmediate(resolve));
    const batch = new Set(this.waiting.splice(0, most));
    try {
      await this.writeDown(batch, [...batch]);
    } catch (error) {
      this.waiting.unshift(...batch);
      this.logger.error(
        `The outcomes of ${batch.size} sends could not be written (${(error as Error).message}); they are kept in memory and tried again every second. Do not kill this process before the database is back: those messages would end as unknown.`,
      );
      this.timer = setTimeout(() => {
        this.timer = undefined;
        this.write();
      }, retryMs);
    }
  }

  /** Takes out of `batch` what it has written. One outcome that cannot be stored must not keep the others waiting. */
  private async writeDown(batch: Set<Waiting>, some: readonly Waiting[]): Promise<void> {
    try {
      await this.apply(some.map(({ settled }) => settled));
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (some.length > 1) {
        const middle = Math.ceil(some.length / 2);
        await this.writeDown(batch, some.slice(0, middle));
        await this.writeDown(batch, some.slice(middle));
        return;
      }
      const { messageId, channelId } = some[0]!.settled;
      this.logger.error(
        `What Meta answered to message ${messageId} of channel ${channelId} cannot be stored (${(error as Error).message}); the message becomes unknown.`,
      );
      await this.apply([{ ...some[0]!.settled, outcome: unreadable }]);
    }
    for (const one of some) {
      batch.delete(one);
      one.done();
    }
  }

  /** Writes outcomes in one transaction, and records what is to be told of them. */
  async apply(settled: readonly Settled[]): Promise<void> {
    const ofKind = <K extends SendOutcome['kind']>(kind: K) =>
      settled.flatMap((one) =>
        one.outcome.kind === kind ? [{ ...one, outcome: one.outcome as Extract<SendOutcome, { kind: K }> }] : [],
      );
    await this.database.transaction(async () => {
      await this.repository.lockChannels(settled.map(({ channelId }) => channelId));
      await this.later(ofKind('later'));
      const held = ofKind('held').map(({ messageId }) => messageId);
      if (held.length > 0) await this.outbound.hold(held);
      const events = [
        ...(await this.sent(
          ofKind('sent').map(({ messageId, channelId, contactId, outcome }) => ({
            messageId,
            channelId,
            contactId,
            platformMessageId: outcome.platformMessageId,
          })),
        )),
        ...(await this.marked('unknown', ofKind('unknown'))),
        ...(await this.marked('failed', ofKind('failed'))),
      ];
      await this.recorder.record(events);
    });
    for (const { outcome } of settled) metrics.sends.inc({ outcome: outcome.kind });
  }

  private async sent(
    sent: readonly { messageId: string; channelId: string; contactId: string; platformMessageId: string }[],
  ): Promise<NewEvent[]> {
    if (sent.length === 0) return [];
    const claims = await this.repository.takeBack(sent);
    const accepted = await this.repository.accept(sent);
    const echoes = claims.filter(({ gone }) => gone);
    await this.media.eraseWith(echoes);
    const mistaken = claims.filter(({ gone }) => !gone).map(({ messageId }) => messageId);
    if (echoes.length > 0) await this.repository.showLatest(echoes.map(({ conversationId }) => conversationId));
    await this.rates.unthrottle(
      sent.map(({ channelId }) => channelId),
      sent.map(({ contactId }) => contactId),
    );
    // A status or an echo that told it before us has been told of then.
    const news = accepted.filter(({ told }) => !told).map(({ messageId }) => messageId);
    const views = await this.repository.views([...mistaken, ...news]);
    await this.campaigns.moved(ofCampaigns(views));
    return [
      ...echoes.map(echoGone),
      ...views.flatMap((view) => (mistaken.includes(view.message.id) ? [stateEvent(view)] : acceptedEvents(view))),
    ];
  }

  private async marked(
    status: 'failed' | 'unknown',
    marked: readonly (Settled & { outcome: Extract<SendOutcome, { kind: 'failed' | 'unknown' }> })[],
  ): Promise<NewEvent[]> {
    if (marked.length === 0) return [];
    const changed: string[] = [];
    for (const [from, some] of byStates(marked)) {
      const errors = some.map(({ messageId, outcome }) => ({ messageId, error: outcome.error }));
      changed.push(...(await this.repository.mark(status, from, errors)));
    }
    const views = await this.repository.views(changed);
    await this.campaigns.moved(ofCampaigns(views));
    await this.bulkRates.refused(
      views.map(({ message: { channelId, workspaceId, error } }) => ({ channelId, workspaceId, code: error?.code })),
    );
    return views.map(stateEvent);
  }

  private async later(
    later: readonly (Settled & { outcome: Extract<SendOutcome, { kind: 'later' }> })[],
  ): Promise<void> {
    if (later.length === 0) return;
    await this.outbound.putBack(
      later.map(({ messageId, outcome }) => ({
        messageId,
        delayMs: outcome.waits === 'message' ? outcome.delayMs : 0,
      })),
    );
    // Channels before pairs, as claims lock them.
    const waits = distinctWaits(later).sort(
      (a, b) => Number(b.outcome.waits === 'channel') - Number(a.outcome.waits === 'channel'),
    );
    for (const { messageId, channelId, rate, outcome } of waits) {
      if (outcome.waits === 'channel') {
        this.logger.warn(`Channel ${channelId} waits ${outcome.delayMs} ms: ${outcome.reason}`);
        await this.rates.blockChannel(channelId, rate, outcome.delayMs);
      } else await this.rates.blockPair(messageId, outcome.delayMs);
    }
  }
}

const ofCampaigns = (views: readonly SettledMessage[]) =>
  views.flatMap(({ message: { id: messageId, author } }) =>
    author.kind === 'campaign' ? [{ campaignId: author.id, messageId }] : [],
  );

const unreadable: SendOutcome = {
  kind: 'unknown',
  error: { reason: 'ambiguous', message: 'Meta’s answer could not be stored.', mayRetry: true },
};

/** SQLSTATE classes 22 and 23: the values are refused, and would be every time. */
const isRefusal = (error: unknown): boolean => /^2[23]...$/.test(String((error as { code?: unknown }).code));

function byStates<T extends Settled>(settled: readonly T[]): Map<NonNullable<Settled['from']>, T[]> {
  const groups = new Map<NonNullable<Settled['from']>, T[]>();
  for (const one of settled) {
    const from = one.from ?? afterCall;
    groups.set(from, [...(groups.get(from) ?? []), one]);
  }
  return groups;
}

/** One wait for each channel and rate, or pair, that was throttled: the longest. */
function distinctWaits<T extends Settled & { outcome: Extract<SendOutcome, { kind: 'later' }> }>(
  later: readonly T[],
): T[] {
  const longest = new Map<string, T>();
  for (const one of later) {
    const { waits, delayMs } = one.outcome;
    if (waits === 'message') continue;
    const key = waits === 'channel' ? `${one.channelId} ${one.rate}` : `${one.channelId} ${one.contactId}`;
    if ((longest.get(key)?.outcome.delayMs ?? -1) < delayMs) longest.set(key, one);
  }
  return [...longest.values()];
}
