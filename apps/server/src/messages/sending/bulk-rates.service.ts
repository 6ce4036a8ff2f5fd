import { Injectable, Logger } from '@nestjs/common';
import { Database } from '@switchboard/database';
import type { ChannelAccount } from '../../channels';
import { Clock } from '../../clock';
import { aheadMs, type BulkPace, lowered, paceAt, regained } from './bulk-pace';
import { BulkRatesRepository } from './bulk-rates.repository';
import { atPace, freeSlots, type SendRate } from './send-rate';

/** Fewer are not worth a transaction of their sender. */
const few = 5;
/** Meta's codes for a number that sends more than people want: its rate as such is not the matter. */
const spamCodes = [131048];

/**
 * How fast campaigns send where Meta thinks that people get more from a number than they want. People's and automations' messages are
 * not slowed: they answer somebody.
 */
@Injectable()
export class BulkRates {
  private readonly logger = new Logger(BulkRates.name);

  constructor(
    private readonly database: Database,
    private readonly repository: BulkRatesRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * How many bulk messages may be queued now, at most `wanted`; what is given counts as used.
   * @param rate the channel's own
   */
  async take({ id, workspaceId, details }: ChannelAccount, rate: SendRate, wanted: number): Promise<number> {
    const cap = paceAt(details.quality);
    if (wanted < few) return wanted;
    const now = this.clock.now();
    if (cap === 1 && regained(await this.repository.find(id), now) === 1) return wanted;
    return this.database.transaction(async () => {
      const before = await this.repository.lock(id, workspaceId, now);
      const current = regained(before, now);
      const kept: BulkPace = cap < current ? { ...before, pace: cap, since: now } : before;
      const slow = atPace(rate, Math.min(cap, current));
      const most = aheadMs(slow, few);
      const { at, next } = freeSlots(slow, kept.nextSlot.getTime(), now.getTime(), most, wanted);
      const given = at.length < few ? 0 : at.length;
      await this.repository.save(id, { ...kept, nextSlot: given === 0 ? kept.nextSlot : new Date(next) });
      return given;
    });
  }

  /** Meta has refused or not delivered messages with these codes. Inside the transaction that writes it down. */
  async refused(
    refusals: readonly { channelId: string; workspaceId: string; code: number | undefined }[],
  ): Promise<void> {
    const spam = refusals.filter(({ code }) => spamCodes.includes(code ?? 0));
    const channels = new Map(spam.map(({ channelId, workspaceId }) => [channelId, workspaceId]));
    for (const [channelId, workspaceId] of [...channels].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const now = this.clock.now();
      const before = await this.repository.lock(channelId, workspaceId, now);
      const pace = lowered(before, now);
      if (pace === undefined) continue;
      await this.repository.save(channelId, { ...before, pace, since: now });
      this.logger.warn(
        `Meta limits channel ${channelId} for spam (131048): campaigns send at ${Math.round(pace * 100)} % of its rate.`,
      );
    }
  }
}
