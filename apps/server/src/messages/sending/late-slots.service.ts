import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import type { ChannelAccount } from '../../channels';
import { atPace, freeSlots, guarded, mostGuardMs, paceOf, type RateKind, rateOf } from './send-rate';
import { SendRatesRepository } from './send-rates.repository';

/** What is not free within this is not waited for. */
const horizonMs = 1000;

interface Asked {
  kind: RateKind;
  given: (due: number | undefined) => void;
}

/**
 * Slots for messages that missed theirs, because the process stood still for a moment: sent all the same, they would leave among those whose
 * slots are now, and a second hold more than Meta allows.
 */
@Injectable()
export class LateSlots {
  private readonly asked = new Map<string, Asked[]>();

  constructor(
    private readonly database: Database,
    private readonly rates: SendRatesRepository,
  ) {}

  /** Resolves with the moment to leave at, performance.now(); `undefined` where none is free soon. Never rejects. */
  take(account: ChannelAccount, kind: RateKind): Promise<number | undefined> {
    return new Promise((given) => {
      const waiting = this.asked.get(account.id);
      if (waiting) {
        waiting.push({ kind, given });
        return;
      }
      this.asked.set(account.id, [{ kind, given }]);
      // What is late is late together.
      setImmediate(() => void this.give(account));
    });
  }

  private async give(account: ChannelAccount): Promise<void> {
    const asked = this.asked.get(account.id)!;
    this.asked.delete(account.id);
    const slots = await this.slots(account, asked).catch(() => asked.map(() => undefined));
    for (const [at, { given }] of asked.entries()) given(slots[at]);
  }

  private slots(
    { id, platform, messagesPerSecond }: ChannelAccount,
    asked: readonly Asked[],
  ): Promise<(number | undefined)[]> {
    return this.database.transaction(async () => {
      const rows = await this.rates.lockRates(id);
      const found = new Map<RateKind, number[]>();
      const moved: { rate: RateKind; nextSlot: number }[] = [];
      for (const { rate, nextSlot, blockedUntil, pace, now } of rows) {
        const count = asked.filter(({ kind }) => kind === rate).length;
        if (count === 0 || (blockedUntil !== null && blockedUntil > now)) continue;
        const allowed = atPace(
          guarded(rateOf(platform, rate, messagesPerSecond), mostGuardMs),
          paceOf(pace, blockedUntil, now),
        );
        const { at, next } = freeSlots(allowed, nextSlot, now, horizonMs, count);
        const clockAhead = now - performance.now();
        found.set(
          rate,
          at.map((slot) => slot - clockAhead),
        );
        moved.push({ rate, nextSlot: next });
      }
      if (moved.length > 0) await this.rates.moveSlots(id, moved);
      return asked.map(({ kind }) => found.get(kind)?.shift());
    });
  }
}
