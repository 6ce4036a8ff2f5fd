import { Injectable } from '@nestjs/common';
import type { ChannelAccount } from '../../channels';
import { TierLimitsRepository } from './tier-limits.repository';

/** How many more people a business account may write to first, and when it may write to one more. */
export interface TierRoom {
  left: number;
  /** When the first of those who count now counts no more. */
  freeAt: Date | null;
}

const dayMs = 24 * 3_600_000;
/** Far from the limit it is not counted for each batch: no number sends as many in that time. */
const plenty = 5000;
const keptMs = 2000;
/** Whoever waits for room is looked at no more often: all of them are moved each time. */
const againMs = 60_000;
const unlimited: TierRoom = { left: Number.POSITIVE_INFINITY, freeAt: null };

/**
 * People outside their service window whom Meta lets a business account write to in any 24 hours, by `messaging_limit_tier`: `TIER_250`,
 * `TIER_2K`, `TIER_10K`, `TIER_100K`, `TIER_UNLIMITED`; `undefined` where Meta does not say.
 */
export function tierLimit(tier: string | undefined): number | undefined {
  const [, digits, thousands] = /^TIER_(\d+)(K?)$/.exec(tier ?? '') ?? [];
  return digits === undefined ? undefined : Number(digits) * (thousands ? 1000 : 1);
}

/** Keeps campaigns below Meta's messaging limit: what is beyond it would fail, and cost the number its quality. */
@Injectable()
export class TierLimits {
  private readonly kept = new Map<string, { left: number; at: number }>();

  constructor(private readonly repository: TierLimitsRepository) {}

  /**
   * Templates alone count. Everybody whom a campaign sent one in the last 24 hours counts, their window open or not. Inside the transaction
   * that sends as many at most: near the limit no other channel of the account is counted meanwhile.
   */
  async room({ platform, details, workspaceId, businessAccountId }: ChannelAccount, now: Date): Promise<TierRoom> {
    const limit = platform === 'whatsapp' ? tierLimit(details.tier) : undefined;
    if (limit === undefined || businessAccountId === null) return unlimited;
    const key = `${workspaceId} ${businessAccountId}`;
    const kept = this.kept.get(key);
    if (kept && kept.left > plenty && now.getTime() - kept.at < keptMs) return { left: kept.left, freeAt: null };
    await this.repository.lock({ workspaceId, businessAccountId });
    const { count, first } = await this.repository.sentSince(
      { workspaceId, businessAccountId },
      new Date(now.getTime() - dayMs),
      limit,
    );
    const left = Math.max(0, limit - count);
    this.kept.set(key, { left, at: now.getTime() });
    if (left > 0 || !first) return { left, freeAt: null };
    return { left, freeAt: new Date(Math.max(first.getTime() + dayMs, now.getTime() + againMs)) };
  }
}
