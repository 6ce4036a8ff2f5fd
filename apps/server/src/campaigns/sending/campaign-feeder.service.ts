import { HttpException, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { ExclusionReason } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import { EventRecorder, type NewEvent } from '@switchboard/events';
import { serviceWindowMs } from '@switchboard/meta';
import { ChannelAccess, type ChannelAccount } from '../../channels';
import { Clock } from '../../clock';
import { ContactConsents } from '../../contacts';
import { type BulkMessage, BulkSends } from '../../messages';
import { CampaignContents, type CheckedVariant, frozen } from '../campaign-contents.service';
import { CampaignLife } from '../campaign-life.service';
import type { CampaignRow } from '../campaign-row';
import { personal } from '../content/personal-content';
import { pricingOf } from '../costs/pricing';
import { ProgressRepository } from '../progress/progress.repository';
import { count, type Move } from '../progress/tally';
import { quietUntil } from '../schedule';
import { type Claimed, type Fed, FeedRepository } from './feed.repository';
import { TierLimits, type TierRoom } from './tier-limits.service';
import { accountNow, broken, CannotGoOn, isOurs, whyStopped, worse } from './whether-to-go-on';

/** Recipients of one transaction: it holds their contacts while it lasts. */
const atOnce = 100;
/** Between looks whether a channel's queue has room. */
const lookMs = 100;
/** Fewer are not worth a transaction, unless they are the last. */
const fewest = 5;
const dayMs = 24 * 3_600_000;
const races = 5;
const retryable = ['40001', '40P01', '55P03'];

/**
 * Gives what campaigns have to send to their channels' queues, a second's worth ahead. A recipient leaves `pending` in the transaction
 * that queues their message: a crash before its commit leaves both undone, one after it neither, and the queue sends a message once.
 */
@Injectable()
export class CampaignFeeder implements OnModuleDestroy {
  private readonly logger = new Logger(CampaignFeeder.name);
  private stopping = false;

  constructor(
    private readonly database: Database,
    private readonly repository: FeedRepository,
    private readonly progress: ProgressRepository,
    private readonly life: CampaignLife,
    private readonly contents: CampaignContents,
    private readonly bulk: BulkSends,
    private readonly consents: ContactConsents,
    private readonly access: ChannelAccess,
    private readonly tiers: TierLimits,
    private readonly recorder: EventRecorder,
    private readonly clock: Clock,
  ) {}

  onModuleDestroy(): void {
    this.stopping = true;
  }

  /** Feeds a channel's queue until nobody is due, or `until` says stop (milliseconds of performance.now()). */
  async run(channelId: string, until: number): Promise<void> {
    while (!this.stopping && performance.now() < until) {
      const due = await this.repository.campaignsDue(channelId, this.clock.now());
      if (due.length === 0) return;
      const account = await accountNow(this.access, channelId);
      const stopped = whyStopped(account);
      if (!account || stopped) {
        for (const id of due) await this.life.stop(id, stopped!);
        return;
      }
      const room = await this.bulk.room(account);
      let fed = 0;
      // Each campaign of the channel has the same part of what there is room for.
      const part = Math.min(atOnce, Math.ceil(room / due.length));
      if (room >= fewest) for (const id of due) fed += await this.feedSome(account, id, part);
      if (fed === 0) await pause(lookMs);
    }
  }

  private async feedSome(account: ChannelAccount, id: string, most: number): Promise<number> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.database.transaction(() => this.feed(account, id, most));
      } catch (error) {
        if (error instanceof CannotGoOn) {
          await this.life.stop(id, error.reason);
          return 0;
        }
        const { code, transient } = error as { code?: string; transient?: boolean };
        const again = transient || retryable.includes(code ?? '');
        if (!again || attempt >= races) {
          // The other campaigns of the channel are not kept waiting by one that cannot be sent.
          this.logger.error(`Campaign ${id} could not be fed.`, (error as Error).stack);
          if (isOurs(error)) await this.life.stop(id, broken(error as Error));
          return 0;
        }
        this.logger.debug(`Campaign ${id} is fed again: ${(error as Error).message}`);
      }
    }
  }

  private async feed(account: ChannelAccount, id: string, most: number): Promise<number> {
    if (!(await this.repository.tryLane(account.id))) return 0;
    const campaign = await this.repository.hold(id);
    if (!campaign) return 0;
    const now = this.clock.now();
    const quality = worse(campaign, account);
    if (quality) throw new CannotGoOn(quality);
    const room = await this.roomOf(account, campaign, now);
    if (room.left === 0) return this.repository.defer(id, now, room.freeAt ?? new Date(now.getTime() + dayMs), null);
    const due = await this.repository.claim(id, now, Math.min(most, room.left));
    const claimed = await this.awake(campaign, due, now);
    if (claimed.length === 0) return due.length;
    const variants = await this.checked(account, campaign);
    const { fed, events, followed } = await this.give(account, campaign, claimed, variants, now);
    await this.repository.feed(id, now, fed);
    const variantOf = new Map(claimed.map(({ contactId, variant }) => [contactId, variant]));
    const moves = fed.map(({ contactId, messageId, reason }): Move => {
      const variant = variantOf.get(contactId)!;
      return { variant, before: 'pending', after: messageId === null ? 'excluded' : 'queued', reason };
    });
    const progress = (await this.progress.lock(id))!;
    count(progress.tally, moves);
    await this.progress.save(id, { ...progress, dirty: true });
    await this.recorder.record(events);
    return fed.length + followed;
  }

  /** What Meta's messaging limit leaves; templates alone count. */
  private roomOf(account: ChannelAccount, { variants }: CampaignRow, now: Date): Promise<TierRoom> {
    const counts = variants.some(({ content }) => content.type === 'template');
    return counts ? this.tiers.room(account, now) : Promise.resolve({ left: atOnce, freeAt: null });
  }

  /** Those for whom it is not the middle of the night; the others are due when their quiet hours end, with all of their time zone. */
  private async awake({ id, schedule }: CampaignRow, due: readonly Claimed[], now: Date): Promise<Claimed[]> {
    const { quietHours, timeZone } = schedule ?? {};
    if (!quietHours || !timeZone) return [...due];
    const asleep = new Set<string | null>();
    for (const zone of new Set(due.map((one) => one.timeZone))) {
      const until = quietUntil(now, zone ?? timeZone, quietHours);
      if (!until) continue;
      asleep.add(zone);
      await this.repository.defer(id, now, until, zone);
    }
    return due.filter((one) => !asleep.has(one.timeZone));
  }

  /** The content as it is now: a template that Meta has paused, or a file that is gone, is the campaign's matter. */
  private async checked(account: ChannelAccount, { variants }: CampaignRow): Promise<Map<string, CheckedVariant>> {
    try {
      const checked = await this.contents.check(account, frozen(variants), true);
      return new Map(checked.map((one) => [one.key, one]));
    } catch (error) {
      if (!(error instanceof HttpException)) throw error;
      const { message, code = 'invalid' } = error.getResponse() as { message?: string; code?: string };
      const template = variants.some(({ content }) => content.type === 'template');
      throw new CannotGoOn({ code: template ? 'template' : code, message: message ?? error.message });
    }
  }

  private async give(
    account: ChannelAccount,
    campaign: CampaignRow,
    claimed: readonly Claimed[],
    variants: ReadonlyMap<string, CheckedVariant>,
    now: Date,
  ): Promise<{ fed: Fed[]; events: NewEvent[]; followed: number }> {
    const { id, workspaceId, consent } = campaign;
    const ids = claimed.map(({ contactId }) => contactId);
    const reachable = new Map((await this.bulk.reach(account, ids)).map((one) => [one.contactId, one]));
    const allowed = await this.consents.allowed(workspaceId, account.id, [...reachable.keys()], consent);
    const fed: Fed[] = [];
    const leaves = (contactId: string, reason: ExclusionReason, message: string | null = null) =>
      fed.push({ contactId, messageId: null, reason, message, pricing: null, phonePrefix: null });
    const gone = ids.filter((contactId) => !reachable.has(contactId));
    const followed = gone.length === 0 ? [] : await this.repository.followMerges(id, workspaceId, gone);
    const merged = new Map(followed.map((one) => [one.from, one]));
    const messages: BulkMessage[] = [];
    const costs = new Map<string, Pick<Fed, 'pricing' | 'phonePrefix'>>();
    for (const { contactId, variant, row } of claimed) {
      const to = reachable.get(contactId);
      if (!to) {
        const as = merged.get(contactId) as { moved?: boolean } | undefined;
        if (!as?.moved) leaves(contactId, as ? 'duplicate' : 'gone');
        continue;
      }
      if (!allowed.has(contactId)) {
        leaves(contactId, consent === 'opt_in' ? 'not_opted_in' : 'opted_out');
        continue;
      }
      const { described, definition } = variants.get(variant)!;
      const made = personal(described, { contact: to.contact, row });
      const windowOpen = to.lastInboundAt !== null && now.getTime() - to.lastInboundAt.getTime() < serviceWindowMs;
      const { category, free } = pricingOf(account.platform, made.content, definition, windowOpen);
      costs.set(contactId, { pricing: free ? 'free' : category, phonePrefix: to.waId?.slice(0, 4) ?? null });
      if (made.missing.length === 0) messages.push({ to, content: made.content, definition });
      else leaves(contactId, 'missing_value', `Not known of them: ${made.missing.join(', ')}.`);
    }
    const { outcomes, events } = await this.bulk.send({ account, author: { kind: 'campaign', id }, now }, messages);
    for (const one of outcomes) {
      if ('messageId' in one) fed.push({ ...one, ...costs.get(one.contactId)!, reason: null, message: null });
      else leaves(one.contactId, one.excluded, one.message);
    }
    return { fed, events, followed: followed.length };
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
