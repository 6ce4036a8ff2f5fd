import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import type { GraphError } from '@switchboard/meta';
import type { ChannelAccount } from '../../channels';
import { RetryLater } from '../../rest';
import { outcomeOf } from './send-outcome';
import { atPace, freeSlots, paceOf, type RateKind, rateOf } from './send-rate';
import { SendRatesRepository } from './send-rates.repository';

/** As far ahead as messages are taken: further, and calls beside the queue would keep it waiting; less, and it would keep them. */
const horizonMs = 50;
/** Whoever asked is waiting for the answer. */
const patienceMs = 1000;
const againMs = 20;

/** A place in a channel's rate, had by one call. */
export interface SingleSlot {
  channelId: string;
  kind: RateKind;
  /** How often in a row the rate was throttled before. */
  throttled: number;
}

type Turn = { slot: SingleSlot; inMs: number } | { inMs: number; by: 'us' | 'meta' };

/** Counts calls that do not go through the queue against the same rates, whatever process makes them. */
@Injectable()
export class SingleSlots {
  constructor(
    private readonly database: Database,
    private readonly rates: SendRatesRepository,
  ) {}

  /**
   * Resolves when the call may be made.
   * @throws RetryLater (429) where that is not soon
   */
  async take(account: ChannelAccount, kind: RateKind): Promise<SingleSlot> {
    const until = performance.now() + patienceMs;
    for (;;) {
      const turn = await this.ask(account, kind);
      if ('slot' in turn) {
        await pause(turn.inMs);
        return turn.slot;
      }
      if (turn.by === 'meta') throw RetryLater.rateLimited(turn.inMs, `Meta throttles the channel ${account.name}.`);
      const wait = Math.max(againMs, turn.inMs - horizonMs);
      if (performance.now() + wait > until) throw RetryLater.rateLimited(turn.inMs, spent(account, kind));
      await pause(wait);
    }
  }

  /** Meta has throttled the call: the rate waits, as after a message. */
  async throttled({ channelId, kind, throttled }: SingleSlot, error: GraphError): Promise<RetryLater> {
    const outcome = outcomeOf(error, 1, throttled);
    const delayMs = outcome.kind === 'later' ? outcome.delayMs : 0;
    await this.rates.blockChannel(channelId, kind, delayMs);
    return RetryLater.rateLimited(delayMs, `Meta has throttled it (${error.message}); it was not done.`);
  }

  async wentWell({ channelId, throttled }: SingleSlot): Promise<void> {
    if (throttled > 0) await this.rates.unthrottle([channelId], []);
  }

  private ask(account: ChannelAccount, kind: RateKind): Promise<Turn> {
    const { id: channelId, workspaceId, platform, messagesPerSecond } = account;
    return this.database.transaction(async () => {
      await this.rates.addRates([{ channelId, workspaceId, rate: kind }]);
      const row = (await this.rates.lockRates(channelId)).find(({ rate }) => rate === kind)!;
      const { now, nextSlot, blockedUntil, throttled } = row;
      if (blockedUntil !== null && blockedUntil > now) return { inMs: blockedUntil - now, by: 'meta' };
      const rate = atPace(rateOf(platform, kind, messagesPerSecond), paceOf(row.pace, blockedUntil, now));
      const { at, next } = freeSlots(rate, nextSlot, now, horizonMs, 1);
      if (at[0] === undefined) return { inMs: next - now, by: 'us' };
      await this.rates.moveSlots(channelId, [{ rate: kind, nextSlot: next }]);
      return { slot: { channelId, kind, throttled }, inMs: at[0] - now };
    });
  }
}

function spent({ name }: ChannelAccount, kind: RateKind): string {
  return kind === 'private_reply'
    ? `The channel ${name} has used up its private replies: Meta takes 750 an hour.`
    : `The channel ${name} sends as fast as Meta allows already.`;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
