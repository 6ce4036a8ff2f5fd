import { Inject, Injectable } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '@switchboard/config';
import { newId } from '@switchboard/database';
import type { NewEvent } from '@switchboard/events';
import type { MessageEffect, PastMessage } from '@switchboard/meta';
import type { ChannelAccount } from '../../channels';
import { ErasedPeople } from '../../contacts';
import type { ChannelItem } from '../intake/channel-item';
import { MessageIntake } from '../intake/message-intake.service';
import { BackfillRepository, type BackfillRow } from './backfill.repository';

/** A webhook is waited for this long: what it brings is told as new, which an import is not. */
export const webhookGraceMs = 120_000;
/** And for this long while webhooks are missing: one that comes shows that they are back. */
const silentGraceMs = 5000;
/** What webhooks did not bring is told as new while it is younger. */
const newsMs = 3_600_000;
export interface Merged {
  events: NewEvent[];
  brought: number;
  /** When the oldest message came that a webhook should have told of, milliseconds since the epoch. */
  missedSince: number | undefined;
  /** Something that the last run did not see was known already: webhooks bring it. */
  webhooksWork: boolean;
}

/** Merges what the Graph API tells of conversations with what is stored, by the same keys as webhooks. */
@Injectable()
export class PastMessages {
  constructor(
    private readonly repository: BackfillRepository,
    private readonly intake: MessageIntake,
    private readonly erased: ErasedPeople,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  /** Inside a transaction that holds the channel's lock. */
  async merge(row: BackfillRow, account: ChannelAccount, messages: readonly PastMessage[]): Promise<Merged> {
    const told = await this.withoutErased(
      account,
      messages.flatMap(({ effect }) => (effect ? [effect] : [])),
    );
    const known = await this.repository.known(
      account.id,
      told.map(({ messageId }) => messageId),
    );
    const now = Date.now();
    const covered = row.coveredUntil?.getTime();
    const inbound = told.filter(({ direction }) => direction === 'inbound');
    const isMissed = ({ messageId, sentAt, direction }: MessageEffect): boolean =>
      direction === 'inbound' &&
      covered !== undefined &&
      sentAt > covered &&
      !known.has(messageId) &&
      sentAt < now - (row.silentSince ? silentGraceMs : webhookGraceMs);
    const missed = inbound.filter(isMissed);
    const fresh = told.filter(
      (one) => !known.has(one.messageId) && (isMissed(one) || one.sentAt < now - this.graceOf(one)),
    );
    const items = fresh.map((effect) =>
      itemOf(account, isMissed(effect) && effect.sentAt > now - newsMs ? effect : { ...effect, imported: {} }),
    );
    const { events } =
      items.length === 0 ? { events: [] } : await this.intake.apply(items, await this.intake.known(items));
    const seenBefore = row.newestSeen?.getTime() ?? now;
    return {
      events,
      brought: items.length,
      missedSince: missed.length === 0 ? undefined : Math.min(...missed.map(({ sentAt }) => sentAt)),
      webhooksWork: inbound.some(({ messageId, sentAt }) => sentAt > seenBefore && known.has(messageId)),
    };
  }

  /** Nor is it missed: who was erased wrote it before that. */
  private async withoutErased(
    { id: channelId, workspaceId, platform }: ChannelAccount,
    told: readonly MessageEffect[],
  ): Promise<MessageEffect[]> {
    const scope = { workspaceId, channelId, platform };
    const erasedAt = await this.erased.erasedAt(told.map(({ customer }) => ({ customer, scope })));
    return told.filter(({ sentAt }, position) => sentAt > (erasedAt[position] ?? 0));
  }

  /** One of our own whose answer is not here yet must not be taken for one of Meta's inbox. */
  private graceOf({ direction }: MessageEffect): number {
    return direction === 'inbound' ? webhookGraceMs : this.config.unknownSendTimeout + webhookGraceMs;
  }
}

function itemOf({ id, workspaceId, platform, externalId }: ChannelAccount, effect: MessageEffect): ChannelItem {
  const { messageId: dedupKey } = effect;
  const item = {
    path: 'conversations',
    platform,
    accountId: externalId,
    field: 'messages',
    dedupKey,
    effect,
    raw: null,
  };
  return { id: newId(), item, channel: { id, workspaceId, platform } };
}
